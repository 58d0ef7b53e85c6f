#include "firmware/custody/journal.hpp"

#include <doctest/doctest.h>

#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::custody;

namespace {

struct Fixture {
    test::Scratch scratch;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);

    Fixture() {
        auto transaction = storage::Transaction::begin(*database);
        CHECK(transaction->run(
            "INSERT INTO orders(order_id, opened_at, service, holder_digest, state) "
            "VALUES('o1', 0, 'firstCard', '', 'open')"));
        CHECK(transaction->commit());
    }
    void write(const char* step, Phase phase, const char* detail = "") {
        auto transaction = storage::Transaction::begin(*database);
        CHECK(record(*transaction, {0, "o1", step, 1, phase, WallTime{}, detail}));
        CHECK(transaction->commit());
    }
    std::string open() {
        const auto intent = openIntent(*database, "o1");
        REQUIRE(intent);
        return *intent ? (*intent)->step : "";
    }
};

}  // namespace

TEST_CASE("an intent is open until its own fact or failure is recorded") {
    Fixture fixture;
    CHECK(fixture.open() == "");
    fixture.write("feed", Phase::intent, "inserted=7");
    CHECK(fixture.open() == "feed");
    fixture.write("feed", Phase::fact);
    CHECK(fixture.open() == "");
    fixture.write("print", Phase::intent);
    fixture.write("print", Phase::failure, "error=20203");
    CHECK(fixture.open() == "");
    fixture.write("reject", Phase::intent);
    CHECK(fixture.open() == "reject");
    CHECK(entriesOf(*fixture.database, "o1")->size() == 5);
}

TEST_CASE("an entry belongs to an order that exists") {
    Fixture fixture;
    auto transaction = storage::Transaction::begin(*fixture.database);
    CHECK_FALSE(record(*transaction, {0, "nobody", "feed", 1, Phase::intent, WallTime{}, ""}));
}

TEST_CASE("numbers in a detail") {
    CHECK(detailNumber("panels=120 ribbon=88", "ribbon") == 88);
    CHECK(detailNumber("panels=120", "ribbon") == std::nullopt);
    CHECK(detailNumber("xpanels=1 panels=2", "panels") == 2);
    CHECK(detailNumber("panels=", "panels") == std::nullopt);
}
