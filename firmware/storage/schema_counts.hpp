// Counts that were given up stay in the books, and a count says whether it was made card by card.
// Only schema.cpp includes this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfCounts[] = {
    R"(ALTER TABLE day_counts ADD COLUMN by_number INTEGER NOT NULL DEFAULT 0)",
    // What was typed before a count was stopped, and what the books had then.
    R"(CREATE TABLE day_counts_given_up(
        day TEXT NOT NULL REFERENCES days,
        attempt INTEGER NOT NULL,
        round INTEGER NOT NULL,
        place TEXT NOT NULL,
        operator TEXT NOT NULL,
        counted INTEGER NOT NULL,
        numbers TEXT NOT NULL,
        booked INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY(day, attempt, round, place, operator)) STRICT, WITHOUT ROWID)",
};

}  // namespace liqu::storage
