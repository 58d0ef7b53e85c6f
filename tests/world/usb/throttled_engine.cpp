#include "tests/world/usb/throttled_engine.hpp"

#include <algorithm>

namespace liqu::world {
namespace {

// One piece of the cable: small enough for smooth pacing, large enough to be cheap.
constexpr std::size_t chunk = 4096;

}  // namespace

UsbTransfer ThrottledEngine::out(std::uint8_t endpoint, ByteView data, Instant now) {
    const std::lock_guard lock(mutex_);
    waiting_ = now < freeAt_;
    if (waiting_) {
        UsbTransfer transfer;
        transfer.outcome = engine_.plugged() ? UsbOutcome::notYet : UsbOutcome::gone;
        return transfer;
    }
    UsbTransfer transfer = engine_.out(endpoint, data.first(std::min(chunk, data.size())), now);
    const auto carried = std::chrono::duration_cast<Duration>(
        std::chrono::duration<double>(static_cast<double>(transfer.accepted) / bytesPerSecond_));
    // A poll that comes a little late must not slow the cable down.
    constexpr Duration slack = std::chrono::milliseconds(20);
    freeAt_ = std::max(freeAt_, now - slack) + carried;
    waiting_ = transfer.accepted > 0;
    return transfer;
}

std::optional<Instant> ThrottledEngine::nextEvent() const {
    const std::lock_guard lock(mutex_);
    const std::optional<Instant> inner = engine_.nextEvent();
    if (!waiting_) return inner;
    return inner ? std::min(*inner, freeAt_) : freeAt_;
}

}  // namespace liqu::world
