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
    const std::lock_guard lock(mutex_);
    state_.serving = serving;
    state_.reason = reason;
    state_.heard = now;
}

StateBoard::State StateBoard::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

}  // namespace liqu::session
