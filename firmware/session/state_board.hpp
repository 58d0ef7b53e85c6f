// What the kiosk thread found last: of each part, and what it is doing. Whoever asks beside a kiosk
// that runs is told from here, and never asks a device itself. Nothing of a person stands on it.
// Written by the kiosk thread, read by any thread.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "firmware/screen/screen.hpp"

namespace liqu::session {

enum class Serving : std::uint8_t {
    starting,
    ready,
    queriesOnly,
    outOfService,
    recovering,
    visit,
    staff
};
constexpr auto wordsOf(Serving) {
    return words<Serving>({{Serving::starting, "starting"},
                           {Serving::ready, "ready"},
                           {Serving::queriesOnly, "queries-only"},
                           {Serving::outOfService, "out-of-service"},
                           {Serving::recovering, "recovering"},
                           {Serving::visit, "visit"},
                           {Serving::staff, "staff"}});
}

class StateBoard {
  public:
    explicit StateBoard(const Clock& clock) : clock_(clock) { state_.heard = clock.now(); }

    struct Part {
        std::optional<ErrorCode> trouble;  // none: it was good
        Instant at{};
    };
    struct State {
        Serving serving = Serving::starting;
        std::optional<ErrorCode> reason;
        std::map<screen::MachinePart, Part> parts;
        Instant heard{};  // when the kiosk thread said something last
    };

    void tell(screen::MachinePart part, const Result<void>& found);
    void tell(Serving serving, std::optional<ErrorCode> reason = std::nullopt);
    State state() const;
    // Until the kiosk does something else than this, for so long at most.
    void waitForOther(const std::stop_token& stop, Serving than, Duration atMost) const;

  private:
    const Clock& clock_;
    mutable std::mutex mutex_;
    mutable std::condition_variable_any changed_;
    State state_;
};

}  // namespace liqu::session
