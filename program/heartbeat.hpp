// Whether the loops of the kiosk still turn: window, kiosk and sender. Each tells that it turned,
// on its own thread, and has promised how soon it will again; one that is late has hung. What a
// loop waits for while it does not turn (the line to the province) tells for it. Any thread may
// ask.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

#include "firmware/base/clock.hpp"

namespace liqu::program {

enum class Loop : std::uint8_t { window, kiosk, sender };
std::string_view wordOf(Loop loop);

class Heartbeat {
  public:
    explicit Heartbeat(const Clock& clock) : clock_(clock) {}

    // By whoever starts the loop, before its thread: one that never comes to turn is late, too.
    void expect(Loop loop, Duration within);
    // On the loop's own thread.
    void turned(Loop loop);
    // The same for whichever loop the calling thread is; of another thread nothing is heard.
    void turned();
    // It ended in order.
    void end(Loop loop);

    std::optional<Loop> late() const;

  private:
    struct Promise {
        Duration within;
        Instant last;
        std::thread::id thread;
    };

    const Clock& clock_;
    mutable std::mutex mutex_;
    std::array<std::optional<Promise>, 3> promises_;  // by Loop
};

}  // namespace liqu::program
