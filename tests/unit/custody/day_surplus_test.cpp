// More cards than the books have: the missing ones come back, and none is in the books twice.
#include "tests/unit/custody/stock_books.hpp"

using namespace liqu;
using namespace liqu::custody;
using namespace liqu::custody::test;

namespace {

// A blank waited at the chip station, and the evening's count did not find it.
void missOneInThePath(StockBooks& books, int n) {
    REQUIRE(books.write([&](Transaction& t) -> Result<void> {
        TRY(moveUnidentified(t, Place::hopper(1), Place::chipStation(), {"fed", "", books.now}));
        return identify(t, numberOf(n), 1, books.now);
    }));
    REQUIRE(books.closeCounted({{"path", 0}}));
    REQUIRE((*findCard(*books.database, numberOf(n)))->place == Place::missing());
    books.now += oneDay;
}

std::int64_t at(StockBooks& books, const Place& place) {
    return *balanceOf(*books.database, place);
}

}  // namespace

TEST_CASE("a surplus that may be a card missed by number is booked under that number") {
    StockBooks books;
    books.loadLaneOne();
    missOneInThePath(books, 5);
    // Somebody put it into the vault and says nothing.
    REQUIRE(books.freeze());
    REQUIRE(books.countAll({{"vault", 51}}));
    REQUIRE(books.recount());
    REQUIRE(books.countAll({{"vault", 51}}));
    CHECK_REFUSED(books, books.close(), foundCardUnnamed);
    REQUIRE(books.thaw());
    REQUIRE(books.find(numberOf(5), Place::vault()));
    REQUIRE(books.freeze());
    REQUIRE(books.countAll({}));
    REQUIRE(books.close());
    CHECK(at(books, Place::missing()) == 0);
    CHECK(at(books, Place::vault()) == 51);
    CHECK(findBox(*books.database, "BX-1")->inVault == 51);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a lane that has one more: its number says that it was missing") {
    StockBooks books;
    books.loadLaneOne();
    missOneInThePath(books, 5);
    REQUIRE(books.freeze());
    REQUIRE(books.countAll({{"hopper-1", 50}}));
    REQUIRE(books.recount());
    REQUIRE(books.countAll({{"hopper-1", 50}}));
    CHECK_REFUSED(books, books.close(), foundCardUnnamed);
    REQUIRE(books.recount());
    REQUIRE(books.countAll({{"hopper-1", 50}}, {{"hopper-1", {numberOf(5)}}}));
    REQUIRE(books.close());
    CHECK((*findCard(*books.database, numberOf(5)))->place == Place::hopper(1));
    CHECK(at(books, Place::missing()) == 0);
    CHECK(checkInvariants(*books.database));
    const auto moved = correctionsOf(*books.database, closedDays(*books.database, 1)->at(0).day);
    REQUIRE(moved->size() == 1);
    CHECK(moved->at(0).from == "missing");
    CHECK(moved->at(0).numbers == std::vector<std::string>{numberOf(5)});
}

TEST_CASE("as many come back as are missing without a number, the rest is new to the books") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.miss("", Place::hopper(1)));
    REQUIRE(books.closeCounted({{"hopper-1", 51}}));
    CHECK(at(books, Place::missing()) == 0);
    CHECK(at(books, Place::hopper(1)) == 51);
    CHECK(at(books, Place::bank()) == -101);
    const auto moved = correctionsOf(*books.database, "20240601");
    REQUIRE(moved->size() == 2);
    CHECK(moved->at(0).from == "missing");
    CHECK(moved->at(1).from == "bank");
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("what one place lacks and another has is one move") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.closeCounted({{"reject-bin", 1}, {"vault", 49}}));
    CHECK(at(books, Place::missing()) == 0);
    CHECK(at(books, Place::rejectBin()) == 1);
    CHECK(at(books, Place::bank()) == -100);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a blank that fell from the chip station into the bin is told by its number") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.write([&](Transaction& t) -> Result<void> {
        TRY(moveUnidentified(t, Place::hopper(1), Place::chipStation(), {"fed", "", books.now}));
        return identify(t, numberOf(5), 1, books.now);
    }));
    REQUIRE(books.closeCounted({{"path", 0}, {"reject-bin", 1}}, {{"reject-bin", {numberOf(5)}}}));
    CHECK((*findCard(*books.database, numberOf(5)))->place == Place::rejectBin());
    CHECK(at(books, Place::missing()) == 0);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a used card in a lane is no surplus of the lane") {
    StockBooks books;
    books.loadLaneOne();
    books.make(5, Condition::finished, Place::holdBin());
    REQUIRE(books.miss(numberOf(5), Place::holdBin()));
    REQUIRE(books.freeze());
    REQUIRE(books.countAll({{"hopper-1", 50}}));
    REQUIRE(books.recount());
    REQUIRE(books.countAll({{"hopper-1", 50}}, {{"hopper-1", {numberOf(5)}}}));
    CHECK_REFUSED(books, books.close(), cardAlreadyUsed);
}
