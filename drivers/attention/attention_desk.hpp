// The call as it stands, between the kiosk thread and the wire. AttentionDesk is the state; the
// caller of makeAttentionCaller() turns it on a thread of its own.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>

#include "drivers/attention/attention_wire.hpp"

namespace liqu::drivers {

// call(), state(), clear() from any thread; step() from one.
class AttentionDesk {
  public:
    // Numbers of calls begin after this one: a site must not take a new call for an old one.
    AttentionDesk(std::unique_ptr<AttentionWire> wire, std::uint64_t lastCall)
        : wire_(std::move(wire)), lastCall_(lastCall) {}

    void call(ports::CallReason reason);
    ports::CallState state() const;
    void clear();
    // Tells the wire what it does not know yet. Answers whether something is still to be told or
    // waited for; the error is that of the wire.
    Result<bool> step();

  private:
    struct Standing {
        std::uint64_t call = 0;  // 0: none
        ports::CallReason reason = ports::CallReason::person;
        ports::CallState state = ports::CallState::none;
    };

    Result<bool> ask(const Standing& standing);

    std::unique_ptr<AttentionWire> wire_;
    mutable std::mutex mutex_;
    Standing standing_;
    std::uint64_t lastCall_;
    std::optional<std::uint64_t> over_;  // ended, and the wire was not told yet
};

// onTrouble hears the first failure of a row, from the caller's own thread.
std::unique_ptr<ports::AttentionCaller> makeAttentionCaller(
    std::unique_ptr<AttentionWire> wire, std::uint64_t lastCall,
    std::function<void(const Error&)> onTrouble);

}  // namespace liqu::drivers
