// A wait that ends early when the kiosk must stop.
#pragma once

#include <stop_token>

#include "firmware/base/clock.hpp"

namespace liqu {

// Polls `done` every `rhythm` until it answers true, the deadline passes, or stop is asked for.
// Answers whether `done` said yes.
template <typename Done>
bool waitUntil(Clock& clock, Instant deadline, Duration rhythm, const std::stop_token& stop,
               Done done) {
    while (true) {
        if (done()) return true;
        if (stop.stop_requested() || clock.now() >= deadline) return false;
        clock.sleepUntil(std::min(deadline, clock.now() + rhythm));
    }
}

}  // namespace liqu
