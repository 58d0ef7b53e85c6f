// A leak planted in any form and at any place is found, and what is no leak is not.
#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <fstream>
#include <set>
#include <unistd.h>

#include "firmware/base/encoding.hpp"
#include "firmware/storage/database.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/privacy/places.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

const std::string name = "测试样例";
const std::string number = "110000198503120015";

TraceSearch searchForPerson() {
    auto traces = tracesOfText("name", name);
    for (Trace& trace : tracesOfText("number", number)) traces.push_back(std::move(trace));
    return TraceSearch(std::move(traces));
}

bool findsIn(const std::string& text) {
    return !searchForPerson().in(bytesOf(text)).empty();
}

std::string lower(std::string text) {
    for (char& letter : text) letter = static_cast<char>(std::tolower(letter));
    return text;
}

std::vector<Bytes> writtenForms(const std::string& text) {
    return {bytesOf(text), utf16leFromUtf8(text).value(), gb18030FromUtf8(text).value()};
}

}  // namespace

TEST_CASE("every written form of a value is found") {
    for (const std::string& value : {name, number}) {
        for (const Bytes& form : writtenForms(value)) {
            CHECK(findsIn("before" + textOf(form) + "after"));
            CHECK(findsIn("before" + toHex(form) + "after"));
            CHECK(findsIn("before" + lower(toHex(form)) + "after"));
            for (const char* before : {"", "1", "12", "123", "1234"}) {
                CHECK(findsIn(toBase64(bytesOf(before + textOf(form)))));
                CHECK(findsIn(toBase64(bytesOf(before + textOf(form) + "more"))));
            }
        }
    }
}

TEST_CASE("at the very beginning and end, and twice") {
    const auto findings = searchForPerson().in(bytesOf(number + " " + number));
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].offset == 0);
    CHECK(findings[1].offset == number.size() + 1);
    CHECK(findings[0].trace == "number as UTF-8");
}

TEST_CASE("what is no leak is not found") {
    CHECK_FALSE(findsIn(""));
    CHECK_FALSE(findsIn("1100**********0015 测**例"));
    CHECK_FALSE(findsIn(number.substr(1)));
    CHECK_FALSE(findsIn(number.substr(0, 17)));
    CHECK(tracesOfText("address", "").empty());
}

TEST_CASE("a planted leak is found in a file below the folder") {
    const test::Scratch scratch;
    std::filesystem::create_directories(scratch.folder() / "logs");
    std::ofstream(scratch.folder() / "clean.txt") << "nothing";
    CHECK(searchFiles(scratch.folder(), searchForPerson()).value().empty());
    std::ofstream(scratch.folder() / "logs" / "old.log") << "holder " << number << "\n";
    const auto found = searchFiles(scratch.folder(), searchForPerson()).value();
    REQUIRE(found.size() == 1);
    CHECK(found[0].place == "logs/old.log");
    CHECK(describe(found).find(number) == std::string::npos);
    CHECK_FALSE(searchFiles(scratch.folder() / "no-such", searchForPerson()).has_value());
}

// A row that was deleted is gone for SQLite, not for who reads the file: it stays in free space, in
// free pages and in the write-ahead log. Debian's SQLite wipes by default, so that is put off here.
TEST_CASE("a planted leak is found in the free pages and in the log of a database") {
    const test::Scratch scratch;
    const auto placesWith = [&] {
        const auto found = searchFiles(scratch.folder(), searchForPerson()).value();
        std::set<std::string> places;
        for (const PlaceFinding& finding : found) places.insert(finding.place);
        return places;
    };
    {
        SQLite::Database database(scratch.file("kiosk.db"),
                                  SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec("PRAGMA secure_delete = OFF");
        database.exec("PRAGMA journal_mode = WAL");
        database.exec("PRAGMA wal_autocheckpoint = 0");
        database.exec("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)");
        CHECK(placesWith().empty());
        // Rows enough for pages of their own, which become free pages as a whole.
        for (int i = 0; i < 300; ++i) {
            database.exec("INSERT INTO note (text) VALUES ('holder " + name + " " + number + "')");
        }
        CHECK(placesWith() == std::set<std::string>{"kiosk.db-wal"});
        database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        CHECK(placesWith() == std::set<std::string>{"kiosk.db"});
        database.exec("DELETE FROM note");
        REQUIRE(database.execAndGet("SELECT count(*) FROM note").getInt() == 0);
    }
    // Closing brought the log into the file and removed it.
    CHECK_FALSE(std::filesystem::exists(scratch.file("kiosk.db-wal")));
    CHECK(placesWith() == std::set<std::string>{"kiosk.db"});
    SQLite::Database database(scratch.file("kiosk.db"), SQLite::OPEN_READWRITE);
    CHECK(database.execAndGet("PRAGMA freelist_count").getInt() > 0);
    database.exec("VACUUM");
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    CHECK(placesWith().empty());
}

// A sanitizer maps terabytes of its own into the process that is searched here.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("a planted leak is found in the memory of a process") {
    // The traces of this search are copies themselves, so look for a value made at run time, with
    // the traces counted.
    std::string secret = "0000000000000000";
    for (std::size_t i = 0; i < secret.size(); ++i) secret[i] = static_cast<char>('A' + i * 7 % 26);
    const Trace trace{"secret", bytesOf(secret)};
    const auto countOf = [&] {
        std::size_t count = 0;
        const auto places = searchMemory(::getpid(), TraceSearch({trace})).value();
        for (const auto& place : places) {
            count += place.findings.size();
        }
        return count;
    };
    const std::size_t before = countOf();
    const auto planted = std::make_unique<std::string>(secret + secret + secret);
    CHECK(countOf() >= before + 3);
    CHECK_FALSE(searchMemory(-1, TraceSearch({trace})).has_value());
}
#endif
