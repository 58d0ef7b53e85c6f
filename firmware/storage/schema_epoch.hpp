// Facts are numbered and chained per epoch (decision 36). SQLite cannot take a UNIQUE away, so the
// table is written anew; rows of earlier versions have no epoch until the program gives them one.
// Only schema.cpp includes this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfEpochs[] = {
    R"(CREATE TABLE outbox_by_epoch(
        fact INTEGER PRIMARY KEY AUTOINCREMENT,
        epoch TEXT NOT NULL DEFAULT '',
        terminal_seq INTEGER NOT NULL,
        chain TEXT NOT NULL DEFAULT '',
        order_id TEXT NOT NULL,
        message_type TEXT NOT NULL,
        idempotency_key TEXT NOT NULL UNIQUE,
        happened_at INTEGER NOT NULL,
        body_sealed BLOB,
        state TEXT NOT NULL CHECK(state IN ('queued','delivered','parked')),
        attempts INTEGER NOT NULL DEFAULT 0,
        next_try_at INTEGER NOT NULL DEFAULT 0,
        outcome TEXT,
        delivered_at INTEGER,
        UNIQUE(epoch, terminal_seq)) STRICT)",
    R"(INSERT INTO outbox_by_epoch(fact, terminal_seq, order_id, message_type, idempotency_key,
        happened_at, body_sealed, state, attempts, next_try_at, outcome, delivered_at)
        SELECT fact, terminal_seq, order_id, message_type, idempotency_key, happened_at,
        body_sealed, state, attempts, next_try_at, outcome, delivered_at FROM outbox)",
    R"(DROP TABLE outbox)",
    R"(ALTER TABLE outbox_by_epoch RENAME TO outbox)",
    R"(CREATE INDEX outbox_waiting ON outbox(state, order_id, fact))",
    R"(CREATE INDEX outbox_by_order ON outbox(order_id, message_type))",
    R"(CREATE INDEX outbox_undelivered ON outbox(fact) WHERE state <> 'delivered')",
    // Bodies of delivered facts are kept for a while.
    R"(CREATE INDEX outbox_kept ON outbox(delivered_at)
        WHERE state = 'delivered' AND body_sealed IS NOT NULL)",
    // Businesses the province holds open and these books do not know: two people have seen them
    // when a new epoch was granted.
    R"(CREATE TABLE orders_elsewhere(
        order_id TEXT PRIMARY KEY,
        seen_at INTEGER NOT NULL) STRICT, WITHOUT ROWID)",
};

}  // namespace liqu::storage
