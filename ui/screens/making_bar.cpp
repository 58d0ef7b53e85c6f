#include "ui/screens/making_bar.hpp"

#include <algorithm>
#include <chrono>

namespace liqu::ui {

void MakingBar::tell(const screen::MakingScreen& told, Instant now) {
    const bool same = told.current == told_.current && told.percent == told_.percent &&
                      told.percentAfter == told_.percentAfter &&
                      told.untilAfter == told_.untilAfter;
    if (same) {
        told_.idCardMayGo = told.idCardMayGo;
        return;
    }
    floor_ = at(now).percent;
    told_ = told;
    since_ = now;
}

screen::MakingScreen MakingBar::at(Instant now) const {
    screen::MakingScreen making = told_;
    const Duration passed = std::min(now - since_, told_.untilAfter);
    if (passed > Duration::zero()) {
        making.percent += static_cast<int>((told_.percentAfter - told_.percent) * passed.count() /
                                           told_.untilAfter.count());
        if (making.timeLeft) *making.timeLeft -= passed;
    }
    making.percent = std::max(making.percent, floor_);
    making.slow = told_.slow || now - since_ >= told_.slowAfter;
    return making;
}

std::optional<Duration> MakingBar::untilNext(Instant now) const {
    const Duration passed = now - since_;
    if (passed >= told_.slowAfter) return std::nullopt;
    constexpr Duration second = std::chrono::seconds{1};
    return passed < told_.untilAfter ? std::min(second, told_.slowAfter - passed)
                                     : told_.slowAfter - passed;
}

}  // namespace liqu::ui
