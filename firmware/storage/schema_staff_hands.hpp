// Who chose a PIN, who was seen when, and where the record of acts ends. Only schema.cpp includes
// this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfStaffHands[] = {
    // Who set the PIN for somebody else, and when; it stays after the owner changed it.
    R"(ALTER TABLE staff ADD COLUMN pin_set_by TEXT NOT NULL DEFAULT '')",
    R"(ALTER TABLE staff ADD COLUMN pin_set_at INTEGER NOT NULL DEFAULT 0)",
    // When this person last proved the PIN or signed out.
    R"(ALTER TABLE staff ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0)",
    // No number is locked for good any more: it waits, like every other.
    R"(UPDATE staff SET locked = 0)",
    // Wrong tries with numbers that nobody has: they wait like the others. Only a part of a digest
    // of the number is kept, because a PIN may have been typed in its place.
    R"(CREATE TABLE staff_strangers(
        bucket INTEGER PRIMARY KEY,
        wrong_pins INTEGER NOT NULL,
        wait_until INTEGER NOT NULL) STRICT)",
    // Where the record of acts stood at the close of a day.
    R"(CREATE TABLE staff_audit_marks(
        day TEXT PRIMARY KEY,
        lines INTEGER NOT NULL,
        digest TEXT NOT NULL) STRICT, WITHOUT ROWID)",
    // The end of the record, and that somebody was registered, outlive their tables' last rows.
    R"(INSERT INTO meta SELECT 'audit_lines', line FROM staff_audit ORDER BY line DESC LIMIT 1)",
    R"(INSERT INTO meta SELECT 'audit_digest', digest FROM staff_audit ORDER BY line DESC LIMIT 1)",
    R"(INSERT INTO meta SELECT 'staff_registered', 1 WHERE EXISTS(SELECT 1 FROM staff))",
};

}  // namespace liqu::storage
