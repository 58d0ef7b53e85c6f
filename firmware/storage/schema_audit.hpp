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
    // Orders as they ended, numbered: a line of the record says up to which it has seen them. One
    // that ends anew, when people have settled or delivered it, is there once more.
    R"(CREATE TABLE audit_ends(
        entry INTEGER PRIMARY KEY AUTOINCREMENT,
        order_id TEXT NOT NULL,
        state TEXT NOT NULL,
        card_number TEXT NOT NULL,
        at INTEGER NOT NULL) STRICT)",
    R"(CREATE TRIGGER audit_of_ends AFTER UPDATE OF state, ended_at ON orders
        WHEN NEW.ended_at IS NOT NULL AND
            (NEW.ended_at IS NOT OLD.ended_at OR NEW.state IS NOT OLD.state)
        BEGIN INSERT INTO audit_ends(order_id, state, card_number, at) VALUES(
            NEW.order_id, NEW.state, coalesce(NEW.card_number, ''), NEW.ended_at); END)",
};

}  // namespace liqu::storage
