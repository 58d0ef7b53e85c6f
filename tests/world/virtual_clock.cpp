#include "tests/world/virtual_clock.hpp"

#include <optional>

namespace liqu::world {

WallTime VirtualClock::wallTime() const {
    return wallAtZero_ +
           std::chrono::duration_cast<std::chrono::milliseconds>(now_.time_since_epoch());
}

void VirtualClock::setWallTime(WallTime wall) {
    wallAtZero_ =
        wall - std::chrono::duration_cast<std::chrono::milliseconds>(now_.time_since_epoch());
}

std::optional<Instant> VirtualClock::nextEvent() const {
    std::optional<Instant> next;
    for (const Listener& listener : listeners_) {
        const auto event = listener.nextEvent();
        if (event && *event > now_ && (!next || *event < *next)) next = *event;
    }
    return next;
}

void VirtualClock::sleepUntil(Instant instant) {
    while (true) {
        // Stop at each event on the way, so that causes come before effects.
        Instant next = instant;
        for (const Listener& listener : listeners_) {
            if (const auto event = listener.nextEvent(); event && *event > now_ && *event < next)
                next = *event;
        }
        if (next > now_) now_ = next;
        for (const Listener& listener : listeners_) listener.advance(now_);
        if (now_ >= instant) return;
    }
}

}  // namespace liqu::world
