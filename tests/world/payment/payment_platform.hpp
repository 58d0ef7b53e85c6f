// The platform that takes the money: one order for each number, a person with a telephone who pays
// it or does not, refunds, and the bill of a day. It speaks four ways, and is strict in each; what
// the wire makes of that stands in payment_gateway.hpp. Values in, values out, time as an
// argument; no sockets, no clock, no threads, not synchronised. All money is in fen.
//
//   wechat    the order exists at once; its QR ends at expiresAt, and the order stays until closed
//   alipay    the order exists when its QR was scanned; it closes itself at expiresAt
//   unionpay  the order exists at once; closes by command
//   nontax    a debt with a payment code made by the platform; no end, no close, no refund
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "tests/world/payment/payment_faults.hpp"

namespace liqu::world {

enum class PaymentChannel : std::uint8_t { wechat, alipay, unionpay, nontax };

enum class PayState : std::uint8_t { waiting, scanned, paid, closed, refunded };
enum class RefundState : std::uint8_t { processing, done, abnormal, closed };

struct Payment {
    std::int64_t fen = 0;
    WallTime at{};
    std::string serial;
};

struct PayOrder {
    std::string number;     // the merchant's
    std::string fee;        // whose debt it is, as the merchant calls it; may be empty
    std::string reference;  // the platform's: payment code (nontax), or empty
    std::string subject;
    std::int64_t fen = 0;
    WallTime openedAt{};
    WallTime expiresAt{};
    std::optional<WallTime> scannedAt;
    std::optional<WallTime> closedAt;
    std::vector<Payment> payments;
    std::vector<std::string> qrTexts;
    int queries = 0;

    std::int64_t paidFen() const;
};

struct PayRefund {
    std::string number;
    std::string order;
    std::int64_t fen = 0;
    std::string reason;
    WallTime at{};
    WallTime endsAt{};
    RefundState end = RefundState::done;

    RefundState stateAt(WallTime now) const;
};

struct OpenWish {
    std::string number;
    std::string fee;
    std::string subject;
    std::int64_t fen = 0;
    WallTime expiresAt{};
};
enum class OpenAnswer : std::uint8_t {
    opened,
    alreadyPaid,
    closedBefore,   // this number's order has ended
    otherAmount,    // this number's order is about another sum
    paidElsewhere,  // "paid within a month": of this fee, by another order
    badWish,
};
struct Opened {
    OpenAnswer answer = OpenAnswer::badWish;
    std::string why;
    std::string qrText;
    std::string reference;
    WallTime openedAt{};
};

struct PayView {
    bool found = false;
    PayState state = PayState::waiting;
    std::string number;
    std::string reference;
    std::int64_t dueFen = 0;
    std::int64_t paidFen = 0;
    std::string serial;
    WallTime paidAt{};
    std::int64_t refundedFen = 0;
};

enum class CloseAnswer : std::uint8_t {
    closed,
    alreadyPaid,
    notFound,
    notOffered,
    refundedInstead
};

enum class RefundAnswer : std::uint8_t {
    accepted,
    notFound,
    notPaid,
    tooMuch,
    otherWish,
    notOffered
};

struct RefundWish {
    std::string number;
    std::string order;
    std::int64_t fen = 0;
    std::string reason;
};

// What a person gets to read on the telephone.
enum class PayOutcome : std::uint8_t { paid, noSuchCode, codeEnded, orderClosed, alreadyPaid };

// What became of one order, for the judge: platform truth.
struct FeeLine {
    std::string order;
    std::string fee;
    std::int64_t due = 0;
    std::int64_t paid = 0;
    std::int64_t refunded = 0;
    PayState state = PayState::waiting;
};

class PaymentPlatform {
  public:
    // A null plan means no faults; it outlives the platform.
    PaymentPlatform(PaymentChannel channel, PaymentFaults* faults);

    PaymentChannel channel() const { return channel_; }

    // The merchant's side. Each is safe to repeat.
    Opened open(const OpenWish& wish, WallTime now);
    PayView query(const std::string& number, WallTime now);
    CloseAnswer close(const std::string& number, WallTime now);
    // Alipay: ends also what was never scanned, and refunds what was paid.
    CloseAnswer cancel(const std::string& number, WallTime now);
    RefundAnswer refund(const RefundWish& wish, WallTime now);
    std::optional<PayRefund> queryRefund(const std::string& number, WallTime now);
    // The bill of a day of China; none before ten o'clock of the next one.
    std::optional<std::string> bill(Date day, WallTime now);

    // The person's side. `now` ends also what a fault left to be paid later: see advance.
    PayOutcome scan(const std::string& qrText, WallTime now);
    PayOutcome pay(const std::string& qrText, WallTime now);
    // Of the order itself, by whatever QR is its newest.
    PayOutcome payOrder(const std::string& number, WallTime now);
    // Payments that a fault has put off.
    void advance(WallTime now);
    std::optional<WallTime> nextPayment() const;

    // Its own clock, which may be wrong.
    WallTime platformTime(WallTime now) const;
    std::string numberOfReference(const std::string& reference) const;  // empty: none
    std::string anotherNumberThan(const std::string& number) const;

    // For judges.
    const std::map<std::string, PayOrder>& orders() const { return orders_; }
    const std::map<std::string, PayRefund>& refunds() const { return refunds_; }
    std::vector<FeeLine> lines(WallTime now) const;
    // Refunded, on its way back, or waiting for a person.
    std::int64_t wantedBack(const std::string& order, WallTime now) const;
    // From when on no money could come in for it any more, by its own rules.
    WallTime endOf(const PayOrder& order) const;
    // auditFees of this platform alone.
    std::vector<std::string> audit(WallTime now) const;
    std::string evidenceJson(WallTime now) const;

  private:
    bool hasFault(PaymentFault fault) const { return faults_ != nullptr && faults_->holds(fault); }
    bool strikes(PaymentFault fault) const { return faults_ != nullptr && faults_->strikes(fault); }
    std::optional<std::int64_t> valueOf(PaymentFault fault) const;
    std::string whatIsWrong(const OpenWish& wish, WallTime now) const;
    OpenAnswer answerTo(const OpenWish& wish, WallTime now) const;
    std::string newQrText(PayOrder& order, WallTime now);
    std::string newReference(WallTime now);
    PayState stateOf(const PayOrder& order, WallTime now) const;
    bool isOver(const PayOrder& order, WallTime now) const;
    std::int64_t refundedFen(const std::string& order, WallTime now) const;
    void takeMoney(PayOrder& order, WallTime now);
    PayView viewOf(const PayOrder& order, WallTime now) const;

    PaymentChannel channel_;
    PaymentFaults* faults_;
    std::map<std::string, PayOrder> orders_;
    std::map<std::string, PayRefund> refunds_;
    std::map<std::string, std::string> numberOfQr_;
    std::map<std::string, WallTime> paysLater_;  // number, by a fault of close
    int serials_ = 0;
    int codes_ = 0;
};

// What a merchant must never do to a fee on any of these platforms, whatever failed, and what must
// not stay so: one line each. A fee with an order while another one could be paid, or was; money
// that is neither the fee nor nothing, refunds that run included; an order that is asked for
// without end.
std::vector<std::string> auditFees(const std::vector<const PaymentPlatform*>& platforms,
                                   WallTime now);

// "20.00": how channels that count in yuan write it.
std::string yuanText(std::int64_t fen);
// Two decimals at most, nothing else; none for anything that is no amount.
std::optional<std::int64_t> fenOfYuan(std::string_view text);

}  // namespace liqu::world
