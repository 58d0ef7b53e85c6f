#include "firmware/storage/schema.hpp"

#include <iterator>
#include <span>

#include "firmware/storage/database.hpp"
#include "firmware/storage/schema_audit.hpp"
#include "firmware/storage/schema_confirmations.hpp"
#include "firmware/storage/schema_counters.hpp"
#include "firmware/storage/schema_counts.hpp"
#include "firmware/storage/schema_epoch.hpp"
#include "firmware/storage/schema_fees.hpp"
#include "firmware/storage/schema_legacy.hpp"
#include "firmware/storage/schema_old_cards.hpp"
#include "firmware/storage/schema_pin_setters.hpp"
#include "firmware/storage/schema_queue.hpp"
#include "firmware/storage/schema_records.hpp"
#include "firmware/storage/schema_reports.hpp"
#include "firmware/storage/schema_slips.hpp"
#include "firmware/storage/schema_staff_hands.hpp"
#include "firmware/storage/schema_stock.hpp"
#include "firmware/storage/schema_visits.hpp"

namespace liqu::storage {
namespace {

// One list per version; a released list is never edited.
constexpr std::string_view versionOne[] = {
    // Small facts about this machine: last order number, last terminalSeq, business day.
    R"(CREATE TABLE meta(name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT)",
    // One citizen transaction (bizId). what is personal is sealed and purged at its end.
    R"(CREATE TABLE orders(
        order_id TEXT PRIMARY KEY,
        opened_at INTEGER NOT NULL,
        service TEXT NOT NULL,
        holder_digest TEXT NOT NULL,
        personalisation_sealed BLOB,
        application_no TEXT,
        permit_id TEXT,
        lane INTEGER,
        card_number TEXT,
        card_id_code TEXT,
        state TEXT NOT NULL,
        ending TEXT,
        ended_at INTEGER,
        pickup_code TEXT) STRICT)",
    R"(CREATE INDEX orders_by_holder ON orders(holder_digest, state))",
    // The step journal: an intent before the act, a fact or failure after it.
    R"(CREATE TABLE journal(
        entry INTEGER PRIMARY KEY AUTOINCREMENT,
        order_id TEXT NOT NULL REFERENCES orders,
        step TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        phase TEXT NOT NULL CHECK(phase IN ('intent','fact','failure')),
        at INTEGER NOT NULL,
        detail TEXT NOT NULL) STRICT)",
    R"(CREATE INDEX journal_by_order ON journal(order_id, entry))",
    // Places and how many cards are at each: the balance of the moves, never below zero.
    R"(CREATE TABLE places(
        place TEXT PRIMARY KEY,
        balance INTEGER NOT NULL CHECK(balance >= 0 OR place = 'bank'),
        capacity INTEGER) STRICT)",
    // Double entry: every move takes one or more cards from one place to another.
    R"(CREATE TABLE moves(
        move INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        from_place TEXT NOT NULL REFERENCES places,
        to_place TEXT NOT NULL REFERENCES places,
        quantity INTEGER NOT NULL CHECK(quantity > 0),
        card_number TEXT,
        reason TEXT NOT NULL,
        order_id TEXT) STRICT)",
    R"(CREATE INDEX moves_by_card ON moves(card_number) WHERE card_number IS NOT NULL)",
    // Every card whose number is known.
    R"(CREATE TABLE cards(
        card_number TEXT PRIMARY KEY,
        bank TEXT NOT NULL,
        vendor TEXT NOT NULL,
        lane INTEGER,
        place TEXT NOT NULL REFERENCES places,
        condition TEXT NOT NULL,
        order_id TEXT,
        changed_at INTEGER NOT NULL) STRICT)",
    R"(CREATE INDEX cards_by_place ON cards(place, condition))",
    // What a hopper lane holds.
    R"(CREATE TABLE lanes(
        lane INTEGER PRIMARY KEY,
        bank TEXT NOT NULL,
        vendor TEXT NOT NULL) STRICT)",
    // Facts on their way to the province (hardware-notes/province.md, "Outbox").
    R"(CREATE TABLE outbox(
        fact INTEGER PRIMARY KEY AUTOINCREMENT,
        terminal_seq INTEGER NOT NULL UNIQUE,
        order_id TEXT NOT NULL,
        message_type TEXT NOT NULL,
        idempotency_key TEXT NOT NULL UNIQUE,
        happened_at INTEGER NOT NULL,
        body_sealed BLOB,
        state TEXT NOT NULL CHECK(state IN ('queued','delivered','parked')),
        attempts INTEGER NOT NULL DEFAULT 0,
        next_try_at INTEGER NOT NULL DEFAULT 0,
        outcome TEXT,
        delivered_at INTEGER) STRICT)",
    R"(CREATE INDEX outbox_waiting ON outbox(state, order_id, fact))",
};

