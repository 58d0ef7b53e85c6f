// Rules: D-09.
#include "firmware/staff/audit.hpp"

#include <doctest/doctest.h>

#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::staff;
using storage::Transaction;

namespace {

constexpr WallTime noon{std::chrono::milliseconds{1717214400000}};

struct Book {
    test::Scratch scratch;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);

    void write(const AuditLine& line) {
        auto transaction = Transaction::begin(*database).value();
        REQUIRE(record(transaction, line));
        REQUIRE(transaction.commit());
    }
    void tamper(const char* sql) {
        auto transaction = Transaction::begin(*database).value();
        REQUIRE(transaction.run(sql));
        REQUIRE(transaction.commit());
    }
    void writeFive() {
        for (int i = 1; i <= 5; ++i) {
            write({0, noon, "101", "102", "load-lane", "hopper-" + std::to_string(i)});
        }
    }
};

}  // namespace

TEST_CASE("lines are read newest first, page by page") {
    Book book;
    book.writeFive();
    const auto first = newestLines(*book.database, 2).value();
    REQUIRE(first.size() == 2);
    CHECK(first[0].object == "hopper-5");
    CHECK(first[0].second == "102");
    CHECK(first[0].at == noon);
    const auto next = newestLines(*book.database, 2, first.back().line).value();
    REQUIRE(next.size() == 2);
    CHECK(next[0].object == "hopper-3");
}

TEST_CASE("the chain holds, and shows what was changed, taken out or put in") {
    Book book;
    book.writeFive();
    REQUIRE(checkChain(*book.database));
    SUBCASE("a changed word") {
        book.tamper("UPDATE staff_audit SET second = '109' WHERE line = 3");
    }
    SUBCASE("a line taken out") {
        book.tamper("DELETE FROM staff_audit WHERE line = 3");
    }
    SUBCASE("a changed time") {
        book.tamper("UPDATE staff_audit SET at = at + 1 WHERE line = 3");
    }
    SUBCASE("two fields that say the same together") {
        book.tamper("UPDATE staff_audit SET actor = '10', second = '1102' WHERE line = 3");
    }
    const auto checked = checkChain(*book.database);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == ErrorCode::auditChainBroken);
    CHECK(checked.error().cause == "line 3");
}

TEST_CASE("what was done and what was refused are lines") {
    Book book;
    const Deed deed{Act::receiveBox, "B-1"};
    book.write(lineOf(deed, {"1001", "1003"}, noon));
    REQUIRE(recordAlone(*book.database,
                        refusedLineOf(deed, {"1001", "1003"}, noon, {ErrorCode::staffMayNot, ""})));
    const auto lines = newestLines(*book.database, 2).value();
    CHECK(lines[1].act == "receive-box");
    CHECK(lines[1].object == "B-1");
    CHECK(lines[0].object == "B-1 refused 90204");
    CHECK(lines[0].second == "1003");
}

TEST_CASE("a record that was cut short is found, also after more was written") {
    Book book;
    book.writeFive();
    book.tamper("DELETE FROM staff_audit WHERE line > 3");
    CHECK(checkChain(*book.database).error().cause == "lines 4 to 5 are missing at the end");
    book.write({0, noon, "101", "102", "load-lane", "hopper-1"});
    CHECK(checkChain(*book.database).error().cause == "line 4");
}

TEST_CASE("an end that was cut away together with its note is found at the close of a day") {
    Book book;
    book.writeFive();
    auto transaction = Transaction::begin(*book.database).value();
    const auto end = markDay(transaction, "20240601");
    REQUIRE(end);
    REQUIRE(transaction.commit());
    CHECK(end->lines == 5);
    CHECK(end->digest.size() == 64);
    book.tamper("DELETE FROM staff_audit WHERE line > 3");
    book.tamper("UPDATE meta SET value = 3 WHERE name = 'audit_lines'");
    book.tamper(
        "UPDATE meta SET value = (SELECT digest FROM staff_audit WHERE line = 3) "
        "WHERE name = 'audit_digest'");
    CHECK(checkChain(*book.database).error().cause == "lines 4 to 5 are missing at the end");
    // Or everything, with nothing said beside it.
    book.tamper("DELETE FROM staff_audit");
    book.tamper("DELETE FROM meta WHERE name LIKE 'audit_%'");
    CHECK(checkChain(*book.database).error().code == ErrorCode::auditChainBroken);
}

TEST_CASE("a line somebody added without its note is found") {
    Book book;
    book.writeFive();
    book.tamper("DELETE FROM meta WHERE name LIKE 'audit_%'");
    CHECK(checkChain(*book.database).error().cause == "its end was not kept");
}
