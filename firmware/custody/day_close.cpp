#include <algorithm>

#include "firmware/custody/day_counting.hpp"
#include "firmware/custody/lane_doubt.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/custody/posting.hpp"
#include "firmware/custody/vault.hpp"

namespace liqu::custody {
namespace {

using storage::Row;
using storage::Transaction;

// By this the moves of a close are known again.
constexpr std::string_view correctionReason = "daily count";

// A place whose count differs from the books after a recount.
struct Difference {
    std::string place;
    std::int64_t booked = 0;
    std::int64_t counted = 0;
    std::int64_t open = 0;  // counted − booked, less what was explained so far
    std::vector<std::string> seen;
    std::vector<std::string> missing;
    bool certain = true;
    bool byNumber = false;  // seen is every number that can be read there
};

Result<std::vector<std::string>> numbersAt(Transaction& transaction, const std::string& place) {
    std::vector<std::string> numbers;
    for (const Row& row : TRY(transaction.query(
             "SELECT card_number FROM cards WHERE place = ? ORDER BY card_number", {place}))) {
        numbers.push_back(row.text(0));
    }
    return numbers;
}

Result<Day> requireCounted(storage::Database& database, WallTime at) {
    const auto day = TRY(currentDay(database));
    if (!day) TRY(requireNotClosedToday(database, at));
    switch (TRY(countingState(database))) {
        case CountingState::notFrozen:
            return fail(ErrorCode::countIncomplete, "freeze the day and count it first");
        case CountingState::typing:
            return fail(ErrorCode::countIncomplete, "not every place was counted by two people");
        case CountingState::recount:
            return fail(ErrorCode::countIncomplete, "something differs; count those places again");
        case CountingState::allEqual:
        case CountingState::differences:
            break;
    }
    return *day;
}

Result<std::vector<Difference>> differencesOf(storage::Database& database, const Day& day) {
    std::vector<Difference> differences;
    const auto typed = TRY(typedCounts(database, day.day));
    for (const CountLine& line : TRY(counting(database))) {
        if (!line.result || line.result->verdict == CountVerdict::equal) continue;
        Difference difference;
        difference.place = line.place;
        difference.booked = line.result->booked;
        difference.counted = line.result->first;
        difference.open = difference.counted - difference.booked;
        difference.byNumber = line.byNumber;
        for (const TypedCount& count : typed.at(line.place)) {
            if (count.round == line.round && !count.numbers.empty()) {
                difference.seen = count.numbers;
            }
        }
        differences.push_back(std::move(difference));
    }
    return differences;
}

// A card that was used lies in no lane, and one that came without a box not in the vault.
Result<void> requireRightPlace(const CardRecord& card, const std::string& place) {
    const bool stock = place == Place::vault().name() || laneOf(place) > 0;
    if (!stock || card.condition == nameOf(Condition::blank)) return {};
    return fail(ErrorCode::cardAlreadyUsed, card.cardNumber + " is " + card.condition +
                                                "; put it into a bin and count " + place +
                                                " again");
}

// A number that was seen where the books do not have it comes from `missing`, or from a place that
// lacks a card.
Result<void> relocate(Transaction& transaction, Difference& difference,
                      std::vector<Difference>& all, const Occasion& occasion) {
    if (difference.place == pathPlace) return {};
    const Place to = Place::named(difference.place);
    for (const std::string& number : difference.seen) {
        const auto card = TRY(findCard(transaction.database(), number));
        if (!card || card->place == to || difference.open <= 0) continue;
        const auto from = std::ranges::find(all, countedAs(card->place.name()), &Difference::place);
        const bool lacks = from != all.end() && from->open < 0;
        if (!lacks && card->place != Place::missing()) continue;
        TRY(requireRightPlace(*card, difference.place));
        TRY(countCardInBox(transaction, number, card->place, to));
        TRY(moveCard(transaction, number, card->place, to, occasion));
        --difference.open;
        if (lacks) ++from->open;
    }
    return {};
}

Result<void> nameMissing(Transaction& transaction, Difference& difference) {
    const auto listed = TRY(numbersAt(transaction, difference.place));
    const auto lacking = static_cast<std::size_t>(-difference.open);
    std::ranges::set_difference(listed, difference.seen, std::back_inserter(difference.missing));
    difference.certain = difference.missing.size() <= lacking;
    // A lane and the vault may list a number that left unread: there "among these" is an answer.
    if (difference.certain || !isBin(difference.place)) return {};
    return fail(ErrorCode::recountByNumber, "recount " + difference.place +
                                                " by number: how many are there does not say "
                                                "which card is missing");
}

Result<void> bookMissed(Transaction& transaction, const Difference& difference,
                        const Occasion& occasion) {
    const Place place = Place::named(difference.place);
    std::int64_t unnamed = -difference.open;
    if (difference.certain) {
        for (const std::string& number : difference.missing) {
            TRY(countCardInBox(transaction, number, place, Place::missing()));
            TRY(moveCard(transaction, number, place, Place::missing(), occasion));
            --unnamed;
        }
    }
    if (unnamed == 0) return {};
    Movement movement{place, Place::missing(), unnamed};
    if (place == Place::vault()) {
        movement.box = TRY(leaveVault(transaction, {unnamed, "", difference.certain}));
    }
    return post(transaction, movement, occasion);
}

// The path lacks a card: it is taken from the one of its three places that has one.
Result<void> bookMissedInPath(Transaction& transaction, const Occasion& occasion) {
    for (const Place& place : {Place::transport(), Place::chipStation(), Place::mouth()}) {
        if (TRY(balanceOf(transaction.database(), place)) == 0) continue;
        const auto known = TRY(cardsAt(transaction.database(), place));
        if (known.empty()) return moveUnidentified(transaction, place, Place::missing(), occasion);
        return moveCard(transaction, known[0].cardNumber, place, Place::missing(), occasion);
    }
    return {};
}

// Cards missed by number that could lie in this place.
Result<std::int64_t> missedByNumber(Transaction& transaction, const std::string& place) {
    const bool stock = place == Place::vault().name() || laneOf(place) > 0;
    return transaction.number(
        "SELECT count(*) FROM cards WHERE place = 'missing' AND (condition = 'blank' OR ? = 0)",
        {std::int64_t{stock ? 1 : 0}});
}

Result<void> bookMore(Transaction& transaction, const Place& from, const Place& to,
                      std::int64_t cards, const Occasion& occasion) {
    if (cards == 0) return {};
    Movement movement{from, to, cards};
    if (to == Place::vault()) movement.box = TRY(reachVault(transaction, {cards}));
    return post(transaction, movement, occasion);
}

// More than the books have: first the cards that are missing without a number are taken to be
// these. The rest is new to the books, unless it may be one that is missing by its number: then
// people say which, or it would be in the books twice.
Result<void> bookSurplus(Transaction& transaction, const Difference& difference,
                         const Occasion& occasion) {
    const Place to = Place::named(difference.place);
    const std::int64_t nameless =
        TRY(balanceOf(transaction.database(), Place::missing())) -
        static_cast<std::int64_t>(TRY(numbersAt(transaction, Place::missing().name())).size());
    const std::int64_t found = std::min(difference.open, nameless);
    TRY(bookMore(transaction, Place::missing(), to, found, occasion));
    const std::int64_t more = difference.open - found;
    if (more > 0 && difference.seen.empty() &&
        TRY(missedByNumber(transaction, difference.place)) > 0) {
        return fail(ErrorCode::foundCardUnnamed,
                    difference.place + " has a card more, and cards are missing by their number");
    }
    return bookMore(transaction, Place::bank(), to, more, occasion);
}

bool isSeenCardByCard(const Difference& difference) {
    return difference.byNumber && isBin(difference.place);
}

// Every card in the bin was looked at: what is listed and was not seen is missing, what lies there
// beyond the list stays open, a card the bin did not have.
Result<void> settleByNumber(Transaction& transaction, Difference& difference,
                            const Occasion& occasion) {
    const Place place = Place::named(difference.place);
    const auto listed = TRY(numbersAt(transaction, difference.place));
    std::ranges::set_difference(listed, difference.seen, std::back_inserter(difference.missing));
    for (const std::string& number : difference.missing) {
        TRY(moveCard(transaction, number, place, Place::missing(), occasion));
    }
    difference.open = difference.counted - TRY(balanceOf(transaction.database(), place));
    if (difference.open >= 0) return {};
    return post(transaction, {place, Place::missing(), -difference.open}, occasion);
}

Result<void> settleLack(Transaction& transaction, Difference& difference,
                        const Occasion& occasion) {
    if (isSeenCardByCard(difference)) return settleByNumber(transaction, difference, occasion);
    if (difference.place == pathPlace) return bookMissedInPath(transaction, occasion);
    TRY(nameMissing(transaction, difference));
    return bookMissed(transaction, difference, occasion);
}

Result<void> settleSurplus(Transaction& transaction, const Difference& difference,
                           const Occasion& occasion) {
    if (difference.place != pathPlace) return bookSurplus(transaction, difference, occasion);
    return fail(ErrorCode::cardInsideUnbooked,
                "a card is inside the machine that the books do not have: take it out, put it "
                "into the reject bin and count again");
}

Result<int> laneToLock(Transaction& transaction, const std::string& place) {
    // What was lost on its way came from the lane that fed last.
    return place == pathPlace ? laneFedLast(transaction.database()) : laneOf(place);
}

Result<void> openCase(Transaction& transaction, const std::string& day,
                      const Difference& difference) {
    constexpr std::size_t mostListed = 1000;
    std::vector<std::string> numbers = difference.missing;
    if (numbers.size() > mostListed) numbers.resize(mostListed);
    return transaction.run(
        "INSERT INTO stock_cases(day, place, lane, booked, counted, numbers, certain) "
        "VALUES(?,?,?,?,?,?,?)",
        {day, difference.place, std::int64_t{TRY(laneToLock(transaction, difference.place))},
         difference.booked, difference.counted, joined(numbers),
         std::int64_t{difference.certain ? 1 : 0}});
}

Result<void> settleAll(Transaction& transaction, const Day& day, const Mandate& mandate) {
    auto differences = TRY(differencesOf(transaction.database(), day));
    const Occasion occasion{std::string(correctionReason), "", mandate.at, mandate.people};
    // What the books had before is told apart from what the count corrects.
    TRY(transaction.run("UPDATE day_flows SET corrected = -quantity WHERE day = ?", {day.day}));
    for (Difference& difference : differences) {
        TRY(relocate(transaction, difference, differences, occasion));
    }
    // What is missing here may be what is too much there.
    for (Difference& difference : differences) {
        const bool lacks = difference.open < 0 || isSeenCardByCard(difference);
        if (lacks) TRY(settleLack(transaction, difference, occasion));
    }
    for (const Difference& difference : differences) {
        if (difference.open > 0) TRY(settleSurplus(transaction, difference, occasion));
    }
    for (const Difference& difference : differences) {
        TRY(openCase(transaction, day.day, difference));
    }
    return transaction.run("UPDATE day_flows SET corrected = corrected + quantity WHERE day = ?",
                           {day.day});
}

Result<void> writeCheckpoint(Transaction& transaction, const Day& day, const Mandate& mandate) {
    TRY(transaction.run("INSERT INTO day_balances SELECT ?, place, balance FROM places",
                        {day.day}));
    return transaction.run(
        "UPDATE days SET state = 'closed', closed_at = ?, operator = ?, second_operator = ?, "
        "last_move = (SELECT coalesce(max(move), 0) FROM moves), "
        "undecided = (SELECT count(*) FROM cards INDEXED BY cards_undecided WHERE condition IN "
        "('permitted','written')) "
        "WHERE day = ?",
        {stampOf(mandate.at), mandate.people.operatorId, mandate.people.secondOperatorId, day.day});
}

StockCase caseOf(const Row& row) {
    StockCase found;
    found.id = row.integer(0);
    found.day = row.text(1);
    found.place = row.text(2);
    found.lane = static_cast<int>(row.integer(3));
    found.booked = row.integer(4);
    found.counted = row.integer(5);
    found.numbers = parted(row.text(6));
    found.certain = row.integer(7) != 0;
    found.laneLocked = found.lane > 0 && row.isNull(8);
    if (!row.isNull(8)) found.releasedAt = timeOf(row.integer(8));
    found.releasedBy = {row.textOrEmpty(9), row.textOrEmpty(10)};
    found.releaseReason = row.textOrEmpty(11);
    return found;
}

Result<std::vector<StockCase>> casesWhere(storage::Database& database, const std::string& where,
                                          const storage::Values& values) {
    std::vector<StockCase> cases;
    for (const Row& row : TRY(database.query(
             "SELECT stock_case, day, place, lane, booked, counted, numbers, certain, released_at, "
             "released_by, released_with, release_reason FROM stock_cases WHERE " +
                 where + " ORDER BY stock_case",
             values))) {
        cases.push_back(caseOf(row));
    }
    return cases;
}

}  // namespace

Result<Day> closeDay(Transaction& transaction, const Mandate& mandate) {
    TRY(requireMandate(transaction, mandate));
    storage::Database& database = transaction.database();
    Day day = TRY(requireCounted(database, mandate.at));
    TRY(settleAll(transaction, day, mandate));
    TRY(endDoubts(transaction));
    TRY(checkBooks(database));
    TRY(noteEvent(transaction, "day " + day.day, "closed", occasionOf(mandate, "closed")));
    TRY(writeCheckpoint(transaction, day, mandate));
    day.state = DayState::closed;
    day.closedAt = mandate.at;
    return day;
}

Result<void> releaseCase(Transaction& transaction, std::int64_t stockCase, const Mandate& mandate) {
    TRY(requireMandate(transaction, mandate));
    const std::string name = "case " + std::to_string(stockCase);
    if (mandate.reason.empty()) {
        return fail(ErrorCode::moveNotPossible, "say why " + name + " may be released");
    }
    TRY(
        transaction.run("UPDATE stock_cases SET released_at = ?, released_by = ?, released_with = "
                        "?, release_reason = ? WHERE stock_case = ? AND released_at IS NULL",
                        {stampOf(mandate.at), mandate.people.operatorId,
                         mandate.people.secondOperatorId, mandate.reason, stockCase}));
    if (TRY(transaction.changedRows()) != 1) {
        return fail(ErrorCode::moveNotPossible, name + " is not open");
    }
    return noteEvent(transaction, name, "released", occasionOf(mandate, "released"));
}

Result<std::vector<Correction>> correctionsOf(storage::Database& database, const std::string& day) {
    std::vector<Correction> corrections;
    for (const Row& row : TRY(database.query(
             "SELECT from_place, to_place, quantity, coalesce(card_number, ''), reason FROM moves "
             "WHERE day = ? AND reason IN (?, ?) ORDER BY move",
             {day, std::string(correctionReason), std::string(goneReason)}))) {
        const auto same = [&row](const Correction& correction) {
            return correction.from == row.text(0) && correction.to == row.text(1) &&
                   correction.reason == row.text(4);
        };
        auto found = std::ranges::find_if(corrections, same);
        if (found == corrections.end()) {
            corrections.push_back({row.text(4), row.text(0), row.text(1), 0, {}});
            found = corrections.end() - 1;
        }
        found->cards += row.integer(2);
        if (!row.text(3).empty()) found->numbers.push_back(row.text(3));
    }
    return corrections;
}

Result<std::int64_t> goneToday(storage::Database& database) {
    const auto day = TRY(currentDay(database));
    if (!day) return 0;
    const auto rows = TRY(database.query(
        "SELECT coalesce(sum(quantity), 0) FROM moves WHERE day = ? AND reason = ? AND "
        "(card_number IS NULL OR EXISTS (SELECT 1 FROM cards WHERE cards.card_number = "
        "moves.card_number AND cards.place = ?))",
        {day->day, std::string(goneReason), Place::missing().name()}));
    return rows.front().integer(0);
}

Result<std::vector<StockCase>> openCases(storage::Database& database) {
    return casesWhere(database, "released_at IS NULL", {});
}

Result<std::vector<StockCase>> casesOf(storage::Database& database, const std::string& day) {
    return casesWhere(database, "day = ?", {day});
}

}  // namespace liqu::custody
