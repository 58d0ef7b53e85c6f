// Why visits ended without a card; nothing of the person.
// Only schema.cpp includes this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfVisits[] = {
    R"(CREATE TABLE visit_ends(
        line INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        day TEXT NOT NULL,
        reason INTEGER NOT NULL,
        order_id TEXT NOT NULL) STRICT)",
    R"(CREATE INDEX visit_ends_by_day ON visit_ends(day, reason))",
};

}  // namespace liqu::storage
