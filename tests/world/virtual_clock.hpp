// Virtual time: sleeping moves the clock on and lets every listener catch up, in order.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "firmware/base/clock.hpp"

namespace liqu::world {

class VirtualClock final : public Clock {
  public:
    // What lives on this clock: something that is told the time, and knows its next event.
    struct Listener {
        std::function<void(Instant)> advance;
        std::function<std::optional<Instant>()> nextEvent;
    };

    Instant now() const override { return now_; }
    WallTime wallTime() const override;
    void sleepUntil(Instant instant) override;

    // The earliest instant after now at which a listener has something to do.
    std::optional<Instant> nextEvent() const;

    void setWallTime(WallTime wall);
    void add(Listener listener) { listeners_.push_back(std::move(listener)); }

  private:
    Instant now_{};
    // 2024-06-01 10:00 in China.
    WallTime wallAtZero_{std::chrono::milliseconds{1717207200000}};
    std::vector<Listener> listeners_;
};

}  // namespace liqu::world
