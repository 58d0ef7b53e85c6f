#include "firmware/custody/day.hpp"

#include <algorithm>
#include <array>

#include "firmware/custody/books_clock.hpp"
#include "firmware/custody/day_counting.hpp"
#include "firmware/custody/exchange.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/custody/posting.hpp"

namespace liqu::custody {
namespace {

using storage::Transaction;

// What was before the first day is no day.
constexpr const char* dayColumns =
    "SELECT day, state, round, opened_at, frozen_at, closed_at, (SELECT closed_at FROM days before "
    "WHERE before.day < days.day ORDER BY before.day DESC LIMIT 1) FROM days WHERE day > "
    "'00000000' ";

std::string beganOn(const Day& day, std::optional<WallTime> closedBefore) {
    const Date opened = chinaDate(day.openedAt);
    const bool inTheEvening = closedBefore && chinaDate(*closedBefore) == opened;
    const Date first{std::chrono::sys_days{opened} + std::chrono::days{inTheEvening ? 1 : 0}};
    return std::min(day.day, formatDate(first));
}

Day dayOf(const storage::Row& row) {
    Day day;
    day.day = row.text(0);
    day.state = row.choice<DayState>(1);
    day.round = static_cast<int>(row.integer(2));
    day.openedAt = timeOf(row.integer(3));
    if (!row.isNull(4)) day.frozenAt = timeOf(row.integer(4));
    if (!row.isNull(5)) day.closedAt = timeOf(row.integer(5));
    day.began = beganOn(day, row.isNull(6) ? std::nullopt : std::optional(timeOf(row.integer(6))));
    return day;
}

Result<std::optional<Day>> firstOf(Result<std::vector<storage::Row>> rows) {
    const auto found = TRY(std::move(rows));
    if (found.empty()) return std::optional<Day>();
    return std::optional<Day>(dayOf(found[0]));
}

// Typed once, kept for good: what differed must not be gone because the count was stopped.
Result<void> keepGivenUp(Transaction& transaction, const std::string& day) {
    const std::int64_t attempt = TRY(transaction.number(
        "SELECT coalesce(max(attempt), 0) + 1 FROM day_counts_given_up WHERE day = ?", {day}));
    for (const auto& [place, counts] : TRY(typedCounts(transaction.database(), day))) {
        const std::int64_t booked = TRY(bookedAt(transaction.database(), place));
        for (const TypedCount& count : counts) {
            TRY(transaction.run("INSERT INTO day_counts_given_up VALUES(?,?,?,?,?,?,?,?,?)",
                                {day, attempt, std::int64_t{count.round}, place, count.operatorId,
                                 count.counted, joined(count.numbers), booked, stampOf(count.at)}));
        }
    }
    return transaction.run("DELETE FROM day_counts WHERE day = ?", {day});
}

}  // namespace

Result<std::optional<Day>> currentDay(storage::Database& database) {
    return firstOf(database.query(std::string(dayColumns) + "AND state <> 'closed' LIMIT 1"));
}

Result<std::optional<Day>> findDay(storage::Database& database, const std::string& day) {
    return firstOf(database.query(std::string(dayColumns) + "AND day = ?", {day}));
}

Result<std::vector<Day>> closedDays(storage::Database& database, int most) {
    std::vector<Day> days;
    for (const storage::Row& row : TRY(database.query(
             std::string(dayColumns) + "AND state = 'closed' ORDER BY day DESC LIMIT ?",
             {std::int64_t{most}}))) {
        days.push_back(dayOf(row));
    }
    return days;
}

Result<void> dayGate(storage::Database& database, WallTime at, Unclosed unclosed) {
    TRY(requireClock(database, at));
    const auto day = TRY(currentDay(database));
    if (!day) return {};
    if (day->state == DayState::frozen) {
        return fail(ErrorCode::dayFrozen, "day " + day->day + " is being counted");
    }
    if (unclosed == Unclosed::goesOn || day->began >= formatDate(chinaDate(at))) return {};
    return fail(ErrorCode::dayUnclosed,
                "day " + day->day + " was not closed; two people count it first (liqu day)");
}

Result<void> requireNotFrozen(storage::Database& database) {
    const auto day = TRY(currentDay(database));
    if (!day || day->state != DayState::frozen) return {};
    return fail(ErrorCode::dayFrozen, "day " + day->day + " is being counted; close it first");
}

Result<void> requireNotClosedToday(storage::Database& database, WallTime at) {
    const auto last = TRY(closedDays(database, 1));
    if (last.empty()) return {};
    const std::string closedOn = formatDate(chinaDate(*last[0].closedAt));
    if (std::min(last[0].day, closedOn) < formatDate(chinaDate(at))) return {};
    return fail(ErrorCode::dayAlreadyClosed,
                "day " + last[0].day + " is closed, and nothing was moved since");
}

Result<void> freezeDay(Transaction& transaction, const Mandate& mandate) {
    TRY(requireMandate(transaction, mandate));
    const auto day = TRY(currentDay(transaction.database()));
    if (day && day->state == DayState::frozen) {
        return fail(ErrorCode::dayFrozen, "day " + day->day + " is frozen already");
    }
    if (!day) {
        TRY(requireNotClosedToday(transaction.database(), mandate.at));
    } else if (day->began > formatDate(chinaDate(mandate.at))) {
        return fail(ErrorCode::dayAlreadyClosed,
                    "today is closed; what was moved since belongs to " + day->began +
                        " and is counted then");
    }
    const std::string name = TRY(businessDayOf(transaction, mandate.at));
    TRY(transaction.run("UPDATE days SET state = 'frozen', round = 1, frozen_at = ? WHERE day = ?",
                        {stampOf(mandate.at), name}));
    return noteEvent(transaction, "day " + name, "frozen", occasionOf(mandate, "frozen"));
}

Result<void> thawDay(Transaction& transaction, const Mandate& mandate) {
    TRY(requireMandate(transaction, mandate));
    const auto day = TRY(currentDay(transaction.database()));
    if (!day || day->state != DayState::frozen) {
        return fail(ErrorCode::moveNotPossible, "no day is being counted");
    }
    TRY(keepGivenUp(transaction, day->day));
    TRY(transaction.run("UPDATE days SET state = 'open', round = 1, frozen_at = NULL WHERE day = ?",
                        {day->day}));
    return noteEvent(transaction, "day " + day->day, "thawed", occasionOf(mandate, "thawed"));
}

}  // namespace liqu::custody
