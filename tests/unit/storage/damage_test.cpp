// A file that was damaged, touched, or taken away while it was open: said, and nothing thrown.
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <sqlite3.h>

#include "firmware/storage/books_identity.hpp"
#include "firmware/storage/whole_check.hpp"
#include "tests/support/index_damage.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::storage;
using liqu::test::openDatabase;
using liqu::test::Scratch;
using liqu::test::takeIndexEntry;

namespace {

void rawly(const std::string& path, const std::string& sql) {
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &raw) == SQLITE_OK);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
    char* fault = nullptr;
    const int done = sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, &fault);
    REQUIRE_MESSAGE(done == SQLITE_OK, (fault ? fault : ""));
    sqlite3_close(raw);
}

// The columns of places take anything while this is written, as a torn page would have it.
void writeIntoPlaces(const std::string& path, const std::string& sql) {
    const auto change = [&path](const std::string& to) {
        rawly(path, "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = " + to +
                        " WHERE name = 'places'; PRAGMA writable_schema=RESET;");
    };
    change("substr(sql, 1, length(sql) - length(' STRICT'))");
    rawly(path, sql);
    change("sql || ' STRICT'");
}

void loadCards(Database& database) {
    auto transaction = Transaction::begin(database).value();
    REQUIRE(transaction.run("INSERT INTO places VALUES('hopper-1', 2, 100)"));
    for (const char* number : {"A00000001", "A00000002"}) {
        REQUIRE(
            transaction.run("INSERT INTO cards(card_number, bank, vendor, place, condition, "
                            "changed_at) VALUES(?, 'B01', 'V01', 'hopper-1', 'blank', 0)",
                            {std::string(number)}));
    }
    REQUIRE(transaction.commit());
}

}  // namespace

TEST_CASE("an index that lacks an entry is found by the whole check, not by the quick one") {
    const Scratch scratch;
    loadCards(*openDatabase(scratch));
    takeIndexEntry(scratch.file("kiosk.db"));
    const auto database = openDatabase(scratch);
    CHECK(database->verify());
    const auto found = database->verify(Database::Depth::whole);
    REQUIRE_FALSE(found);
    CHECK(found.error().code == ErrorCode::storageDamaged);
    CHECK(found.error().cause.find("REINDEX") != std::string::npos);
    rawly(scratch.file("kiosk.db"), "REINDEX");
    CHECK(database->verify(Database::Depth::whole));
}

TEST_CASE("the whole check is due once a day, however often the machine is switched on") {
    const Scratch scratch;
    const WallTime noon{std::chrono::milliseconds{1717214400000}};
    const std::chrono::hours hour{1};
    loadCards(*openDatabase(scratch));
    const auto isDue = [&](WallTime now) {
        return storage::wholeCheckIsDue(*openDatabase(scratch), now).value();
    };
    CHECK(isDue(noon));
    REQUIRE(storage::checkWhole(*openDatabase(scratch), noon));
    CHECK_FALSE(isDue(noon));
    CHECK_FALSE(isDue(noon + 23 * hour));
    CHECK(isDue(noon + 24 * hour));
    CHECK(isDue(noon - hour));
    // One that finds something is not done.
    takeIndexEntry(scratch.file("kiosk.db"));
    CHECK(storage::checkWhole(*openDatabase(scratch), noon + 30 * hour).error().code ==
          ErrorCode::storageDamaged);
    CHECK(isDue(noon + 30 * hour));
}

TEST_CASE("a text where a number belongs is an error of the query, not a throw") {
    const Scratch scratch;
    loadCards(*openDatabase(scratch));
    writeIntoPlaces(scratch.file("kiosk.db"),
                    "UPDATE places SET balance = 'many', capacity = x'00'");
    const auto database = openDatabase(scratch);
    CHECK_FALSE(database->verify());
    const auto rows = database->query("SELECT balance, capacity FROM places");
    REQUIRE_FALSE(rows);
    CHECK(rows.error().code == ErrorCode::storageDamaged);
    CHECK(database->number("SELECT max(balance) FROM places").error().code ==
          ErrorCode::storageDamaged);
}

