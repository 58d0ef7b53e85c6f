// That whoever took a card at the mouth said so on the screen (签收). Only schema.cpp includes
// this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfConfirmations[] = {
    // Of a line of the ledger, which itself is never changed.
    R"(CREATE TABLE handover_confirmations(
        line INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        how TEXT NOT NULL) STRICT)",
    R"(CREATE TRIGGER handover_confirmations_stay BEFORE UPDATE ON handover_confirmations
        BEGIN SELECT raise(ABORT, 'a line of the ledger is not changed'); END)",
    R"(CREATE TRIGGER handover_confirmations_are_kept BEFORE DELETE ON handover_confirmations
        WHEN EXISTS (SELECT 1 FROM handovers WHERE line = OLD.line)
        BEGIN SELECT raise(ABORT, 'what confirms a line of the ledger is kept with it'); END)",
    // Signed on paper at the counter, by touch at the mouth, or not at all; lines of before too.
    R"(CREATE VIEW handovers_confirmed AS SELECT handovers.*, CASE
        WHEN signature <> '' THEN 'paper'
        ELSE coalesce((SELECT how FROM handover_confirmations WHERE
            handover_confirmations.line = handovers.line), 'nothing') END AS confirmed
        FROM handovers)",
};

}  // namespace liqu::storage
