// A machine in the field gets a newer program: what was in its books is there afterwards.
#include <doctest/doctest.h>
#include <fstream>
#include <sqlite3.h>
#include <sstream>

#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::storage;

namespace {

void writeVersionOne(const std::string& path, const char* more = "") {
    std::ostringstream sql;
    sql << std::ifstream(LIQU_SOURCE_DIR "/tests/unit/storage/version_one.sql").rdbuf();
    sql << more;
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &raw) == SQLITE_OK);
    char* fault = nullptr;
    const int done = sqlite3_exec(raw, sql.str().c_str(), nullptr, nullptr, &fault);
    REQUIRE_MESSAGE(done == SQLITE_OK, (fault ? fault : ""));
    sqlite3_close(raw);
}

}  // namespace

TEST_CASE("version one becomes the newest, and its books are the opening of the first day") {
    const liqu::test::Scratch scratch;
    writeVersionOne(scratch.file("kiosk.db"));
    auto database = liqu::test::openDatabase(scratch);
    CHECK(*database->number("PRAGMA user_version") == 22);
    CHECK(*database->number("SELECT count(*) FROM moves") == 6);
    CHECK(*database->number("SELECT count(*) FROM moves WHERE day = '00000000'") == 6);
    CHECK(*database->number("SELECT balance FROM places WHERE place = 'hopper-1'") == 8);
    CHECK(*database->number("SELECT balance FROM day_balances WHERE place = 'hopper-1'") == 8);
    CHECK(*database->number("SELECT last_move FROM days WHERE day = '00000000'") == 6);
    CHECK((*database->query("SELECT place FROM cards"))[0].text(0) == "holder");
    CHECK(database->verify());
}

TEST_CASE("an order that says firstCard says first-card, but for one whose seal is bound to it") {
    const liqu::test::Scratch scratch;
    writeVersionOne(scratch.file("kiosk.db"),
                    "INSERT INTO orders(order_id, opened_at, service, holder_digest, state, "
                    "personalisation_sealed) VALUES('1', 0, 'firstCard', '', 'failed', NULL), "
                    "('2', 0, 'firstCard', '', 'open', x'00'), ('3', 0, 'replacement', '', "
                    "'failed', NULL);");
    auto database = liqu::test::openDatabase(scratch);
    std::string services;
    const auto rows = database->query("SELECT service FROM orders ORDER BY order_id");
    for (const Row& row : *rows) services += row.text(0) + " ";
    CHECK(services == "first-card firstCard replacement ");
}

TEST_CASE("cards handed over before version 19 are as they were signed for then") {
    const liqu::test::Scratch scratch;
    { const auto database = liqu::test::openDatabase(scratch); }
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open(scratch.file("kiosk.db").c_str(), &raw) == SQLITE_OK);
    char* fault = nullptr;
    const int done = sqlite3_exec(
        raw,
        "DROP TRIGGER audit_of_ends; DROP TABLE audit_ends; "
        "ALTER TABLE staff_audit_marks DROP COLUMN checkpoint; "
        "ALTER TABLE staff_audit DROP COLUMN mac; ALTER TABLE staff_audit DROP COLUMN books; "
        "DROP TRIGGER branch_list_is_kept; DROP TABLE branch_list; DROP TABLE legacy_texts; "
        "DROP TABLE legacy_names; DROP TABLE legacy_applications; DROP TABLE legacy_acts; "
        "DROP INDEX outbox_reports; DROP VIEW handovers_confirmed; DROP TABLE "
        "handover_confirmations; "
        "PRAGMA user_version = 18; INSERT INTO handovers(line, at, day, keep_until, card_number, "
        "order_id, outlet, way, document, proof, proof_paper, copy_paper, signature, operator_id, "
        "second_operator_id, person_sealed) VALUES"
        "(1, 0, '20240601', 9, 'A', 'T-1', 'O', 'counter', '', '', '', '', 'P-1', '', '', x'00'), "
        "(2, 0, '20240601', 9, 'B', 'T-2', 'O', 'machine', '', '', '', '', '', '', '', x'00');",
        nullptr, nullptr, &fault);
    REQUIRE_MESSAGE(done == SQLITE_OK, (fault ? fault : ""));
    sqlite3_close(raw);
    auto database = liqu::test::openDatabase(scratch);
    std::string said;
    const auto rows = database->query("SELECT confirmed FROM handovers_confirmed ORDER BY line");
    for (const Row& row : *rows) said += row.text(0) + " ";
    CHECK(said == "paper nothing ");
    CHECK(database->verify());
}

