// Port: the service that collects the fee of a card, asked and never listened to: it has no way in.
// Only the answer to a question by our own order number says that something was paid; a time that
// is over, a code nobody shows any more and "not paid" while it is open prove nothing
// (hardware-notes/payment.md).
//
// Errors tell apart what matters to whoever pays:
//   paymentUnreachable  nothing of the request left this machine
//   paymentUnclear      it may have arrived, or what came back is no answer to it: asked for again
//                       by the same number, never by another
//   paymentRefused      the service said no, and did nothing
// One thread's at a time.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/money.hpp"
#include "firmware/base/result.hpp"

namespace liqu::ports {

struct PaymentRequest {
    std::string orderNo;  // ours; the same one again is the same order
    Money amount;
    std::string subject;          // what for, as it stands on the payer's telephone
    std::chrono::seconds life{};  // afterwards the service takes nothing any more by itself
};

// Where an order stands there.
enum class Paying : std::uint8_t {
    waiting,  // also: somebody types a PIN right now
    paid,
    closed,
    notFound,
    refunding,
    refunded,
};
struct PaymentState {
    Paying paying = Paying::waiting;
    Money amount{};  // that came; paid only
    std::string serial{};
    std::string channel{};
    std::string paidAt{};
};

struct OpenedPayment {
    bool alreadyPaid = false;  // then there is nothing to show: the order is asked about
    std::string qrText{};
};

enum class Refunding : std::uint8_t { processing, done, abnormal, closed };

// A line of the service's own account of a day.
struct SettledPayment {
    std::string orderNo;
    Money amount;
    std::string serial;
    bool isRefund = false;
};

class PaymentChannel {
  public:
    virtual ~PaymentChannel() = default;
    // Idempotent by the order's number.
    virtual Result<OpenedPayment> open(const PaymentRequest& request) = 0;
    virtual Result<PaymentState> query(const std::string& orderNo) = 0;
    // Nobody is to pay any more. That it was not paid, only a query afterwards says.
    virtual Result<void> close(const std::string& orderNo) = 0;
    // Idempotent by the refund's number: taken is not yet given back.
    virtual Result<Refunding> refund(const std::string& refundNo, const std::string& orderNo,
                                     Money amount) = 0;
    // All of that day; none where there was nothing.
    virtual Result<std::vector<SettledPayment>> accountOf(Date day) = 0;
};

}  // namespace liqu::ports
