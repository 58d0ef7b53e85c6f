#include "firmware/storage/salvage.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <set>

#include "firmware/storage/run_mark.hpp"
#include "firmware/storage/whole_check.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::storage;
using liqu::test::openDatabase;
using liqu::test::Scratch;

namespace {

constexpr std::int64_t orders = 2000;

void fill(const Scratch& scratch) {
    auto database = openDatabase(scratch);
    auto transaction = Transaction::begin(*database);
    for (std::int64_t i = 1; i <= orders; ++i) {
        REQUIRE(transaction->run(
            "INSERT INTO orders(order_id, opened_at, service, holder_digest, state) "
            "VALUES(?, ?, 'firstCard', 'digest of somebody', 'handedOver')",
            {"T-000017-" + std::to_string(i), i}));
    }
    REQUIRE(transaction->commit());
}

// The page in the middle of the table's own leaves.
std::int64_t middlePage(const Scratch& scratch) {
    auto database = openDatabase(scratch);
    const auto rows = database->query(
        "SELECT pageno FROM dbstat WHERE name = 'orders' AND pagetype = 'leaf' ORDER BY pageno");
    REQUIRE(rows);
    return (*rows)[rows->size() / 2].integer(0);
}

void damage(const Scratch& scratch, std::int64_t page) {
    std::fstream file(scratch.file("kiosk.db"), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp((page - 1) * 4096);
    const std::string rubbish(4096, '\x5A');
    file.write(rubbish.data(), static_cast<std::streamsize>(rubbish.size()));
}

}  // namespace

TEST_CASE("around a damaged page every other row is read, and the gap is told") {
    const Scratch scratch;
    fill(scratch);
    damage(scratch, middlePage(scratch));
    auto database = Database::open({scratch.file("kiosk.db"), "", true});
    REQUIRE(database);
    CHECK(!(*database)->query("SELECT order_id FROM orders NOT INDEXED"));
    std::set<std::int64_t> read;
    const auto tables = salvage(**database, [&](const SalvagedTable& table, const Row& row) {
        if (table.name == "orders") read.insert(row.integer(0));
    });
    REQUIRE(tables);
    for (const SalvagedTable& table : *tables) {
        if (table.name != "orders") {
            CHECK(table.gaps.empty());
            continue;
        }
        REQUIRE(table.gaps.size() == 1);
        const auto [from, to] = table.gaps.front();
        CHECK(from > 1);
        CHECK(to < orders);
        CHECK(to - from < 200);
        CHECK(read.size() == static_cast<std::size_t>(orders - (to - from + 1)));
        CHECK(*read.begin() == 1);
        CHECK(*read.rbegin() == orders);
        for (const std::string& column : table.columns) CHECK(column != "personalisation_sealed");
    }
}

TEST_CASE("a sound database has no gaps") {
    const Scratch scratch;
    fill(scratch);
    auto database = openDatabase(scratch);
    const auto tables = salvage(*database, [](const SalvagedTable&, const Row&) {});
    REQUIRE(tables);
    CHECK(tables->size() > 10);
    for (const SalvagedTable& table : *tables) CHECK(table.gaps.empty());
}

TEST_CASE("a lost log is found, a killed run and one that ended in order are not") {
    const Scratch scratch;
    const std::filesystem::path path = scratch.file("kiosk.db");
    const std::filesystem::path log = scratch.file("kiosk.db-wal");
    const std::filesystem::path copy = scratch.file("copy");
    {
        auto database = openDatabase(scratch);
        auto mark = RunMark::set(*database, path);
        REQUIRE(mark);
        CHECK(checkLog(path));
        // What a killed process leaves.
        std::filesystem::create_directory(copy);
        for (const char* file : {"kiosk.db", "kiosk.db-wal", "kiosk.db-mark"}) {
            std::filesystem::copy_file(scratch.file(file), copy / file);
        }
    }
    CHECK(checkLog(path));
    CHECK(checkLog(copy / "kiosk.db"));
    std::filesystem::remove(copy / "kiosk.db-wal");
    const auto lost = checkLog(copy / "kiosk.db");
    REQUIRE(!lost);
    CHECK(lost.error().code == ErrorCode::storageDamaged);
    RunMark::clear(copy / "kiosk.db");
    CHECK(checkLog(copy / "kiosk.db"));
}

TEST_CASE("a start looks through the books once a day and after an unclean end, else it believes") {
    const Scratch scratch;
    fill(scratch);
    const std::filesystem::path path = scratch.file("kiosk.db");
    const WallTime now{std::chrono::hours{24 * 20'000}};
    REQUIRE(checkAtStart(*openDatabase(scratch), path, now));
    damage(scratch, middlePage(scratch));
    auto database = Database::open({path.string(), "", false});
    REQUIRE(database);
    CHECK(checkAtStart(**database, path, now));
    std::ofstream(path.string() + "-mark") << "the log has content\n";
    CHECK(checkAtStart(**database, path, now).error().code == ErrorCode::storageDamaged);
    std::filesystem::remove(path.string() + "-mark");
    CHECK(checkAtStart(**database, path, now));
    CHECK(checkAtStart(**database, path, now + std::chrono::hours{24}).error().code ==
          ErrorCode::storageDamaged);
}
