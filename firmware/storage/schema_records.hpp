// What visits checked and agreed to.
// Only schema.cpp includes this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfRecords[] = {
    R"(CREATE TABLE checks(
        line INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        day TEXT NOT NULL,
        order_id TEXT NOT NULL,
        holder_digest TEXT NOT NULL,
        what TEXT NOT NULL,
        result INTEGER NOT NULL,
        reference TEXT NOT NULL,
        server_time TEXT NOT NULL,
        policy TEXT NOT NULL) STRICT)",
    R"(CREATE INDEX checks_by_day ON checks(day))",
    R"(CREATE INDEX checks_by_order ON checks(order_id))",
    R"(CREATE TABLE consents(
        line INTEGER PRIMARY KEY,
        shown_at INTEGER NOT NULL,
        answered_at INTEGER NOT NULL,
        day TEXT NOT NULL,
        order_id TEXT NOT NULL,
        holder_digest TEXT NOT NULL,
        clause TEXT NOT NULL,
        answer TEXT NOT NULL,
        language TEXT NOT NULL,
        words_digest TEXT NOT NULL,
        attendant TEXT NOT NULL,
        policy TEXT NOT NULL) STRICT)",
    R"(CREATE INDEX consents_by_day ON consents(day))",
    R"(CREATE INDEX consents_by_order ON consents(order_id))",
};

}  // namespace liqu::storage
