// A card made for nobody (试制): a test card goes through the whole machine, and no card of the
// books, no order and no permit has a part in it. That one is under way stands in the books from
// before the card is laid down until it is out of the machine again, so that whatever lies in the
// path after a power cut is taken for a test card and not for a blank or somebody's card. While it
// stands nothing else is made.
//
// Used by the thread that owns the write connection.
#pragma once

#include <optional>
#include <string>

#include "firmware/base/words.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/desk/carry_out.hpp"

namespace liqu::desk {

enum class TrialOutcome : std::uint8_t {
    passed,       // read, printed, presented, taken
    failed,       // of a part; its code says which
    interrupted,  // by the power, or by a stop
    wrongCard,    // a social security card was laid down: it was not printed on
    givenUp,      // before any card was drawn in
};
constexpr auto wordsOf(TrialOutcome) {
    return words<TrialOutcome>({{TrialOutcome::passed, "passed"},
                                {TrialOutcome::failed, "failed"},
                                {TrialOutcome::interrupted, "interrupted"},
                                {TrialOutcome::wrongCard, "wrong-card"},
                                {TrialOutcome::givenUp, "given-up"}});
}

struct TrialIssue {
    WallTime beganAt{};
    std::string operatorId;
    std::optional<TrialOutcome> known{};  // what it comes to once the card is out
    int code = 0;                         // of a part that failed: the error's number
    std::string cardNumber;               // of a social security card that was laid down
};

struct LastTrial {
    WallTime at{};
    TrialOutcome outcome = TrialOutcome::passed;
    int code = 0;
    std::string operatorId;
};

Result<std::optional<TrialIssue>> openTrialIssue(storage::Database& database);
// None: this machine never had one that drew a card in.
Result<std::optional<LastTrial>> lastTrialIssue(storage::Database& database);

// moveNotPossible where the books have a card inside; dayFrozen while the day is counted. One that
// is open goes on, led by who is here now.
Result<void> beginTrialIssue(const DeskParts& parts, const TwoPeople& people);
// What became of the card, before it is given back: a power cut after it loses nothing of that.
Result<void> noteTrialOutcome(const DeskParts& parts, const TwoPeople& people, TrialOutcome outcome,
                              int code, const std::string& cardNumber);
// The card is out of the machine.
Result<void> endTrialIssue(const DeskParts& parts, const TwoPeople& people, TrialOutcome outcome,
                           int code);

}  // namespace liqu::desk
