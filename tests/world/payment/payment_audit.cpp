#include <algorithm>

#include "tests/world/payment/payment_platform.hpp"

namespace liqu::world {
namespace {

constexpr int tooManyQueries = 150;

struct Known {
    const PaymentPlatform* platform;
    const PayOrder* order;
};

// What of it stays, counting what was wanted back until then.
std::int64_t stays(const Known& known, WallTime until) {
    std::int64_t sum = 0;
    for (const Payment& payment : known.order->payments) {
        if (payment.at <= until) sum += payment.fen;
    }
    for (const auto& [number, refund] : known.platform->refunds()) {
        const bool counts = refund.order == known.order->number && refund.at <= until &&
                            refund.stateAt(until) != RefundState::closed;
        if (counts) sum -= refund.fen;
    }
    return sum;
}

void auditOrders(std::vector<Known>& orders, std::vector<std::string>& wrong) {
    std::stable_sort(orders.begin(), orders.end(), [](const Known& a, const Known& b) {
        return a.order->openedAt < b.order->openedAt;
    });
    for (std::size_t later = 1; later < orders.size(); ++later) {
        const PayOrder& fresh = *orders[later].order;
        for (std::size_t i = 0; i < later; ++i) {
            const std::string& before = orders[i].order->number;
            const bool payable = orders[i].platform->endOf(*orders[i].order) > fresh.openedAt;
            if (stays(orders[i], fresh.openedAt) > 0) {
                wrong.push_back("order " + fresh.number + " after " + before + " was paid");
            } else if (payable) {
                wrong.push_back("order " + fresh.number + " while " + before + " could be paid");
            }
        }
    }
}

}  // namespace

WallTime PaymentPlatform::endOf(const PayOrder& order) const {
    WallTime end = channel_ == PaymentChannel::nontax ? WallTime::max() : order.expiresAt;
    if (order.closedAt) end = std::min(end, *order.closedAt);
    // It is paid once.
    if (!order.payments.empty()) end = std::min(end, order.payments.front().at);
    return end;
}

std::vector<std::string> auditFees(const std::vector<const PaymentPlatform*>& platforms,
                                   WallTime now) {
    std::vector<std::string> wrong;
    std::map<std::string, std::vector<Known>> fees;
    for (const PaymentPlatform* const platform : platforms) {
        for (const auto& [number, order] : platform->orders()) {
            // A number that was fenced and never opened is no order.
            if (order.fen == 0) continue;
            fees[order.fee.empty() ? "order " + number : "fee " + order.fee].push_back(
                {platform, &order});
            if (order.queries <= tooManyQueries) continue;
            wrong.push_back("order " + number + " asked for " + std::to_string(order.queries) +
                            " times");
        }
    }
    for (auto& [name, orders] : fees) {
        auditOrders(orders, wrong);
        std::int64_t due = 0;
        std::int64_t kept = 0;
        for (const Known& known : orders) {
            due = std::max(due, known.order->fen);
            kept += stays(known, now);
        }
        if (kept == 0 || kept == due) continue;
        wrong.push_back(name + " of " + std::to_string(due) + " fen keeps " + std::to_string(kept));
    }
    return wrong;
}

std::vector<std::string> PaymentPlatform::audit(WallTime now) const {
    return auditFees({this}, now);
}

}  // namespace liqu::world
