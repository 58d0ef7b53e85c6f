// The business day and its end (Guangdong Art.36: 每天盘点数量; docs/rules.md, "Arithmetic of a
// day"). A day lasts from the close of the one before to its own close and has the China date on
// which it began; a move belongs to the day that is open when it is booked. A day that was not
// closed in the evening goes on, and says so in its report.
//
// The close: freeze (no new visit, what runs is finished) → two people count each place and type
// what they counted → where both have typed, and only there, the books' number is shown → equal
// everywhere: close; else recount, and what differs then becomes a case: the missing numbers are
// listed, the cards are booked missing, the lane is locked until two people release it.
//
// All writes happen inside the caller's Transaction; where a function fails it wrote nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/base/words.hpp"
#include "firmware/custody/people.hpp"
#include "firmware/custody/place.hpp"
#include "firmware/ports/day_report.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::custody {

enum class DayState : std::uint8_t { open, frozen, closed };
constexpr auto wordsOf(DayState) {
    return words<DayState>(
        {{DayState::open, "open"}, {DayState::frozen, "frozen"}, {DayState::closed, "closed"}});
}

struct Day {
    std::string day;  // yyyymmdd
    // The China date its work began on: the day after, where it was opened in the evening after a
    // close; never later than its name, which is ahead where the clock was once.
    std::string began;
    DayState state = DayState::open;
    int round = 1;  // of counting
    WallTime openedAt{};
    std::optional<WallTime> frozenAt;
    std::optional<WallTime> closedAt;
};

// The day that is not closed yet; none before the first move of a new one.
Result<std::optional<Day>> currentDay(storage::Database& database);
Result<std::optional<Day>> findDay(storage::Database& database, const std::string& day);
// Closed days, newest first.
Result<std::vector<Day>> closedDays(storage::Database& database, int most);

// May a card be made now? dayFrozen while it is counted; dayUnclosed where yesterday is not closed
// and the policy does not allow to go on; clockNotTrusted where the clock stands before the day
// that is open, or before the last close.
enum class Unclosed : std::uint8_t { stops, goesOn };  // what a day of before does
Result<void> dayGate(storage::Database& database, WallTime at, Unclosed unclosed);
// dayFrozen between freeze and close: what is being counted stays where it is.
Result<void> requireNotFrozen(storage::Database& database);

// Opens a new day where none is open. dayFrozen where it is being counted already;
// dayAlreadyClosed in the evening after the close, whether something was moved since or not.
Result<void> freezeDay(storage::Transaction& transaction, const Mandate& mandate);
// Given up before the close. What was typed stays in the books with what they had then, and stands
// in the report of the day.
Result<void> thawDay(storage::Transaction& transaction, const Mandate& mandate);

// -- counting --------------------------------------------------------------------------------

// What is counted: each lane, "path" (transport, chip station and mouth together), the bins, the
// cabinet and the vault. Named as in the ledger, but for:
inline constexpr std::string_view pathPlace = "path";
// As what a place of the ledger is counted.
std::string countedAs(const std::string& place);

struct CountEntry {
    std::string place;
    std::string operatorId;
    std::int64_t counted = 0;
    // The numbers of the cards that are there, where they were read.
    std::vector<std::string> numbers = {};
    // Every card was looked at: those without a readable number are counted, but not in numbers.
    // As many numbers as cards say the same.
    bool byNumber = false;
};
// Refused: before the freeze, a place that is not of this round, a person who counted it already, a
// third person, while a card is on its way (cardOnItsWay) or a lane is being loaded (laneStopped).
Result<void> enterCount(storage::Transaction& transaction, const CountEntry& entry, WallTime at);

