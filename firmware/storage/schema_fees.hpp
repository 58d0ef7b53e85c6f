// The fee of an application (工本费): each attempt to collect it. One that may still be paid, and
// one that was, are the only ones of their application. Nothing of who paid. Only schema.cpp
// includes this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfFees[] = {
    R"(CREATE TABLE fee_orders(
        order_no TEXT PRIMARY KEY,
        application_no TEXT NOT NULL CHECK(application_no <> ''),
        attempt INTEGER NOT NULL CHECK(attempt > 0),
        biz_id TEXT NOT NULL,
        amount_fen INTEGER NOT NULL CHECK(amount_fen > 0),
        basis TEXT NOT NULL,
        state TEXT NOT NULL,
        paid_fen INTEGER NOT NULL DEFAULT 0,
        serial TEXT NOT NULL DEFAULT '',
        channel TEXT NOT NULL DEFAULT '',
        paid_at TEXT NOT NULL DEFAULT '',
        opened_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL,
        UNIQUE(application_no, attempt)) STRICT)",
    R"(CREATE UNIQUE INDEX fee_orders_one_open ON fee_orders(application_no)
        WHERE state IN ('opening','open','closing'))",
    R"(CREATE UNIQUE INDEX fee_orders_one_paid ON fee_orders(application_no)
        WHERE state = 'paid')",
    R"(CREATE INDEX fee_orders_by_state ON fee_orders(state))",
    // Days whose account was compared, and in how many lines it differed.
    R"(CREATE TABLE fee_days(
        day TEXT PRIMARY KEY,
        compared_at INTEGER NOT NULL,
        differences INTEGER NOT NULL) STRICT)",
};

}  // namespace liqu::storage
