// Slips (凭条): a number for each, per machine and day, and what stands on it, sealed.
// Only schema.cpp includes this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfSlips[] = {
    R"(CREATE TABLE slips(
        slip INTEGER PRIMARY KEY AUTOINCREMENT,
        day TEXT NOT NULL,
        number INTEGER NOT NULL,
        form TEXT NOT NULL,
        order_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        content_sealed BLOB,
        state TEXT NOT NULL,
        copies INTEGER NOT NULL DEFAULT 0,
        UNIQUE(day, number)) STRICT)",
    R"(CREATE INDEX slips_by_order ON slips(order_id))",
    R"(CREATE INDEX slips_with_content ON slips(at) WHERE content_sealed IS NOT NULL)",
};

}  // namespace liqu::storage
