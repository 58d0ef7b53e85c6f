// Port: what calls the people of the branch to the machine — a lamp, or the site's own system.
// A call is a state, not an event: it stays asked until somebody has acknowledged it or it is
// withdrawn (decision 39). No call blocks: a driver tells its wire on a thread of its own.
// Called from the kiosk thread.
#pragma once

#include <cstdint>

#include "firmware/base/words.hpp"

namespace liqu::ports {

enum class CallReason : std::uint8_t {
    person,  // somebody at the machine touched "call the staff"
    problemWithCard,
    idCardLeft,  // an ID card lies on the reader, and nobody takes it
};
// As the site's address hears it (hardware-notes/attention.md).
constexpr auto wordsOf(CallReason) {
    return words<CallReason>({{CallReason::person, "person"},
                              {CallReason::problemWithCard, "problem-with-card"},
                              {CallReason::idCardLeft, "id-card-left"}});
}

enum class CallState : std::uint8_t {
    none,
    asked,         // not acknowledged yet
    acknowledged,  // somebody said that they come
    unheard,       // the wire does not answer: nobody was told
};

class AttentionCaller {
  public:
    virtual ~AttentionCaller() = default;

    // Asks, unless it is asked already; a call that was acknowledged begins anew.
    virtual void call(CallReason reason) = 0;
    virtual CallState state() const = 0;
    // Staff are here, or what they were called for is over: the lamp goes out.
    virtual void clear() = 0;
};

}  // namespace liqu::ports
