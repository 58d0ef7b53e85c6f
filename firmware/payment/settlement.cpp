#include "firmware/payment/settlement.hpp"

#include <algorithm>

namespace liqu::payment {
namespace {

// Money came, and the book has it.
bool holdsMoney(FeeState state) {
    return !isOpen(state) && state != FeeState::closed;
}

}  // namespace

std::vector<Unsettled> compare(const std::vector<FeeOrder>& ofDay,
                               const std::vector<FeeOrder>& known,
                               const std::vector<ports::SettledPayment>& account) {
    std::vector<Unsettled> found;
    for (const ports::SettledPayment& line : account) {
        if (line.isRefund) continue;
        const auto order = std::ranges::find(known, line.orderNo, &FeeOrder::orderNo);
        if (order == known.end()) {
            found.push_back({line.orderNo, Difference::onlyThere, line});
        } else if (order->amount != line.amount) {
            if (order->state != FeeState::held)
                found.push_back({line.orderNo, Difference::amount, line});
        } else if (!holdsMoney(order->state)) {
            found.push_back({line.orderNo, Difference::state, line});
        }
    }
    for (const FeeOrder& order : ofDay) {
        const bool told = std::ranges::any_of(account, [&](const ports::SettledPayment& line) {
            return !line.isRefund && line.orderNo == order.orderNo;
        });
        if (!told && holdsMoney(order.state))
            found.push_back({order.orderNo, Difference::onlyHere, {}});
    }
    return found;
}

}  // namespace liqu::payment
