// When somebody other than the kiosk's software was at work: the chip, the province, the person.
// Thread-safe.
#pragma once

#include <mutex>
#include <vector>

#include "firmware/base/clock.hpp"

namespace liqu::world {

enum class BusyPart { mechanics, chip, province, person };

struct BusyTime {
    BusyPart part = BusyPart::chip;
    Instant begin;
    Instant end;
};

class BusyTimes {
  public:
    void add(BusyPart part, Instant begin, Instant end) {
        const std::lock_guard lock(mutex_);
        times_.push_back({part, begin, end});
    }
    std::vector<BusyTime> all() const {
        const std::lock_guard lock(mutex_);
        return times_;
    }

  private:
    mutable std::mutex mutex_;
    std::vector<BusyTime> times_;
};

}  // namespace liqu::world
