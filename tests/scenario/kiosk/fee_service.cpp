#include "tests/scenario/kiosk/fee_service.hpp"

#include <algorithm>

namespace liqu::scenario {

int FeeService::timesPaid() const {
    return static_cast<int>(std::ranges::count_if(
        orders_, [](const auto& one) { return one.second.paid.has_value(); }));
}

int FeeService::openNow() const {
    return static_cast<int>(std::ranges::count_if(
        orders_, [](const auto& one) { return !one.second.closed && !one.second.paid; }));
}

Result<void> FeeService::reach() const {
    if (away) return fail(ErrorCode::paymentUnreachable, "nothing is there");
    return {};
}

// What the payer did since anybody asked.
void FeeService::settle(Order& order) {
    if (order.paid || !paysAfter || clock->now() < order.openedAt + *paysAfter) return;
    if (order.closed && !paysAfterClose) return;
    order.paid = paysInstead.value_or(order.amount);
    onPaid(order);
}

Result<ports::OpenedPayment> FeeService::open(const ports::PaymentRequest& request) {
    TRY(reach());
    Order& order = orders_[request.orderNo];
    if (order.timesOpened > 0 && order.amount != request.amount)
        return fail(ErrorCode::paymentRefused, "the number has another amount");
    if (order.timesOpened++ == 0) {
        order.amount = request.amount;
        order.openedAt = clock->now();
    }
    settle(order);
    if (silent || openAnswersLost-- > 0) return fail(ErrorCode::paymentUnclear, "no answer");
    if (order.paid) return ports::OpenedPayment{true, ""};
    return ports::OpenedPayment{false, "weixin://wxpay/bizpayurl?pr=" + request.orderNo};
}

Result<ports::PaymentState> FeeService::query(const std::string& orderNo) {
    TRY(reach());
    if (silent) return fail(ErrorCode::paymentUnclear, "no answer");
    if (answersAboutAnother-- > 0) return fail(ErrorCode::paymentUnclear, "about another order");
    const auto found = orders_.find(orderNo);
    if (found == orders_.end()) return ports::PaymentState{.paying = ports::Paying::notFound};
    settle(found->second);
    if (found->second.paid) {
        return ports::PaymentState{.paying = ports::Paying::paid,
                                   .amount = *found->second.paid,
                                   .serial = "42000" + orderNo.substr(0, 6),
                                   .channel = "NATIVE",
                                   .paidAt = "2024-06-01T10:00:20+08:00"};
    }
    return ports::PaymentState{.paying = found->second.closed ? ports::Paying::closed
                                                              : ports::Paying::waiting};
}

Result<void> FeeService::close(const std::string& orderNo) {
    TRY(reach());
    const auto found = orders_.find(orderNo);
    if (found != orders_.end()) {
        settle(found->second);
        if (!found->second.paid) found->second.closed = true;
    }
    if (silent) return fail(ErrorCode::paymentUnclear, "no answer");
    return {};
}

Result<ports::Refunding> FeeService::refund(const std::string& refundNo, const std::string& orderNo,
                                            Money) {
    TRY(reach());
    refunds[refundNo] = orderNo;
    return ports::Refunding::processing;
}

Result<std::vector<ports::SettledPayment>> FeeService::accountOf(Date) {
    TRY(reach());
    std::vector<ports::SettledPayment> account;
    for (const auto& [number, order] : orders_) {
        if (order.paid) account.push_back({number, *order.paid, "42000" + number.substr(0, 6)});
    }
    return account;
}

}  // namespace liqu::scenario
