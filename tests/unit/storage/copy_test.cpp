// Copies of the books: of one moment beside whoever writes, and before they are brought up to date.
#include "firmware/storage/copy.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sqlite3.h>
#include <sstream>

#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::storage;
namespace files = std::filesystem;

namespace {

void execute(const std::string& path, const std::string& sql) {
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &raw) == SQLITE_OK);
    REQUIRE(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(raw);
}

std::string versionOne() {
    std::ostringstream sql;
    sql << std::ifstream(LIQU_SOURCE_DIR "/tests/unit/storage/version_one.sql").rdbuf();
    return sql.str();
}

std::int64_t numberIn(const std::string& path, const std::string& sql) {
    return Database::open({path, "", true}).value()->number(sql).value();
}

}  // namespace

TEST_CASE("a copy has what is only in the log yet, and nothing of what is not committed") {
    const test::Scratch scratch;
    const auto books = test::openDatabase(scratch);
    auto first = Transaction::begin(*books).value();
    REQUIRE(first.run("INSERT INTO meta VALUES('committed', 1)"));
    REQUIRE(first.commit());
    auto open = Transaction::begin(*books).value();
    REQUIRE(open.run("INSERT INTO meta VALUES('not committed', 1)"));
    const std::string copy = scratch.file("copy.db");
    REQUIRE(copyBooks(scratch.file("kiosk.db"), copy));
    REQUIRE(open.commit());
    CHECK_FALSE(files::exists(copy + "-wal"));
    CHECK(numberIn(copy, "SELECT count(*) FROM meta WHERE name = 'committed'") == 1);
    CHECK(numberIn(copy, "SELECT count(*) FROM meta WHERE name = 'not committed'") == 0);
}

TEST_CASE("of damaged books no copy is left") {
    const test::Scratch scratch;
    { const auto books = test::openDatabase(scratch); }
    Bytes bytes = readWholeFile(scratch.file("kiosk.db")).value();
    REQUIRE(bytes.size() > 8192);
    std::fill(bytes.begin() + 4096, bytes.end(), std::uint8_t{0xA5});
    REQUIRE(writeWholeFile(scratch.file("kiosk.db"), bytes));
    const auto copied = copyBooks(scratch.file("kiosk.db"), scratch.file("copy.db"));
    REQUIRE_FALSE(copied);
    CHECK(copied.error().code == ErrorCode::storageDamaged);
    CHECK_FALSE(files::exists(scratch.file("copy.db")));
}

TEST_CASE("books of an earlier version are copied before, those of this one are not") {
    const test::Scratch scratch;
    const std::string path = scratch.file("kiosk.db");
    execute(path, versionOne());
    REQUIRE(copyBeforeMigration(path));
    { const auto books = test::openDatabase(scratch); }
    CHECK(numberIn(path, "PRAGMA user_version") > 1);
    CHECK(numberIn(path + "-v1", "PRAGMA user_version") == 1);
    files::remove(path + "-v1");
    REQUIRE(copyBeforeMigration(path));
    CHECK_FALSE(files::exists(path + "-v1"));
}

TEST_CASE("the two newest copies stay") {
    const test::Scratch scratch;
    const std::string path = scratch.file("kiosk.db");
    for (const char* version : {"3", "11", "7"}) {
        execute(path, "PRAGMA user_version = " + std::string(version));
        REQUIRE(copyBeforeMigration(path));
    }
    CHECK(files::exists(path + "-v11"));
    CHECK(files::exists(path + "-v7"));
    CHECK_FALSE(files::exists(path + "-v3"));
}
