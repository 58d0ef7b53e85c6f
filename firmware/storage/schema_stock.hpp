// Version three of the schema: boxes, loading sessions, business days with their running totals,
// and who did what. Only schema.cpp includes this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionThree[] = {
    // A business day lasts from the close before it to its own. last_move and day_balances are the
    // checkpoint later checks start from, so that no check has to add up the years.
    R"(CREATE TABLE days(
        day TEXT PRIMARY KEY,
        state TEXT NOT NULL CHECK(state IN ('open','frozen','closed')),
        round INTEGER NOT NULL DEFAULT 1,
        opened_at INTEGER NOT NULL,
        frozen_at INTEGER,
        closed_at INTEGER,
        last_move INTEGER,
        undecided INTEGER,
        operator TEXT,
        second_operator TEXT,
        compared_at INTEGER) STRICT)",
    R"(CREATE INDEX days_current ON days(day) WHERE state <> 'closed')",
    R"(CREATE TABLE day_balances(
        day TEXT NOT NULL REFERENCES days,
        place TEXT NOT NULL,
        balance INTEGER NOT NULL,
        PRIMARY KEY(day, place)) STRICT, WITHOUT ROWID)",
    // Running totals; corrected is what the close itself moved because the count differed.
    R"(CREATE TABLE day_flows(
        day TEXT NOT NULL REFERENCES days,
        from_place TEXT NOT NULL,
        to_place TEXT NOT NULL,
        quantity INTEGER NOT NULL,
        corrected INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY(day, from_place, to_place)) STRICT, WITHOUT ROWID)",
    // What each of two people typed for a place, before either saw the books' number.
    R"(CREATE TABLE day_counts(
        day TEXT NOT NULL REFERENCES days,
        round INTEGER NOT NULL,
        place TEXT NOT NULL,
        operator TEXT NOT NULL,
        counted INTEGER NOT NULL CHECK(counted >= 0),
        numbers TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY(day, round, place, operator)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE day_differences(
        day TEXT NOT NULL REFERENCES days,
        card_number TEXT NOT NULL,
        kind TEXT NOT NULL CHECK(kind IN ('ONLY_LOCAL','ONLY_REMOTE','STATE_DIFF')),
        here TEXT NOT NULL,
        there TEXT NOT NULL,
        PRIMARY KEY(day, card_number)) STRICT, WITHOUT ROWID)",
    // A difference that a recount did not explain.
    R"(CREATE TABLE stock_cases(
        stock_case INTEGER PRIMARY KEY AUTOINCREMENT,
        day TEXT NOT NULL REFERENCES days,
        place TEXT NOT NULL,
        lane INTEGER NOT NULL,
        booked INTEGER NOT NULL,
        counted INTEGER NOT NULL,
        numbers TEXT NOT NULL,
        certain INTEGER NOT NULL,
        released_at INTEGER,
        released_by TEXT,
        released_with TEXT,
        release_reason TEXT) STRICT)",
    R"(CREATE INDEX stock_cases_open ON stock_cases(lane) WHERE released_at IS NULL)",
    R"(CREATE INDEX stock_cases_by_day ON stock_cases(day))",
    R"(CREATE TABLE boxes(
        box TEXT PRIMARY KEY,
        bank TEXT NOT NULL,
        vendor TEXT NOT NULL,
        version TEXT NOT NULL,
        region TEXT NOT NULL,
        first_number TEXT NOT NULL,
        last_number TEXT NOT NULL,
        count INTEGER NOT NULL CHECK(count > 0),
        seal TEXT NOT NULL,
        state TEXT NOT NULL CHECK(state IN ('sealed','opened','returned','destroyed')),
        in_vault INTEGER NOT NULL CHECK(in_vault >= 0),
        received_at INTEGER NOT NULL) STRICT)",
    R"(CREATE INDEX boxes_in_vault ON boxes(received_at) WHERE in_vault > 0)",
    R"(CREATE INDEX boxes_by_receipt ON boxes(received_at))",
    // Loading and unloading; open while people are at it.
    R"(CREATE TABLE exchanges(
        exchange INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK(kind IN ('load','unload')),
        lane INTEGER NOT NULL,
        box TEXT,
        bank TEXT NOT NULL,
        vendor TEXT NOT NULL,
        first_number TEXT,
        last_number TEXT,
        cards INTEGER NOT NULL,
        counted INTEGER,
        state TEXT NOT NULL CHECK(state IN ('open','ended','undone')),
        began_at INTEGER NOT NULL,
        ended_at INTEGER,
        operator TEXT NOT NULL,
        second_operator TEXT NOT NULL) STRICT)",
    R"(CREATE UNIQUE INDEX exchanges_open ON exchanges(lane) WHERE state = 'open')",
    // What happened to a card or a box and is no move: its number was read, its condition changed,
    // its seal was broken.
    R"(CREATE TABLE stock_events(
        event INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        day TEXT NOT NULL,
        after_move INTEGER NOT NULL,
        subject TEXT NOT NULL,
        what TEXT NOT NULL,
        order_id TEXT,
        operator TEXT,
        second_operator TEXT) STRICT)",
    R"(CREATE INDEX stock_events_by_subject ON stock_events(subject, event))",
    R"(CREATE INDEX stock_events_by_day ON stock_events(day, event))",
    R"(ALTER TABLE moves ADD COLUMN day TEXT NOT NULL DEFAULT '00000000')",
    R"(ALTER TABLE moves ADD COLUMN first_number TEXT)",
    R"(ALTER TABLE moves ADD COLUMN last_number TEXT)",
    R"(ALTER TABLE moves ADD COLUMN box TEXT)",
    R"(ALTER TABLE moves ADD COLUMN operator TEXT)",
    R"(ALTER TABLE moves ADD COLUMN second_operator TEXT)",
    R"(CREATE INDEX moves_by_day ON moves(day, move))",
    R"(CREATE INDEX moves_by_range ON moves(first_number, last_number)
        WHERE first_number IS NOT NULL)",
    R"(CREATE INDEX moves_by_box ON moves(box, move) WHERE box IS NOT NULL)",
    R"(ALTER TABLE cards ADD COLUMN box TEXT)",
    // The day in which the card came to its end: made or spoiled.
    R"(ALTER TABLE cards ADD COLUMN made_day TEXT)",
    R"(CREATE INDEX cards_by_box ON cards(box, place) WHERE box IS NOT NULL)",
    R"(CREATE INDEX cards_by_made_day ON cards(made_day) WHERE made_day IS NOT NULL)",
    R"(CREATE INDEX cards_undecided ON cards(card_number)
        WHERE condition IN ('permitted','written'))",
    R"(CREATE INDEX orders_by_state ON orders(state))",
    R"(CREATE INDEX outbox_by_order ON outbox(order_id, message_type))",
    R"(CREATE INDEX outbox_undelivered ON outbox(fact) WHERE state <> 'delivered')",
    // What was before the first business day is its opening.
    R"(INSERT INTO days(day, state, opened_at, closed_at, last_move)
        SELECT '00000000', 'closed', 0, 0, coalesce(max(move), 0) FROM moves)",
    R"(INSERT INTO day_balances SELECT '00000000', place, balance FROM places)",
};

}  // namespace liqu::storage
