// What people do with their hands at a certain time: laying down a document, taking a card.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "tests/world/virtual_clock.hpp"

namespace liqu::scenario {

class TimedHands {
  public:
    // An act must not sleep.
    void at(Instant when, std::function<void()> act);
    void forgetPlans() { plans_.clear(); }
    void putOn(world::VirtualClock& clock);

  private:
    void advance(Instant now);
    std::vector<std::pair<Instant, std::function<void()>>> plans_;
};

}  // namespace liqu::scenario
