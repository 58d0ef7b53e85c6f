#include "firmware/session/state_board.hpp"

namespace liqu::session {

void StateBoard::tell(screen::MachinePart part, const Result<void>& found) {
    const Instant now = clock_.now();
    const std::lock_guard lock(mutex_);
    state_.parts[part] = {found ? std::nullopt : std::optional(found.error().code), now};
    state_.heard = now;
}

void StateBoard::tell(Serving serving, std::optional<ErrorCode> reason) {
    const Instant now = clock_.now();
    {
        const std::lock_guard lock(mutex_);
        state_.serving = serving;
        state_.reason = reason;
        state_.heard = now;
    }
    changed_.notify_all();
}

StateBoard::State StateBoard::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

void StateBoard::waitForOther(const std::stop_token& stop, Serving than, Duration atMost) const {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, atMost, [&] { return state_.serving != than; });
}

}  // namespace liqu::session
