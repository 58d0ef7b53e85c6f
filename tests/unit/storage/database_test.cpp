#include "firmware/storage/database.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::storage;
using liqu::test::openDatabase;
using liqu::test::Scratch;

TEST_CASE("a committed row is there after reopening, an abandoned one is not") {
    const Scratch scratch;
    {
        auto database = openDatabase(scratch);
        auto kept = Transaction::begin(*database);
        REQUIRE(kept->run("INSERT INTO meta VALUES('kept', ?)", {std::int64_t{7}}));
        REQUIRE(kept->commit());
        auto dropped = Transaction::begin(*database);
        REQUIRE(dropped->run("INSERT INTO meta VALUES('dropped', 1)"));
    }
    auto database = openDatabase(scratch);
    CHECK(*database->number("SELECT value FROM meta WHERE name='kept'") == 7);
    CHECK(*database->number("SELECT count(*) FROM meta WHERE name='dropped'") == 0);
}

TEST_CASE("the database is durable: WAL and synchronous FULL") {
    const Scratch scratch;
    auto database = openDatabase(scratch);
    CHECK((*database->query("PRAGMA journal_mode"))[0].text(0) == "wal");
    CHECK(*database->number("PRAGMA synchronous") == 2);
    CHECK(database->verify());
}

TEST_CASE("a place never goes below zero") {
    const Scratch scratch;
    auto database = openDatabase(scratch);
    auto transaction = Transaction::begin(*database);
    REQUIRE(transaction->run("INSERT INTO places VALUES('hopper 1', 0, 100)"));
    CHECK_FALSE(transaction->run("UPDATE places SET balance = balance - 1"));
}

TEST_CASE("values of every type come back as they went in") {
    const Scratch scratch;
    auto database = openDatabase(scratch);
    auto transaction = Transaction::begin(*database);
    const Bytes blob{0, 1, 2, 255};
    REQUIRE(transaction->run("INSERT INTO meta VALUES('blob', ?)", {blob}));
    REQUIRE(transaction->run("INSERT INTO meta VALUES('text', ?)", {std::string("卡")}));
    const auto rows =
        transaction->query("SELECT value FROM meta WHERE name IN ('blob', 'text') ORDER BY name");
    REQUIRE(rows->size() == 2);
    CHECK((*rows)[0].bytes(0) == blob);
    CHECK((*rows)[1].text(0) == "卡");
}

TEST_CASE("a database of a newer program is refused") {
    const Scratch scratch;
    {
        auto database = openDatabase(scratch);
        auto transaction = Transaction::begin(*database);
        REQUIRE(transaction->run("PRAGMA user_version = 99"));
        REQUIRE(transaction->commit());
    }
    const auto database = Database::open({scratch.file("kiosk.db"), "", false});
    REQUIRE_FALSE(database);
    CHECK(database.error().code == ErrorCode::schemaTooNew);
}

TEST_CASE("a file that is no database is named as damaged") {
    const Scratch scratch;
    std::ofstream(scratch.file("kiosk.db")) << std::string(8192, 'x');
    const auto database = Database::open({scratch.file("kiosk.db"), "", false});
    REQUIRE_FALSE(database);
    CHECK(database.error().code == ErrorCode::storageDamaged);
}

TEST_CASE("the command line may look while the kiosk writes") {
    const Scratch scratch;
    auto writer = openDatabase(scratch);
    auto transaction = Transaction::begin(*writer);
    REQUIRE(transaction->run("INSERT INTO meta VALUES('x', 1)"));
    const auto reader = Database::open({scratch.file("kiosk.db"), "", true});
    REQUIRE(reader);
    CHECK(*(*reader)->number("SELECT count(*) FROM meta WHERE name = 'x'") == 0);
    REQUIRE(transaction->commit());
    CHECK(*(*reader)->number("SELECT count(*) FROM meta WHERE name = 'x'") == 1);
    CHECK_FALSE(Transaction::begin(**reader)->run("DELETE FROM meta"));
}

TEST_CASE("a statement that failed once works again") {
    const Scratch scratch;
    auto database = openDatabase(scratch);
    constexpr const char* insert = "INSERT INTO meta VALUES(?, 1)";
    for (const bool fails : {false, true}) {
        auto transaction = Transaction::begin(*database);
        CHECK(transaction->run(insert, {std::string("once")}).has_value() != fails);
        if (!fails) REQUIRE(transaction->commit());
    }
    auto transaction = Transaction::begin(*database);
    CHECK(transaction->run(insert, {std::string("other")}));
}
