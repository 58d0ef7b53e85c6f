#include "firmware/custody/books_clock.hpp"

#include <algorithm>

#include "firmware/custody/posting.hpp"

namespace liqu::custody {
namespace {

// Each of these grows in the order of time, so its last row is its newest.
struct DatedBook {
    const char* table;
    const char* key;
    const char* date;
    const char* counts = "";
};
constexpr DatedBook datedBooks[] = {
    {"journal", "entry", "at"},
    {"moves", "move", "at"},
    {"stock_events", "event", "at"},
    // What the machine writes of itself vouches for no clock.
    {"outbox", "fact", "happened_at", " AND message_type <> 'AUDIT.CHECKPOINT'"}};

// Entries up to this one are dated ahead.
std::string aheadUntil(const DatedBook& book) {
    return std::string("clock_ahead_until_") + book.table;
}

}  // namespace

Result<WallTime> newestInBooks(storage::Database& database) {
    std::int64_t newest = 0;
    for (const DatedBook& book : datedBooks) {
        const auto rows = TRY(database.query(
            std::string("SELECT ") + book.date + " FROM " + book.table + " WHERE " + book.key +
                " > coalesce((SELECT value FROM meta WHERE name = ?), 0)" + book.counts +
                " ORDER BY " + book.key + " DESC LIMIT 1",
            {aheadUntil(book)}));
        if (!rows.empty()) newest = std::max(newest, rows[0].integer(0));
    }
    return timeOf(newest);
}

Result<void> requireClock(storage::Database& database, WallTime at) {
    const WallTime newest = TRY(newestInBooks(database));
    if (chinaDate(at) >= chinaDate(newest)) return {};
    return fail(ErrorCode::clockNotTrusted,
                "the clock says " + formatDate(chinaDate(at)) + ", but the books have been at " +
                    formatDate(chinaDate(newest)) +
                    "; set the clock, or, where it is right, two people say so: liqu day "
                    "accept-clock");
}

Result<void> acceptClock(storage::Transaction& transaction, const Mandate& mandate) {
    TRY(requireTwo(mandate.people));
    const WallTime newest = TRY(newestInBooks(transaction.database()));
    if (newest <= mandate.at) return fail(ErrorCode::moveNotPossible, "the books are not ahead");
    if (mandate.reason.empty()) {
        return fail(ErrorCode::moveNotPossible, "say how the clock was compared");
    }
    TRY(noteEvent(transaction, "clock",
                  "accepted, the books were at " + formatChinaTime(newest) + ": " + mandate.reason,
                  occasionOf(mandate, "accepted")));
    // The day that runs keeps its name, but is due for its close from now on.
    TRY(transaction.run("UPDATE days SET opened_at = ?1 WHERE state <> 'closed' AND opened_at > ?1",
                        {stampOf(mandate.at)}));
    for (const DatedBook& book : datedBooks) {
        TRY(transaction.run(
            std::string("INSERT INTO meta SELECT ?, coalesce(max(") + book.key + "), 0) FROM " +
                book.table + " WHERE true ON CONFLICT(name) DO UPDATE SET value = excluded.value",
            {aheadUntil(book)}));
    }
    return {};
}

}  // namespace liqu::custody
