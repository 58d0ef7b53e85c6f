// The audit record covers the books: which moves and ends of orders each line has seen, and the mac
// of who had the key then. Only schema.cpp includes this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfAudit[] = {
    // Both empty in lines of before.
    R"(ALTER TABLE staff_audit ADD COLUMN books TEXT NOT NULL DEFAULT '')",
    R"(ALTER TABLE staff_audit ADD COLUMN mac TEXT NOT NULL DEFAULT '')",
    // What stood of it on the day's paper (firmware/staff/audit_checkpoint.hpp).
    R"(ALTER TABLE staff_audit_marks ADD COLUMN checkpoint TEXT NOT NULL DEFAULT '')",
    // Orders as they ended, numbered: a line of the record says up to which it has seen them.
    R"(CREATE TABLE audit_ends(
        entry INTEGER PRIMARY KEY AUTOINCREMENT,
        order_id TEXT NOT NULL,
        state TEXT NOT NULL,
        ending TEXT NOT NULL,
        card_number TEXT NOT NULL,
        at INTEGER NOT NULL) STRICT)",
    R"(CREATE TRIGGER audit_of_ends AFTER UPDATE OF ending ON orders
        WHEN NEW.ending IS NOT NULL AND NEW.ending IS NOT OLD.ending
        BEGIN INSERT INTO audit_ends(order_id, state, ending, card_number, at) VALUES(
            NEW.order_id, NEW.state, NEW.ending, coalesce(NEW.card_number, ''),
            coalesce(NEW.ended_at, 0)); END)",
};

}  // namespace liqu::storage
