// Where one attempt to collect a fee stands, and what it may become. An order that may still be
// paid is open; "closed" is what a query said after the close, and money may come even then.
#pragma once

#include <cstdint>
#include <span>

#include "firmware/base/words.hpp"

namespace liqu::payment {

enum class FeeState : std::uint8_t {
    opening,       // may have arrived at the platform, or not
    open,          // it can be paid
    closing,       // nobody pays any more here; whether somebody did is not known yet
    closed,        // proven: not paid
    paid,          // by the platform's own answer: order and amount are right
    held,          // another amount came, or another order's: people decide
    refundWanted,  // paid, and the application owes nothing: it goes back
    refundSent,    // the platform took the request; not yet the money
    refunded,
    refundStuck,  // the account is gone, or the platform refuses: people decide
};
constexpr auto wordsOf(FeeState) {
    return words<FeeState>({{FeeState::opening, "opening"},
                            {FeeState::open, "open"},
                            {FeeState::closing, "closing"},
                            {FeeState::closed, "closed"},
                            {FeeState::paid, "paid"},
                            {FeeState::held, "held"},
                            {FeeState::refundWanted, "refundWanted"},
                            {FeeState::refundSent, "refundSent"},
                            {FeeState::refunded, "refunded"},
                            {FeeState::refundStuck, "refundStuck"}});
}

// It may still be paid: no second one of its application beside it.
constexpr bool isOpen(FeeState state) {
    return state == FeeState::opening || state == FeeState::open || state == FeeState::closing;
}

bool mayBecome(FeeState from, FeeState to);

}  // namespace liqu::payment
