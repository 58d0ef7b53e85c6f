// Putting blanks into a lane and taking them out, as a session of its own: begin, lane stopped,
// act, count, end. The session is a row in the database: one that a power cut ended is found at the
// next start, shown, and led to its end or undone. Nothing moves in the books before the end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/base/words.hpp"
#include "firmware/custody/box.hpp"
#include "firmware/custody/place.hpp"

namespace liqu::custody {

using ExchangeId = std::int64_t;
enum class ExchangeKind : std::uint8_t { load, unload };
enum class ExchangeState : std::uint8_t { open, ended, undone };
constexpr auto wordsOf(ExchangeKind) {
    return words<ExchangeKind>({{ExchangeKind::load, "load"}, {ExchangeKind::unload, "unload"}});
}
constexpr auto wordsOf(ExchangeState) {
    return words<ExchangeState>({{ExchangeState::open, "open"},
                                 {ExchangeState::ended, "ended"},
                                 {ExchangeState::undone, "undone"}});
}

// Cards of one opened box into one lane: by their range, or by count where the box has no numbers.
struct LoadPlan {
    int lane = 1;
    std::string box;
    std::string first = {};
    std::string last = {};
    std::int64_t cards = 0;  // only of a box without numbers
};

struct Exchange {
    ExchangeId id = 0;
    ExchangeKind kind = ExchangeKind::load;
    int lane = 1;
    std::string box;  // empty where the lane's cards are of several boxes
    std::string bank;
    std::string vendor;
    std::string first;
    std::string last;
    std::int64_t cards = 0;               // how many are to move
    std::optional<std::int64_t> counted;  // what the people counted; none before that
    ExchangeState state = ExchangeState::open;
    TwoPeople people;
    WallTime beganAt{};
    std::optional<WallTime> endedAt;
    // Of an unloading that just ended: the cards that are of no box and went to the bank.
    std::int64_t returned = 0;
    std::vector<std::string> returnedNumbers;
};

// The lane stops. boxUnknown, rangeOverlaps (a used number), laneBelongsToOther, placeFull,
// laneStopped (a session is open there already), samePersonTwice …
Result<ExchangeId> beginLoad(storage::Transaction& transaction, const LoadPlan& plan,
                             const Mandate& mandate);
// Everything the lane holds goes back to the vault, to the boxes the cards came from, and what came
// without a box back to the bank: the vault keeps boxes.
Result<ExchangeId> beginUnload(storage::Transaction& transaction, int lane, const Mandate& mandate);
// How many cards were put in, or taken out. boxCountDiffers where it is not what the plan says: the
// session stays open, to be counted again or undone.
Result<void> countExchange(storage::Transaction& transaction, ExchangeId exchange,
                           std::int64_t counted, const Mandate& mandate);
// Books the move; the lane runs again. countIncomplete before the count.
Result<Exchange> endExchange(storage::Transaction& transaction, ExchangeId exchange,
                             const Mandate& mandate);
// Nothing was moved, or everything was put back: the books stay as they are, the lane runs again.
Result<Exchange> undoExchange(storage::Transaction& transaction, ExchangeId exchange,
                              const Mandate& mandate);

// Fails with moveNotPossible where there is none.
Result<Exchange> findExchange(storage::Database& database, ExchangeId exchange);
// Sessions that have no end yet: to be shown at the start and before anything else.
Result<std::vector<Exchange>> openExchanges(storage::Database& database);

// Why a lane does not issue now: a session is open, a difference locked it (day.hpp), or a card may
// have left it unseen (lane_doubt.hpp): then there is neither session nor case.
struct LaneStop {
    std::string why;  // technical words, for log and staff
    std::optional<ExchangeId> exchange;
    std::optional<std::int64_t> stockCase;
};
Result<std::optional<LaneStop>> laneStopped(storage::Database& database, int lane);

}  // namespace liqu::custody
