#include "tests/scenario/kiosk/timed_hands.hpp"

#include <algorithm>

namespace liqu::scenario {
namespace {

bool isEarlier(const auto& one, const auto& other) {
    return one.first < other.first;
}

}  // namespace

void TimedHands::at(Instant when, std::function<void()> act) {
    plans_.emplace_back(when, std::move(act));
}

void TimedHands::advance(Instant now) {
    while (!plans_.empty()) {
        const auto next =
            std::min_element(plans_.begin(), plans_.end(),
                             [](const auto& a, const auto& b) { return isEarlier(a, b); });
        if (next->first > now) return;
        const auto act = std::move(next->second);
        plans_.erase(next);
        act();
    }
}

void TimedHands::putOn(world::VirtualClock& clock) {
    clock.add({[this](Instant now) { advance(now); },
               [this]() -> std::optional<Instant> {
                   std::optional<Instant> next;
                   for (const auto& [when, act] : plans_) {
                       if (!next || when < *next) next = when;
                   }
                   return next;
               }});
}

}  // namespace liqu::scenario
