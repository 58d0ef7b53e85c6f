// When no card came into a hand: what happened to the card, to money and the ID card, and what to
// do now. The headline is the person's, the device's name stands in the small line of the code.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firmware/base/error.hpp"
#include "firmware/base/words.hpp"
#include "firmware/screen/person_page.hpp"
#include "firmware/screen/screen.hpp"
#include "firmware/session/slip_desk.hpp"

namespace liqu::session {

// How a visit ended that put no card into a hand.
enum class Outcome : std::uint8_t {
    notMade,
    made,         // finished, in the hold bin: to be fetched
    undecided,    // inside the machine, neither finished nor given up
    otherFirst,   // something else has to be done before
    ended,        // left, declined, time over: nothing was begun
    notAnswered,  // a question: the answer did not come, or is of no use
    notDone,      // a change: it was not begun
};
// As the words' keys have them: "problem.not-made".
constexpr auto wordsOf(Outcome) {
    return words<Outcome>({{Outcome::notMade, "not-made"},
                           {Outcome::made, "made"},
                           {Outcome::undecided, "undecided"},
                           {Outcome::otherFirst, "other-first"},
                           {Outcome::ended, "ended"},
                           {Outcome::notAnswered, "not-answered"},
                           {Outcome::notDone, "not-done"}});
}

// Where the books have the card of this visit.
enum class CardWhere : std::uint8_t {
    none,  // no card was used
    held,
    inside,
    mouth,
    discarded,
    staffLook,  // in the hold bin, its face may be half printed
    unknown,
};
// As the words' keys have them: "fate.presented".
constexpr auto wordsOf(CardWhere) {
    return words<CardWhere>({{CardWhere::none, "none"},
                             {CardWhere::held, "held"},
                             {CardWhere::inside, "inside"},
                             {CardWhere::mouth, "presented"},
                             {CardWhere::discarded, "discarded"},
                             {CardWhere::staffLook, "staff-look"},
                             {CardWhere::unknown, "unknown"}});
}

// 换卡: where the old card is, and what of it.
enum class OldCardIs : std::uint8_t {
    none,   // nothing is exchanged
    yours,  // not taken in, and the new one is not made: it holds as before
    bring,  // not taken in; the new one may be made
    taken,
};
// As the words' keys have them: "old-card.yours".
constexpr auto wordsOf(OldCardIs) {
    return words<OldCardIs>({{OldCardIs::none, "none"},
                             {OldCardIs::yours, "yours"},
                             {OldCardIs::bring, "bring"},
                             {OldCardIs::taken, "taken-in"}});
}

struct Problem {
    ErrorCode reason = ErrorCode::cardJammed;
    std::vector<ErrorCode> also{};  // what else stands in the way, as far as it is known
    std::string papersOf{};         // a service of the guide: its papers stand on the slip
    Outcome outcome = Outcome::notMade;
    CardWhere card = CardWhere::none;
    bool idCardThere = false;
    bool feeWasAsked = false;  // money could be thought of: say that none was taken
    bool feeKept = false;      // money was paid, and stays with the application
    std::string reference{};   // the visit's number, for staff; empty without an order
    std::string pickupCode{};  // made: to show to staff
    OldCardIs oldCard = OldCardIs::none;
    bool progressOffered = false;  // of an application that is taken on it can be asked here
    SlipTold slip{};               // of a card that was made, or of what is missing
    PersonalText advice{};         // what the province says is to be done, in its own words
};

screen::PersonPage problemPage(const Problem& problem, const screen::Contacts& contacts);

}  // namespace liqu::session