TEST_CASE("after a value that is none its connection answers and writes nothing more") {
    const Scratch scratch;
    const auto database = openDatabase(scratch);
    {
        auto transaction = Transaction::begin(*database).value();
        REQUIRE(transaction.run("INSERT INTO meta VALUES('count', 'many')"));
        REQUIRE(transaction.commit());
    }
    const auto rows = database->query("SELECT value FROM meta WHERE name = 'count'");
    REQUIRE(rows);
    CHECK(database->trusted());
    CHECK((*rows)[0].integer(0) == 0);
    CHECK((*rows)[0].bytes(7).empty());
    CHECK(database->trusted().error().code == ErrorCode::storageDamaged);
    CHECK(Transaction::begin(*database).error().code == ErrorCode::storageDamaged);
    CHECK(database->query("SELECT 1").error().code == ErrorCode::storageDamaged);
    // Another connection is not told, and asks for itself.
    CHECK(openDatabase(scratch)->trusted());
}

TEST_CASE("books taken away, replaced or lost with their folder are noticed before a write") {
    const Scratch scratch;
    const std::filesystem::path folder = scratch.folder() / "data";
    std::filesystem::create_directory(folder);
    auto database = Database::open({(folder / "kiosk.db").string(), "", false}).value();
    CHECK(database->stillThere());
    SUBCASE("removed") {
        std::filesystem::remove(folder / "kiosk.db");
    }
    SUBCASE("moved away") {
        std::filesystem::rename(folder / "kiosk.db", folder / "old.db");
    }
    SUBCASE("another file in its place") {
        std::filesystem::rename(folder / "kiosk.db", folder / "old.db");
        std::filesystem::copy_file(folder / "old.db", folder / "kiosk.db");
    }
    SUBCASE("the folder") {
        std::filesystem::remove_all(folder);
    }
    CHECK(database->stillThere().error().code == ErrorCode::booksGone);
    CHECK(Transaction::begin(*database).error().code == ErrorCode::booksGone);
}

TEST_CASE("books that are to be there are not made, and an emptied file is none") {
    const Scratch scratch;
    const std::string path = scratch.file("kiosk.db");
    const auto open = [&path] { return Database::open({path, "", false, WhenMissing::refuse}); };
    CHECK(open().error().code == ErrorCode::booksMissing);
    CHECK(Database::open({path, "", true}).error().code == ErrorCode::booksMissing);
    CHECK_FALSE(std::filesystem::exists(path));
    std::ofstream(path).close();
    CHECK(open().error().code == ErrorCode::storageDamaged);
    std::filesystem::remove(path);
    openDatabase(scratch);
    CHECK(open());
}

TEST_CASE("the identity is read as it was written, and half of one is damage") {
    const Scratch scratch;
    const auto database = openDatabase(scratch);
    const auto identity = identityOf(*database).value();
    REQUIRE(identity);
    CHECK(identity->terminal == test::testTerminal);
    CHECK(identity->epoch == test::testEpoch);
    CHECK(identity->sealKeyId == test::testKeyId);
    const char* const touches[] = {"DELETE FROM meta WHERE name = 'epoch'",
                                   "UPDATE meta SET value = 7 WHERE name = 'terminal'",
                                   "UPDATE meta SET value = 'x' WHERE name = 'seal_key'"};
    for (const char* touch : touches) {
        auto transaction = Transaction::begin(*database).value();
        REQUIRE(transaction.run(touch));
        CHECK(identityOf(*database).error().code == ErrorCode::storageDamaged);
    }
}

enum class Kind : std::uint8_t { load, unload };
constexpr auto wordsOf(Kind) {
    return words<Kind>({{Kind::load, "load"}, {Kind::unload, "unload"}});
}

TEST_CASE("a stored word nobody knows is damage, never another word") {
    const Scratch scratch;
    const auto database = openDatabase(scratch);
    const auto rows = database->query("SELECT 'unload', 'melt'");
    CHECK((*rows)[0].choice<Kind>(0) == Kind::unload);
    CHECK(database->trusted());
    CHECK((*rows)[0].choice<Kind>(1) == Kind::load);
    CHECK(database->trusted().error().code == ErrorCode::storageDamaged);
}
