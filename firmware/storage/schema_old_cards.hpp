// Old cards (旧卡): of each order that exchanges one, which card its holder gives for the new one,
// and when, by whom and why it was taken in (回收, Guangdong Art.32(2)). Only schema.cpp includes
// this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfOldCards[] = {
    R"(CREATE TABLE old_cards(
        order_id TEXT PRIMARY KEY REFERENCES orders,
        card_number TEXT NOT NULL CHECK(card_number <> ''),
        bank TEXT NOT NULL,
        reason TEXT NOT NULL,
        taken_at INTEGER,
        taken_day TEXT,
        taken_by TEXT NOT NULL DEFAULT '',
        CHECK((taken_at IS NULL) = (taken_day IS NULL))) STRICT)",
    R"(CREATE UNIQUE INDEX old_cards_taken ON old_cards(card_number)
        WHERE taken_at IS NOT NULL)",
    R"(CREATE INDEX old_cards_by_day ON old_cards(taken_day) WHERE taken_day IS NOT NULL)",
};

}  // namespace liqu::storage
