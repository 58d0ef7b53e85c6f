// What the counters of the staff write down beside the moves of the cards. Only schema.cpp includes
// this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfCounters[] = {
    // That a holder was told of a card that waits, and that the province's system reminded of one.
    R"(CREATE TABLE held_notices(
        line INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        day TEXT NOT NULL,
        card_number TEXT NOT NULL,
        order_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        way TEXT NOT NULL,
        evidence TEXT NOT NULL,
        operator_id TEXT NOT NULL) STRICT)",
    R"(CREATE INDEX held_notices_by_card ON held_notices(card_number, line))",
    R"(CREATE INDEX held_notices_by_day ON held_notices(day))",
    // Held cards that went back to the bank, and those that came for a second delivery.
    R"(CREATE TABLE held_recoveries(
        line INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        day TEXT NOT NULL,
        card_number TEXT NOT NULL,
        order_id TEXT NOT NULL,
        cause TEXT NOT NULL,
        evidence TEXT NOT NULL,
        operator_id TEXT NOT NULL,
        second_operator_id TEXT NOT NULL) STRICT)",
    R"(CREATE INDEX held_recoveries_by_card ON held_recoveries(card_number, line))",
    R"(CREATE INDEX held_recoveries_by_day ON held_recoveries(day))",
    // Cards whose data are wrong, taken back; confirmed_at: the card body has confirmed it.
    R"(CREATE TABLE wrong_cards(
        line INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        day TEXT NOT NULL,
        card_number TEXT NOT NULL UNIQUE,
        order_id TEXT NOT NULL,
        biz_id TEXT NOT NULL,
        wrong_items TEXT NOT NULL,
        right_items TEXT NOT NULL,
        cause TEXT NOT NULL,
        evidence TEXT NOT NULL,
        operator_id TEXT NOT NULL,
        second_operator_id TEXT NOT NULL,
        confirmed_at INTEGER,
        confirmed_day TEXT,
        confirmed_by TEXT,
        confirmation TEXT) STRICT)",
    R"(CREATE INDEX wrong_cards_by_day ON wrong_cards(day))",
    // What waited for its holder when a day was closed.
    R"(CREATE TABLE day_waiting(
        day TEXT NOT NULL,
        card_number TEXT NOT NULL,
        place TEXT NOT NULL,
        last_day TEXT NOT NULL,
        recover_by TEXT NOT NULL,
        told INTEGER NOT NULL,
        reminded INTEGER NOT NULL,
        PRIMARY KEY(day, card_number)) STRICT)",
    // The ledger of hand-overs. Who got a card is sealed; a line stays until the ledger itself is
    // written on after its time.
    R"(CREATE TABLE handovers(
        line INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        day TEXT NOT NULL,
        keep_until INTEGER NOT NULL,
        card_number TEXT NOT NULL,
        order_id TEXT NOT NULL,
        outlet TEXT NOT NULL,
        way TEXT NOT NULL,
        document TEXT NOT NULL,
        proof TEXT NOT NULL,
        proof_paper TEXT NOT NULL,
        copy_paper TEXT NOT NULL,
        signature TEXT NOT NULL,
        operator_id TEXT NOT NULL,
        second_operator_id TEXT NOT NULL,
        person_sealed BLOB NOT NULL) STRICT)",
    R"(CREATE INDEX handovers_by_day ON handovers(day, line))",
    R"(CREATE INDEX handovers_by_card ON handovers(card_number))",
    R"(CREATE TRIGGER handovers_stay BEFORE UPDATE ON handovers
        BEGIN SELECT raise(ABORT, 'a line of the ledger is not changed'); END)",
    R"(CREATE TRIGGER handovers_are_kept BEFORE DELETE ON handovers
        WHEN OLD.keep_until > (SELECT max(at) FROM handovers)
        BEGIN SELECT raise(ABORT, 'a line of the ledger is kept for its years'); END)",
};

}  // namespace liqu::storage
