#include "firmware/custody/posting.hpp"

#include <algorithm>
#include <charconv>

#include "firmware/card/social_card_number.hpp"
#include "firmware/custody/books_clock.hpp"
#include "firmware/custody/day.hpp"

namespace liqu::custody {
namespace {

using storage::Transaction;
using storage::Value;

// What happened, happened: a full bin is said before a visit begins, but never keeps a card that
// fell into it out of the books.
bool refusesWhenFull(const Place& place) {
    return place != Place::holdBin() && place != Place::rejectBin() && place != Place::oldCardBin();
}

Result<void> change(Transaction& transaction, const Place& place, std::int64_t by) {
    const auto rows = TRY(
        transaction.query("SELECT balance, capacity FROM places WHERE place = ?", {place.name()}));
    if (rows.empty()) return fail(ErrorCode::moveNotPossible, "no such place: " + place.name());
    const std::int64_t balance = rows[0].integer(0) + by;
    const auto capacity = optionalNumber(rows[0], 1);
    if (balance < 0 && place != Place::bank()) {
        return fail(ErrorCode::placeBelowZero, place.name() + " has no such card");
    }
    if (by > 0 && capacity && balance > *capacity && refusesWhenFull(place)) {
        return fail(ErrorCode::placeFull,
                    place.name() + " takes " + std::to_string(*capacity) + " cards at most");
    }
    return transaction.run("UPDATE places SET balance = ? WHERE place = ?",
                           {balance, place.name()});
}

std::string dayAfter(const std::string& day) {
    return formatDate(Date{std::chrono::sys_days{dateNamed(day)} + std::chrono::days{1}});
}

// Two numbers of one series that follow each other.
bool follows(const std::string& one, const std::string& next) {
    constexpr std::size_t body = 8;
    if (one.size() <= body || next.size() <= body) return false;
    const std::size_t letters = one.substr(0, body).find_last_not_of("0123456789") + 1;
    if (one.compare(0, letters, next, 0, letters) != 0) return false;
    const std::string low = one.substr(letters, body - letters);
    const std::string high = next.substr(letters, body - letters);
    if (low.empty() || high.find_first_not_of("0123456789") != std::string::npos) return false;
    return std::stol(high) == std::stol(low) + 1;
}

}  // namespace

std::int64_t stampOf(WallTime at) {
    return at.time_since_epoch().count();
}
WallTime timeOf(std::int64_t stamp) {
    return WallTime(std::chrono::milliseconds(stamp));
}

std::optional<std::int64_t> optionalNumber(const storage::Row& row, std::size_t column) {
    if (row.isNull(column)) return std::nullopt;
    return row.integer(column);
}

Value orNull(const std::string& text) {
    return text.empty() ? Value() : Value(text);
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

std::vector<std::string> parted(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t to = std::min(text.find(", ", from), text.size());
        parts.push_back(text.substr(from, to - from));
        from = to + 2;
    }
    return parts;
}

int laneOf(const std::string& place) {
    constexpr std::string_view hopper = "hopper-";
    int lane = 0;
    if (place.starts_with(hopper)) {
        std::from_chars(place.data() + hopper.size(), place.data() + place.size(), lane);
    }
    return lane;
}

Result<int> laneFedLast(storage::Database& database) {
    const auto rows =
        TRY(database.query("SELECT from_place FROM moves WHERE to_place = 'chip-station' AND "
                           "from_place LIKE 'hopper-%' ORDER BY move DESC LIMIT 1"));
    return rows.empty() ? 0 : laneOf(rows[0].text(0));
}

Date dateNamed(const std::string& day) {
    // A name that is no date comes from a damaged row; the check of the books says so.
    if (day.size() != 8) return Date{std::chrono::sys_days{}};
    const auto part = [&day](std::size_t from, std::size_t size) {
        int value = 0;
        for (const char c : day.substr(from, size)) value = value * 10 + (c - '0');
        return value;
    };
    return Date{std::chrono::year{part(0, 4)},
                std::chrono::month{static_cast<unsigned>(part(4, 2))},
                std::chrono::day{static_cast<unsigned>(part(6, 2))}};
}

Result<std::string> businessDayOf(Transaction& transaction, WallTime at) {
    const auto current =
        TRY(transaction.query("SELECT day FROM days WHERE state <> 'closed' LIMIT 1"));
    if (!current.empty()) return current[0].text(0);
    const auto last = TRY(transaction.query("SELECT max(day) FROM days"));
    const std::string today = formatDate(chinaDate(at));
    const std::string before = last[0].textOrEmpty(0);
    // What happens in the evening after the close belongs to tomorrow.
    const std::string day = before < today ? today : dayAfter(before);
    TRY(transaction.run("INSERT INTO days(day, state, opened_at) VALUES(?, 'open', ?)",
                        {day, stampOf(at)}));
    return day;
}

Result<void> requireMandate(Transaction& transaction, const Mandate& mandate) {
    TRY(requireTwo(mandate.people));
    return requireClock(transaction.database(), mandate.at);
}

Result<void> requireStockMandate(Transaction& transaction, const Mandate& mandate) {
    TRY(requireMandate(transaction, mandate));
    return requireNotFrozen(transaction.database());
}

Result<void> post(Transaction& transaction, const Movement& movement, const Occasion& occasion) {
    TRY(change(transaction, movement.from, -movement.quantity));
    TRY(change(transaction, movement.to, movement.quantity));
    const std::string day = TRY(businessDayOf(transaction, occasion.at));
    TRY(transaction.run(
        "INSERT INTO day_flows(day, from_place, to_place, quantity) VALUES(?,?,?,?) "
        "ON CONFLICT(day, from_place, to_place) "
        "DO UPDATE SET quantity = quantity + excluded.quantity",
        {day, movement.from.name(), movement.to.name(), movement.quantity}));
    return transaction.run(
        "INSERT INTO moves(at, from_place, to_place, quantity, card_number, reason, order_id, day, "
        "first_number, last_number, box, operator, second_operator) "
        "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)",
        {stampOf(occasion.at), movement.from.name(), movement.to.name(), movement.quantity,
         orNull(movement.cardNumber), occasion.reason, orNull(occasion.orderId), day,
         orNull(movement.first), orNull(movement.last), orNull(movement.box),
         orNull(occasion.people.operatorId), orNull(occasion.people.secondOperatorId)});
}

Result<void> postNumbers(Transaction& transaction, const Place& from, const Place& to,
                         const std::vector<std::string>& numbers, const std::string& box,
                         const Occasion& occasion) {
    for (const std::string& number : numbers) {
        TRY(setPlace(transaction, number, from, to, occasion.at));
    }
    for (std::size_t begin = 0; begin < numbers.size();) {
        std::size_t end = begin + 1;
        while (end < numbers.size() && follows(numbers[end - 1], numbers[end])) ++end;
        Movement run{from, to, static_cast<std::int64_t>(end - begin)};
        run.first = numbers[begin];
        run.last = numbers[end - 1];
        run.box = box;
        TRY(post(transaction, run, occasion));
        begin = end;
    }
    return {};
}

Result<void> setPlace(Transaction& transaction, const std::string& cardNumber, const Place& from,
                      const Place& to, WallTime at) {
    const int lane = laneOf(to.name());
    TRY(
        transaction.run("UPDATE cards SET place = ?, lane = coalesce(?, lane), changed_at = ? "
                        "WHERE card_number = ? AND place = ?",
                        {to.name(), lane > 0 ? Value(std::int64_t{lane}) : Value(), stampOf(at),
                         cardNumber, from.name()}));
    if (TRY(transaction.changedRows()) == 1) return {};
    return fail(ErrorCode::moveNotPossible, cardNumber + " is not at " + from.name());
}

Result<void> countInBox(Transaction& transaction, const std::string& box, std::int64_t by) {
    TRY(
        transaction.run("UPDATE boxes SET in_vault = in_vault + ?1, state = CASE WHEN ?1 > 0 AND "
                        "state <> 'sealed' THEN 'opened' ELSE state END "
                        "WHERE box = ?2 AND in_vault + ?1 >= 0",
                        {by, box}));
    if (TRY(transaction.changedRows()) == 1) return {};
    return fail(ErrorCode::placeBelowZero, "box " + box + " has no such card in the vault");
}

Result<void> countCardInBox(Transaction& transaction, const std::string& cardNumber,
                            const Place& from, const Place& to) {
    if ((from == Place::vault()) == (to == Place::vault())) return {};
    const auto rows = TRY(transaction.query(
        "SELECT coalesce(box, '') FROM cards WHERE card_number = ?", {cardNumber}));
    const std::string box = rows.empty() ? "" : rows[0].text(0);
    if (!box.empty()) return countInBox(transaction, box, to == Place::vault() ? 1 : -1);
    // Vault cards leave by their box only: one that has none would lie there for good.
    if (from == Place::vault()) return {};
    return fail(ErrorCode::moveNotPossible,
                cardNumber + " came without a box; put it into a lane or into the reject bin");
}

Result<void> noteEvent(Transaction& transaction, const std::string& subject,
                       const std::string& what, const Occasion& occasion) {
    const std::string day = TRY(businessDayOf(transaction, occasion.at));
    return transaction.run(
        "INSERT INTO stock_events(at, day, after_move, subject, what, order_id, operator, "
        "second_operator) SELECT ?, ?, coalesce(max(move), 0), ?, ?, ?, ?, ? FROM moves",
        {stampOf(occasion.at), day, subject, what, orNull(occasion.orderId),
         orNull(occasion.people.operatorId), orNull(occasion.people.secondOperatorId)});
}

Occasion occasionOf(const Mandate& mandate, const std::string& what) {
    return {mandate.reason.empty() ? what : what + ": " + mandate.reason, "", mandate.at,
            mandate.people};
}

}  // namespace liqu::custody
