#include "firmware/issuance/fee_care.hpp"

#include "firmware/issuance/slips.hpp"

namespace liqu::issuance {
namespace {

using payment::Difference;
using payment::FeeBook;
using payment::FeeOrder;
using payment::FeeState;
using storage::Transaction;

constexpr Duration rhythm = std::chrono::hours{1};
// The account of a day is there from the next morning on.
constexpr std::chrono::hours accountReady{10};

Result<void> commitMove(IssuanceParts& parts, FeeOrder& order, FeeState to) {
    auto transaction = TRY(Transaction::begin(parts.database));
    TRY(FeeBook(parts.database).move(transaction, order, to, parts.clock.wallTime()));
    return transaction.commit();
}

// Then it owes nothing.
Result<bool> wasWithdrawn(storage::Database& database, const std::string& applicationNo) {
    return TRY(database.number("SELECT EXISTS(SELECT 1 FROM orders WHERE application_no = ? AND "
                               "state = 'withdrawn')",
                               {applicationNo})) != 0;
}

}  // namespace

Result<void> bookFeePayment(Transaction& transaction, IssuanceParts& parts,
                            province::Business business, FeeOrder& order, ports::SlipFields known) {
    const WallTime now = parts.clock.wallTime();
    FeeBook book(parts.database);
    business.bizId = order.bizId;
    const bool withdrawn = TRY(wasWithdrawn(parts.database, order.applicationNo));
    const bool first = !withdrawn && !TRY(book.paidOf(order.applicationNo)).has_value();
    TRY(book.move(transaction, order, first ? FeeState::paid : FeeState::refundWanted, now));
    if (first) {
        const province::FeePayment paid{order.applicationNo,   order.orderNo,
                                        order.payment.amount,  order.payment.serial,
                                        order.payment.channel, order.payment.paidAt};
        TRY(parts.outbox.enqueue(transaction, TRY(province::factOf(business, paid, now))));
        return issueFeeSlip(transaction, parts, order, std::move(known));
    }
    const province::FeeRefund refund{
        order.applicationNo, order.orderNo, payment::refundNo(order.orderNo), order.payment.amount,
        withdrawn ? province::RefundReason::withdrawn : province::RefundReason::paidTwice};
    TRY(parts.outbox.enqueue(transaction, TRY(province::factOf(business, refund, now))));
    return {};
}

void FeeCare::lookAfter() {
    if (parts_.payments == nullptr) return;
    const Instant now = parts_.clock.now();
    if (next_ && now < *next_) return;
    next_ = now + rhythm;
    if (const auto done = settleRefunds(); !done) log_.trouble("fees to give back", done.error());
    if (const auto done = compareYesterday(); !done)
        log_.trouble("the account of the fees", done.error());
}

Result<void> FeeCare::settleRefunds() {
    FeeBook book(parts_.database);
    for (const FeeState state : {FeeState::refundWanted, FeeState::refundSent}) {
        for (FeeOrder& order : TRY(book.inState(state))) TRY(settleRefund(std::move(order)));
    }
    return {};
}

// The same number however often it is asked: one refund. That it was taken is not that it went
// back.
Result<void> FeeCare::settleRefund(FeeOrder order) {
    const auto answer = parts_.payments->refund(payment::refundNo(order.orderNo), order.orderNo,
                                                order.payment.amount);
    const bool refused = !answer && answer.error().code == ErrorCode::paymentRefused;
    if (!answer && !refused) return fail(answer.error());
    const bool taken =
        !refused && (*answer == ports::Refunding::processing || *answer == ports::Refunding::done);
    if (!taken) {
        log_.error("the fee of order " + order.orderNo + " cannot be given back: staff decide");
        return commitMove(parts_, order, FeeState::refundStuck);
    }
    if (order.state == FeeState::refundWanted) TRY(commitMove(parts_, order, FeeState::refundSent));
    if (*answer == ports::Refunding::done) TRY(commitMove(parts_, order, FeeState::refunded));
    return {};
}

Result<void> FeeCare::compareYesterday() {
    const WallTime now = parts_.clock.wallTime();
    const WallTime since = now - accountReady;
    const Date day = chinaDate(since - std::chrono::days{1});
    const std::string name = formatDate(day);
    const bool done = TRY(parts_.database.number(
                          "SELECT EXISTS(SELECT 1 FROM fee_days WHERE day = ?)", {name})) != 0;
    if (done) return {};
    const auto account = TRY(parts_.payments->accountOf(day));
    FeeBook book(parts_.database);
    std::vector<FeeOrder> known;
    for (const ports::SettledPayment& line : account) {
        if (auto order = TRY(book.find(line.orderNo))) known.push_back(std::move(*order));
    }
    const auto differences = payment::compare(TRY(book.paidOn(day)), known, account);
    for (const payment::Unsettled& one : differences) {
        log_.error("fees of " + name + ": order " + one.orderNo + " is " +
                   std::string(nameOf(one.what)));
        TRY(settle(one));
    }
    auto transaction = TRY(Transaction::begin(parts_.database));
    TRY(transaction.run("INSERT INTO fee_days VALUES(?, ?, ?)",
                        {name, std::int64_t{now.time_since_epoch().count()},
                         static_cast<std::int64_t>(differences.size())}));
    return transaction.commit();
}

// Money came after the close: it is the fee, or it goes back. An order that is open is settled by
// its own visit, and what differs otherwise is for people. The account alone books nothing: the
// service is asked by the order's number.
Result<void> FeeCare::settle(const payment::Unsettled& difference) {
    if (difference.what != Difference::state) return {};
    auto order = TRY(FeeBook(parts_.database).find(difference.orderNo));
    if (!order || order->state != FeeState::closed) return {};
    const auto said = TRY(parts_.payments->query(order->orderNo));
    if (said.paying != ports::Paying::paid || said.amount != order->amount) return {};
    order->payment = {said.amount, said.serial, said.channel, said.paidAt};
    const auto of = TRY(parts_.orders.findPlain(order->bizId));
    if (!of) return fail(ErrorCode::storageDamaged, "a fee of no order");
    province::Business business{.bizId = order->bizId, .bankCode = of->bankCode};
    business.operatorId = of->operatorId;
    if (!of->operatorId.empty()) business.channel = province::Channel::assisted;
    auto transaction = TRY(Transaction::begin(parts_.database));
    TRY(bookFeePayment(transaction, parts_, business, *order, {}));
    return transaction.commit();
}

}  // namespace liqu::issuance
