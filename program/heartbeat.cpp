#include "program/heartbeat.hpp"

namespace liqu::program {

std::string_view wordOf(Loop loop) {
    switch (loop) {
        case Loop::window:
            return "window";
        case Loop::kiosk:
            return "kiosk";
        case Loop::sender:
            return "sender";
    }
    return {};
}

void Heartbeat::expect(Loop loop, Duration within) {
    const std::lock_guard lock(mutex_);
    promises_.at(static_cast<std::size_t>(loop)) = Promise{within, clock_.now(), {}};
}

void Heartbeat::turned(Loop loop) {
    const std::lock_guard lock(mutex_);
    auto& promise = promises_.at(static_cast<std::size_t>(loop));
    if (!promise) return;
    promise->last = clock_.now();
    promise->thread = std::this_thread::get_id();
}

void Heartbeat::turned() {
    const std::lock_guard lock(mutex_);
    for (auto& promise : promises_) {
        if (promise && promise->thread == std::this_thread::get_id()) promise->last = clock_.now();
    }
}

void Heartbeat::end(Loop loop) {
    const std::lock_guard lock(mutex_);
    promises_.at(static_cast<std::size_t>(loop)).reset();
}

std::optional<Loop> Heartbeat::late() const {
    const std::lock_guard lock(mutex_);
    const Instant now = clock_.now();
    for (std::size_t i = 0; i < promises_.size(); ++i) {
        const auto& promise = promises_.at(i);
        if (promise && now - promise->last > promise->within) return static_cast<Loop>(i);
    }
    return std::nullopt;
}

}  // namespace liqu::program
