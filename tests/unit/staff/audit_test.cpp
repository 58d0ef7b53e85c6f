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