TEST_CASE("a new database and a migrated one have the same tables") {
    const liqu::test::Scratch fresh;
    const liqu::test::Scratch old;
    writeVersionOne(old.file("kiosk.db"));
    const auto tablesOf = [](const liqu::test::Scratch& scratch) {
        std::string text;
        const auto database = liqu::test::openDatabase(scratch);
        const auto rows = database->query(
            "SELECT name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name");
        for (const Row& row : *rows) text += row.text(0) + "\n" + row.text(1) + "\n";
        return text;
    };
    CHECK(tablesOf(fresh) == tablesOf(old));
}

TEST_CASE("a migration that fails leaves the old version as it was") {
    const liqu::test::Scratch scratch;
    writeVersionOne(scratch.file("kiosk.db"));
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open(scratch.file("kiosk.db").c_str(), &raw) == SQLITE_OK);
    // A table of the newest version is in the way.
    REQUIRE(sqlite3_exec(raw, "CREATE TABLE exchanges(x)", nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(raw);
    CHECK_FALSE(Database::open({scratch.file("kiosk.db"), "", false}));
    REQUIRE(sqlite3_open(scratch.file("kiosk.db").c_str(), &raw) == SQLITE_OK);
    int version = -1;
    const auto keep = [](void* into, int, char** values, char**) {
        *static_cast<int*>(into) = std::atoi(values[0]);
        return 0;
    };
    sqlite3_exec(raw, "PRAGMA user_version", keep, &version, nullptr);
    CHECK(version == 1);
    CHECK(sqlite3_exec(raw, "SELECT * FROM days", nullptr, nullptr, nullptr) == SQLITE_ERROR);
    sqlite3_close(raw);
}

TEST_CASE("books of before version 21 get the tables of an older province, and keep their own") {
    const liqu::test::Scratch scratch;
    writeVersionOne(scratch.file("kiosk.db"));
    auto database = liqu::test::openDatabase(scratch);
    for (const char* table :
         {"legacy_acts", "legacy_applications", "legacy_names", "legacy_texts", "branch_list"}) {
        CAPTURE(table);
        CHECK(*database->number("SELECT count(*) FROM " + std::string(table)) == 0);
    }
    auto transaction = Transaction::begin(*database);
    REQUIRE(transaction->run(
        "INSERT INTO branch_list(key, message_type, biz_id, terminal_seq, happened_at, listed_at, "
        "body_sealed) VALUES('K', 'ISSUE.HANDOVER', 'B', 1, 0, 0, x'00')"));
    // Told twice is listed once; what is open is never lost.
    CHECK_FALSE(transaction->run(
        "INSERT INTO branch_list(key, message_type, biz_id, terminal_seq, happened_at, listed_at, "
        "body_sealed) VALUES('K', 'ISSUE.HANDOVER', 'B', 1, 0, 0, x'00')"));
    CHECK_FALSE(transaction->run("DELETE FROM branch_list"));
    CHECK(transaction->run("UPDATE branch_list SET settled_at = 1"));
    CHECK(transaction->run("DELETE FROM branch_list"));
}

TEST_CASE("books of before version 22 get an audit record that sees orders end") {
    const liqu::test::Scratch scratch;
    writeVersionOne(scratch.file("kiosk.db"),
                    "INSERT INTO orders(order_id, opened_at, service, holder_digest, state) "
                    "VALUES('T-9', 0, 'firstCard', '', 'open');");
    auto database = liqu::test::openDatabase(scratch);
    CHECK(*database->number("SELECT count(*) FROM audit_ends") == 0);
    auto transaction = Transaction::begin(*database);
    REQUIRE(
        transaction->run("UPDATE orders SET state = 'failed', ended_at = 7, card_number = 'A' "
                         "WHERE order_id = 'T-9'"));
    // What changes later is not another end.
    REQUIRE(transaction->run(
        "UPDATE orders SET state = 'failed', ended_at = 7 WHERE order_id = 'T-9'"));
    REQUIRE(transaction->commit());
    const auto ends = database->query("SELECT order_id, state, card_number, at FROM audit_ends");
    REQUIRE(ends->size() == 1);
    CHECK((*ends)[0].text(1) == "failed");
    CHECK((*ends)[0].integer(3) == 7);
    CHECK(*database->number("SELECT count(*) FROM staff_audit WHERE mac <> ''") == 0);
}
