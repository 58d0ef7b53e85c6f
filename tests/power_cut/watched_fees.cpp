#include "tests/power_cut/watched_fees.hpp"

#include <algorithm>
#include <map>

#include "firmware/payment/fee_order.hpp"

namespace liqu::proof {

template <typename Call>
auto WatchedFees::watched(Call call) {
    const int point = watch_.beginPoint();
    watch_.tell(point, "payment", "not-done");
    auto answer = call();
    watch_.somethingHappened();
    watch_.tell(point, "payment", "unheard");
    return answer;
}

Result<ports::OpenedPayment> WatchedFees::open(const ports::PaymentRequest& request) {
    return watched([&] { return service.open(request); });
}
Result<ports::PaymentState> WatchedFees::query(const std::string& orderNo) {
    return watched([&] { return service.query(orderNo); });
}
Result<void> WatchedFees::close(const std::string& orderNo) {
    // The order counts as closed, and its code goes on being taken.
    if (watch_.sabotage() == Sabotage::closedUnseen) return {};
    return watched([&] { return service.close(orderNo); });
}
Result<ports::Refunding> WatchedFees::refund(const std::string& refundNo,
                                             const std::string& orderNo, Money amount) {
    return watched([&] { return service.refund(refundNo, orderNo, amount); });
}
Result<std::vector<ports::SettledPayment>> WatchedFees::accountOf(Date day) {
    return watched([&] { return service.accountOf(day); });
}

std::string unsettledFees(scenario::SimulatedKiosk& kiosk, const scenario::FeeService& fees,
                          FellBack fellBack) {
    if (fellBack == FellBack::somebody) return {};
    std::map<std::string, std::string> registered;  // application by order
    for (const auto& [number, application] : kiosk.outside().province().applications) {
        for (const world::FeePaid& fee : application.fees) registered[fee.orderNo] = number;
    }
    payment::FeeBook book(kiosk.database());
    std::map<std::string, int> kept;  // by application
    for (const auto& [number, order] : fees.orders()) {
        const auto known = book.find(number);
        if (!known || !*known) return "the books know nothing of the fee order " + number;
        if (!order.paid) {
            const bool waits = payment::isOpen((*known)->state);
            if (!order.closed && !waits) return "the code of " + number + " can still be paid";
            continue;
        }
        const bool goesBack = std::ranges::any_of(
            fees.refunds, [&](const auto& refund) { return refund.second == number; });
        if (goesBack || (*known)->state == payment::FeeState::refundWanted) continue;
        if (!registered.contains(number)) return "the province never heard of the fee " + number;
        if (++kept[(*known)->applicationNo] > 1) return "a fee was paid twice and kept";
    }
    return {};
}

}  // namespace liqu::proof