enum class CountVerdict : std::uint8_t {
    equal,
    countersDiffer,  // the two people do not agree
    booksDiffer,     // they agree with each other, but not with the books
};
struct CountResult {
    std::int64_t first = 0;
    std::int64_t second = 0;
    std::int64_t booked = 0;
    CountVerdict verdict = CountVerdict::equal;
};
struct CountLine {
    std::string place;
    int round = 1;
    std::vector<std::string> enteredBy;  // at most two badges
    std::optional<CountResult> result;  // only once both have typed: nobody is shown a number first
    bool byNumber = false;              // both looked at every card
};
// What the books have may be shown: the place is equal, or two people agree on another number also
// when they count again.
bool showsBooked(const CountLine& line);
// A bin or the cabinet from its third round on: which of its cards are there, not how many.
bool asksForNumbers(const CountLine& line);
// The close cannot say what became of which card before this place is counted again: a bin that
// lacks cards, or a card inside the machine the books do not have.
bool mustBeRecounted(const CountLine& line);
// The places in their order, each with its newest round.
Result<std::vector<CountLine>> counting(storage::Database& database);

enum class CountingState : std::uint8_t {
    notFrozen,
    typing,       // numbers are still to come
    allEqual,     // close
    recount,      // first round, something differs
    differences,  // second round, something still differs: the close makes cases of it
};
Result<CountingState> countingState(storage::Database& database);
// Another round for the places that differ. Where the machine held a card too many, the reject bin,
// into which it was put, is counted again as well.
Result<void> beginRecount(storage::Transaction& transaction, const Mandate& mandate);

// -- close -----------------------------------------------------------------------------------

// Who is asked to sign and what the machine is; the rest of the report is in the books.
struct ReportHead {
    std::string terminal;
    std::string outlet;
    std::string region;
};

struct StockCase {
    std::int64_t id = 0;
    std::string day;
    std::string place;
    int lane = 0;  // 0: no lane
    std::int64_t booked = 0;
    std::int64_t counted = 0;
    // The numbers that are missing; where only their count is known, the numbers among which they
    // are (certain is false).
    std::vector<std::string> numbers;
    bool certain = false;
    bool laneLocked = false;
    TwoPeople releasedBy;
    std::string releaseReason;
    std::optional<WallTime> releasedAt;
};

// Closes the day: books differences, opens cases, locks lanes, writes the checkpoint all later
// checks start from. countIncomplete, dayAlreadyClosed, samePersonTwice, clockNotTrusted.
Result<Day> closeDay(storage::Transaction& transaction, const Mandate& mandate);

// The reason of a move where the printer's sensors lack a card that hands must have taken.
inline constexpr std::string_view goneReason = "gone from the printer";

// What the province is told at the close of that day because nobody's act moved it, by the two
// places: what the close itself moved because counts differed, and cards gone from the printer.
struct Correction {
    std::string reason;
    std::string from;
    std::string to;
    std::int64_t cards = 0;
    std::vector<std::string> numbers;  // of those whose number is known
};
Result<std::vector<Correction>> correctionsOf(storage::Database& database, const std::string& day);
// Cards gone from the printer on the day that is open and not found since, by the books.
Result<std::int64_t> goneToday(storage::Database& database);

// The case is explained or accepted; the lane runs again. moveNotPossible where it is released.
Result<void> releaseCase(storage::Transaction& transaction, std::int64_t stockCase,
                         const Mandate& mandate);
Result<std::vector<StockCase>> openCases(storage::Database& database);
Result<std::vector<StockCase>> casesOf(storage::Database& database, const std::string& day);

// The figures of a day; dayFrozen while it is being counted, because nobody is shown a number then.
Result<ports::DayReport> reportOf(storage::Database& database, const std::string& day,
                                  const ReportHead& head, WallTime at);

// -- comparison with the province ------------------------------------------------------------

// When the cards of a day came to their ends, as they were dated: where the clock was set in the
// day, that is more than from its opening to its close.
struct DaySpan {
    WallTime from{};
    WallTime until{};
};
Result<DaySpan> spanOf(storage::Database& database, const std::string& day, WallTime at);

// The business day of what is written down beside the moves; opens it where none is open.
Result<std::string> dayOfNote(storage::Transaction& transaction, WallTime at);

// One card as the province reported it made or failed in the day's time.
struct RemoteCard {
    std::string bizId;
    std::string cardNumber;
    bool made = false;
};
// Compares with what was consumed in the day and keeps the differences for the report.
Result<std::vector<ports::DayDifference>> compareWithProvince(storage::Transaction& transaction,
                                                              const std::string& day,
                                                              const std::vector<RemoteCard>& remote,
                                                              WallTime at);

}  // namespace liqu::custody
