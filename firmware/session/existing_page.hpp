// "You already have …": what was found, and what can be done about it.
#pragma once

#include <cstdint>
#include <string>

#include "firmware/base/words.hpp"
#include "firmware/screen/person_page.hpp"
#include "firmware/screen/screen.hpp"

namespace liqu::session {

enum class ExistingKind : std::uint8_t {
    pendingElsewhere,
    pendingHere,
    heldHere,
    feePaid,
    validCard,
    invalidCard,      // lost, being replaced, not enabled
    markedElsewhere,  // at another machine, where it may be withdrawn from here
    heldAtCounter,    // in the outlet's cabinet
    returnedToBank,
    markWithdrawn,  // just now, at the person's wish
};
// As the words' keys have them: "already.held-here".
constexpr auto wordsOf(ExistingKind) {
    return words<ExistingKind>({{ExistingKind::pendingElsewhere, "pending-elsewhere"},
                                {ExistingKind::pendingHere, "pending-here"},
                                {ExistingKind::heldHere, "held-here"},
                                {ExistingKind::feePaid, "fee-paid"},
                                {ExistingKind::validCard, "valid-card"},
                                {ExistingKind::invalidCard, "invalid-card"},
                                {ExistingKind::markedElsewhere, "marked-elsewhere"},
                                {ExistingKind::heldAtCounter, "held-at-counter"},
                                {ExistingKind::returnedToBank, "returned-to-bank"},
                                {ExistingKind::markWithdrawn, "mark-withdrawn"}});
}

struct Existing {
    ExistingKind kind = ExistingKind::validCard;
    bool canContinue = false;         // the pending order can be led on from here
    std::string cardNumberTail{};     // last three characters, empty where unknown
    std::string pickupCode{};         // heldHere: to show to staff
    bool replacementOffered = false;  // validCard: this machine replaces a lost one
    bool lossOffered = false;         // and here a lost one is reported
    bool canWithdraw = false;         // the instant mark can be withdrawn
    bool progressOffered = false;     // how far an application is can be asked here
    bool temporaryCardTold = false;   // the region has one for whoever waits
};

// The choice on the page that withdraws the mark.
inline constexpr std::string_view withdrawMarkChoice = "withdraw-mark";

screen::PersonPage existingPage(const Existing& existing, const screen::Contacts& contacts);

}  // namespace liqu::session
