// The payment platform on a real wire: HTTPS (TLS 1.2) on 127.0.0.1 with a required client
// certificate, whose common name is the terminal. A request that never arrives and an answer that
// never comes look alike here: the line is cut. Its threads live from start to the destructor.
#pragma once

#include <memory>
#include <string>

#include "firmware/base/result.hpp"
#include "tests/world/payment/payment_front.hpp"
#include "tests/world/province/pki.hpp"

namespace liqu::world {

class PaymentServer {
  public:
    // Port 0: any free one.
    static Result<std::unique_ptr<PaymentServer>> start(PaymentFront& front, Clock& clock,
                                                        const Pki& pki, int port = 0);
    ~PaymentServer();

    int port() const;
    std::string url() const;  // "https://127.0.0.1:40124"

  private:
    struct Machine;
    explicit PaymentServer(std::unique_ptr<Machine> machine);
    std::unique_ptr<Machine> machine_;
};

}  // namespace liqu::world
