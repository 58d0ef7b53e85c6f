// The service that collects fees, over HTTPS with the certificate of this machine; each call is
// signed with the terminal's key, each answer with the province's (hardware-notes/payment.md). It
// holds no key of a merchant and is told nothing: it asks. Borrows signer, clock and random.
#pragma once

#include <memory>

#include "drivers/payment/payment_wire.hpp"
#include "firmware/base/random.hpp"
#include "firmware/ports/signer.hpp"

namespace liqu::drivers {

struct PaymentParts {
    std::string terminal;
    PaymentAccount account;
    ports::Signer& signer;
    Clock& clock;
    Random& random;
};

class PaymentClient final : public ports::PaymentChannel {
  public:
    PaymentClient(std::unique_ptr<HttpsLink> link, PaymentParts parts)
        : link_(std::move(link)), parts_(std::move(parts)) {}

    Result<ports::OpenedPayment> open(const ports::PaymentRequest& request) override;
    Result<ports::PaymentState> query(const std::string& orderNo) override;
    Result<void> close(const std::string& orderNo) override;
    Result<ports::Refunding> refund(const std::string& refundNo, const std::string& orderNo,
                                    Money amount) override;
    Result<std::vector<ports::SettledPayment>> accountOf(Date day) override;

  private:
    Result<HttpAnswer> exchange(HttpCall call, Duration patience);

    std::unique_ptr<HttpsLink> link_;
    PaymentParts parts_;
};

}  // namespace liqu::drivers