// People who sign in, the daily count, boxes and exchanges.
constexpr std::string_view versionTwo[] = {
    // Staff who sign in at the machine; PINs as scrypt verifiers. wait_until 0: need not wait.
    R"(CREATE TABLE staff(
        number TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        roles TEXT NOT NULL,
        pin_verifier TEXT NOT NULL,
        pin_initial INTEGER NOT NULL DEFAULT 1,
        wrong_pins INTEGER NOT NULL DEFAULT 0,
        wait_until INTEGER NOT NULL DEFAULT 0,
        locked INTEGER NOT NULL DEFAULT 0,
        created_at INTEGER NOT NULL) STRICT)",
    // What staff did; each digest covers the line and the digest before it.
    R"(CREATE TABLE staff_audit(
        line INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        second TEXT NOT NULL,
        act TEXT NOT NULL,
        object TEXT NOT NULL,
        digest TEXT NOT NULL) STRICT)",
};

// What recovery must tell the province about an order: whose card it is and who vouched for the
// holder. A lane may have changed its bank since.
constexpr std::string_view versionFour[] = {
    R"(ALTER TABLE orders ADD COLUMN bank_code TEXT)",
    R"(ALTER TABLE orders ADD COLUMN operator_id TEXT)",
    R"(UPDATE orders SET bank_code = (SELECT bank FROM lanes WHERE lanes.lane = orders.lane)
        WHERE state IN ('open','staffLook'))",
};

// Who had this blank before: asked for every card. And what earlier versions left behind: cards
// found in another lane kept the old lane's number, and boxes whose cards came back stayed closed.
constexpr std::string_view versionSix[] = {
    R"(CREATE INDEX orders_by_card ON orders(card_number, opened_at)
        WHERE card_number IS NOT NULL)",
    R"(CREATE INDEX orders_by_id_code ON orders(card_id_code, opened_at)
        WHERE card_number IS NULL AND card_id_code IS NOT NULL)",
    R"(UPDATE cards SET lane = CAST(substr(place, 8) AS INTEGER)
        WHERE place >= 'hopper-' AND place < 'hopper.'
        AND lane IS NOT CAST(substr(place, 8) AS INTEGER))",
    R"(UPDATE boxes SET state = 'opened' WHERE in_vault > 0 AND state IN ('returned','destroyed'))",
};

// Orders say "first-card" where they said "firstCard", each from its next update on: sealed values
// are bound to the word. A program of before does not know the new one.
constexpr std::string_view versionOfServiceIds[] = {
    "UPDATE orders SET service = 'first-card' WHERE service = 'firstCard' AND "
    "personalisation_sealed IS NULL"};

// By which edition of the region's rules an order was begun (版本). Orders of before do not say.
constexpr std::string_view versionOfPolicies[] = {"ALTER TABLE orders ADD COLUMN policy TEXT"};

// By version, from 1.
constexpr std::span<const std::string_view> versions[] = {
    versionOne,          versionTwo,        versionThree,           versionFour,
    versionOfCounts,     versionSix,        versionOfVisits,        versionOfEpochs,
    versionOfStaffHands, versionOfQueue,    versionOfPinSetters,    versionOfServiceIds,
    versionOfPolicies,   versionOfRecords,  versionOfCounters,      versionOfSlips,
    versionOfFees,       versionOfOldCards, versionOfConfirmations, versionOfReports,
    versionOfLegacy,     versionOfAudit};
constexpr std::int64_t newestVersion = std::size(versions);

}  // namespace

std::int64_t newestSchema() {
    return newestVersion;
}

Result<void> bringSchemaUpToDate(Database& database) {
    const std::int64_t version = TRY(database.number("PRAGMA user_version"));
    if (version == newestVersion) return {};
    if (version > newestVersion) {
        return fail(ErrorCode::schemaTooNew, "schema version " + std::to_string(version));
    }
    Transaction transaction = TRY(Transaction::begin(database));
    for (auto next = static_cast<std::size_t>(version); next < std::size(versions); ++next) {
        for (const std::string_view statement : versions[next]) TRY(transaction.run(statement));
    }
    TRY(transaction.run("PRAGMA user_version = " + std::to_string(newestVersion)));
    return transaction.commit();
}

}  // namespace liqu::storage
