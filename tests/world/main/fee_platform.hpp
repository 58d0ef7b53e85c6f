// The service that collects fees, running behind HTTPS, with the person who pays by telephone what
// the kiosk shows.
#pragma once

#include <memory>
#include <string>

#include "tests/world/payment/payment_server.hpp"

namespace liqu::world {

class FeePlatform {
  public:
    enum class Payer : std::uint8_t { pays, doesNot };
    static Result<std::unique_ptr<FeePlatform>> start(const Pki& pki, Payer payer, double speed);

    std::string url() const { return server_->url(); }
    // What came for any order.
    bool hasArrived();
    // What the terminal did that no merchant may do, and what must not stay so.
    std::vector<std::string> wrongs();

  private:
    FeePlatform() = default;

    SystemClock clock_;
    PaymentFaults faults_;
    PaymentPlatform platform_{PaymentChannel::wechat, &faults_};
    std::unique_ptr<Sm2Keys> keys_;
    std::unique_ptr<PaymentGateway> gateway_;
    std::unique_ptr<PaymentFront> front_;
    std::unique_ptr<PaymentServer> server_;
};

}  // namespace liqu::world
