#include "firmware/custody/ledger.hpp"

#include "firmware/custody/posting.hpp"

namespace liqu::custody {
namespace {

using storage::Row;
using storage::Transaction;
using storage::Values;

CardRecord recordOf(const Row& row) {
    return {row.text(0),
            row.text(1),
            row.text(2),
            static_cast<int>(optionalNumber(row, 3).value_or(0)),
            Place::named(row.text(4)),
            row.text(5),
            row.textOrEmpty(6)};
}

constexpr const char* cardColumns =
    "SELECT card_number, bank, vendor, lane, place, condition, order_id FROM cards ";

Result<void> claimLane(Transaction& transaction, const LaneLoad& load) {
    const auto rows = TRY(transaction.query("SELECT bank, vendor FROM lanes WHERE lane = ?",
                                            {std::int64_t{load.lane}}));
    const bool empty = TRY(transaction.number("SELECT balance FROM places WHERE place = ?",
                                              {Place::hopper(load.lane).name()})) == 0;
    // A lane belongs to one bank and one vendor (Guangdong Art.36) until it is empty.
    if (!rows.empty() && !empty &&
        (rows[0].text(0) != load.bank || rows[0].text(1) != load.vendor)) {
        return fail(ErrorCode::laneBelongsToOther, "lane " + std::to_string(load.lane) +
                                                       " holds cards of " + rows[0].text(0) + ", " +
                                                       rows[0].text(1));
    }
    return transaction.run("INSERT OR REPLACE INTO lanes VALUES(?,?,?)",
                           {std::int64_t{load.lane}, load.bank, load.vendor});
}

}  // namespace

Result<void> openPlaces(Transaction& transaction, int lanes, std::int64_t hopperCapacity,
                        std::int64_t binCapacity) {
    struct Wanted {
        Place place;
        std::optional<std::int64_t> capacity;
    };
    std::vector<Wanted> wanted = {{Place::bank(), {}},
                                  {Place::vault(), {}},
                                  {Place::transport(), 1},
                                  {Place::mouth(), 1},
                                  {Place::chipStation(), 1},
                                  {Place::holder(), {}},
                                  {Place::missing(), {}},
                                  {Place::destroyed(), {}},
                                  {Place::cabinet(), {}},
                                  {Place::holdBin(), binCapacity},
                                  {Place::rejectBin(), binCapacity},
                                  {Place::oldCardBin(), binCapacity}};
    for (int lane = 1; lane <= lanes; ++lane)
        wanted.push_back({Place::hopper(lane), hopperCapacity});
    for (const Wanted& place : wanted) {
        TRY(
            transaction.run("INSERT INTO places(place, balance, capacity) VALUES(?, 0, ?) "
                            "ON CONFLICT(place) DO UPDATE SET capacity = excluded.capacity",
                            {place.place.name(),
                             place.capacity ? storage::Value(*place.capacity) : storage::Value()}));
    }
    return {};
}

Result<void> loadLane(Transaction& transaction, const LaneLoad& load, WallTime at) {
    const auto cards = static_cast<std::int64_t>(load.numbers.size()) + load.unnumbered;
    if (cards <= 0) return fail(ErrorCode::configBadValue, "no cards to load");
    TRY(claimLane(transaction, load));
    const Place hopper = Place::hopper(load.lane);
    for (const card::SocialCardNumber& number : load.numbers) {
        const auto known = TRY(
            transaction.query("SELECT place FROM cards WHERE card_number = ?", {number.text()}));
        if (!known.empty()) {
            return fail(ErrorCode::rangeOverlaps,
                        number.text() + " is in the books already, at " + known[0].text(0));
        }
        TRY(transaction.run(
            "INSERT INTO cards(card_number, bank, vendor, lane, place, condition, changed_at) "
            "VALUES(?,?,?,?,?,'blank',?)",
            {number.text(), load.bank, load.vendor, std::int64_t{load.lane}, hopper.name(),
             stampOf(at)}));
    }
    Movement movement{Place::bank(), hopper, cards};
    if (!load.numbers.empty()) {
        movement.first = load.numbers.front().text();
        movement.last = load.numbers.back().text();
    }
    return post(transaction, movement, {"loaded", "", at, load.people});
}

Result<void> moveUnidentified(Transaction& transaction, const Place& from, const Place& to,
                              const Occasion& occasion) {
    return post(transaction, {from, to}, occasion);
}

Result<void> moveCard(Transaction& transaction, const std::string& cardNumber, const Place& from,
                      const Place& to, const Occasion& occasion) {
    TRY(setPlace(transaction, cardNumber, from, to, occasion.at));
    return post(transaction, {from, to, 1, cardNumber}, occasion);
}

Result<void> identify(Transaction& transaction, const std::string& cardNumber, int lane,
                      WallTime at) {
    const auto rows =
        TRY(transaction.query(std::string(cardColumns) + "WHERE card_number = ?", {cardNumber}));
    if (rows.empty()) return fail(ErrorCode::cardNotInStock, cardNumber + " was never loaded");
    const CardRecord record = recordOf(rows[0]);
    if (record.condition != nameOf(Condition::blank)) {
        return fail(ErrorCode::cardAlreadyUsed, cardNumber + " is " + record.condition);
    }
    if (record.place != Place::hopper(lane)) {
        return fail(ErrorCode::laneBelongsToOther,
                    cardNumber + " is booked at " + record.place.name());
    }
    TRY(setPlace(transaction, cardNumber, record.place, Place::chipStation(), at));
    return noteEvent(transaction, cardNumber, "identified", {"", "", at});
}

Result<void> findAtStation(Transaction& transaction, const std::string& cardNumber,
                           const Occasion& occasion) {
    const int lane = TRY(laneFedLast(transaction.database()));
    if (lane == 0) return fail(ErrorCode::moveNotPossible, "nothing was fed yet");
    // The card that was booked out of the lane lies in it still: it was this one that came.
    TRY(post(transaction, {Place::chipStation(), Place::hopper(lane)}, occasion));
    TRY(transaction.run("UPDATE cards SET lane = ? WHERE card_number = ?",
                        {std::int64_t{lane}, cardNumber}));
    return moveCard(transaction, cardNumber, Place::missing(), Place::chipStation(), occasion);
}

Result<void> registerUnnumbered(Transaction& transaction, const std::string& cardIdCode, int lane,
                                WallTime at) {
    TRY(transaction.run(
        "INSERT INTO cards(card_number, bank, vendor, lane, place, condition, changed_at) "
        "SELECT ?1, bank, vendor, lane, ?2, 'blank', ?3 FROM lanes WHERE lane = ?4 "
        "ON CONFLICT(card_number) DO NOTHING",
        {cardIdCode, Place::chipStation().name(), stampOf(at), std::int64_t{lane}}));
    if (TRY(transaction.changedRows()) == 1) {
        return noteEvent(transaction, cardIdCode, "identified", {"", "", at});
    }
    return fail(ErrorCode::cardAlreadyUsed,
                cardIdCode + " is in the books already, or the lane is not");
}

Result<void> assignNumber(Transaction& transaction, const std::string& cardIdCode,
                          const std::string& cardNumber) {
    if (TRY(transaction.number("SELECT count(*) FROM cards WHERE card_number = ?", {cardNumber})) !=
        0) {
        return fail(ErrorCode::rangeOverlaps, cardNumber + " is another card's number already");
    }
    TRY(transaction.run("UPDATE cards SET card_number = ? WHERE card_number = ?",
                        {cardNumber, cardIdCode}));
    if (TRY(transaction.changedRows()) == 1) return {};
    return fail(ErrorCode::cardNotInStock, cardIdCode + " is not in the books");
}

Result<void> noteCopy(Transaction& transaction, const std::string& cardNumber,
                      const Occasion& occasion) {
    return noteEvent(transaction, cardNumber, "shown by a card that is not genuine", occasion);
}

Result<void> setCondition(Transaction& transaction, const std::string& cardNumber,
                          Condition condition, const std::string& orderId, WallTime at) {
    TRY(transaction.run(
        "UPDATE cards SET condition = ?, order_id = ?, changed_at = ? WHERE card_number = ?",
        {std::string(nameOf(condition)), orNull(orderId), stampOf(at), cardNumber}));
    if (TRY(transaction.changedRows()) != 1) {
        return fail(ErrorCode::cardNotInStock, cardNumber + " is not in the books");
    }
    if (condition == Condition::finished || condition == Condition::spoiled) {
        // A card is consumed on the day it comes to its end (decision 14).
        const std::string day = TRY(businessDayOf(transaction, at));
        TRY(transaction.run(
            "UPDATE cards SET made_day = coalesce(made_day, ?) WHERE card_number = ?",
            {day, cardNumber}));
    }
    return noteEvent(transaction, cardNumber, std::string(nameOf(condition)), {"", orderId, at});
}

Result<std::optional<CardRecord>> findCard(storage::Database& database,
                                           const std::string& cardNumber) {
    const auto rows =
        TRY(database.query(std::string(cardColumns) + "WHERE card_number = ?", {cardNumber}));
    if (rows.empty()) return std::optional<CardRecord>();
    return std::optional<CardRecord>(recordOf(rows[0]));
}

Result<std::vector<CardRecord>> cardsAt(storage::Database& database, const Place& place) {
    const auto rows = TRY(database.query(
        std::string(cardColumns) + "WHERE place = ? ORDER BY card_number", {place.name()}));
    std::vector<CardRecord> records;
    records.reserve(rows.size());
    for (const Row& row : rows) records.push_back(recordOf(row));
    return records;
}

Result<std::int64_t> balanceOf(storage::Database& database, const Place& place) {
    return database.number("SELECT balance FROM places WHERE place = ?", {place.name()});
}

Result<std::vector<Balance>> balances(storage::Database& database) {
    std::vector<Balance> all;
    for (const Row& row :
         TRY(database.query("SELECT place, balance, capacity FROM places ORDER BY place"))) {
        all.push_back({Place::named(row.text(0)), row.integer(1), optionalNumber(row, 2)});
    }
    return all;
}

Result<std::optional<int>> laneOfKeptBlank(storage::Database& database) {
    if (TRY(balanceOf(database, Place::chipStation())) != 1) return std::optional<int>();
    const int lane = TRY(laneFedLast(database));
    return lane > 0 ? std::optional(lane) : std::nullopt;
}

}  // namespace liqu::custody
