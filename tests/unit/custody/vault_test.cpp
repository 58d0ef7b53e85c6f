// Whatever lies in the vault is of a box, and can leave it again.
#include "tests/unit/custody/stock_books.hpp"

using namespace liqu;
using namespace liqu::custody;
using namespace liqu::custody::test;

namespace {

std::int64_t at(StockBooks& books, const Place& place) {
    return *balanceOf(*books.database, place);
}
std::int64_t inVault(StockBooks& books, const std::string& box) {
    return findBox(*books.database, box)->inVault;
}

}  // namespace

TEST_CASE("cards that came without a box go back to the bank when their lane is unloaded") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.write([&](Transaction& t) {
        const auto first = *card::SocialCardNumber::withBody("C0000000");
        const auto last = *card::SocialCardNumber::withBody("C0000004");
        return loadLane(t, {1, "B01", "V1", *card::expandRange(first, last), 3}, books.now);
    }));
    const auto ended = books.unload(1, 58);
    REQUIRE(ended);
    CHECK(ended->returned == 8);
    CHECK(ended->returnedNumbers.size() == 5);
    CHECK(at(books, Place::vault()) == 100);
    CHECK(inVault(books, "BX-1") == 100);
    CHECK((*findCard(*books.database, numberOf(2, 'C')))->place == Place::bank());
    CHECK(*books.giveBack("BX-1") == 100);
    CHECK(at(books, Place::vault()) == 0);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("cards unloaded after the rest of their box went away open the box again") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.giveBack("BX-1"));
    REQUIRE(books.unload(1, 50));
    CHECK(findBox(*books.database, "BX-1")->state == BoxState::opened);
    CHECK(inVault(books, "BX-1") == 50);
    const auto id = books.begin(2, "BX-1", 0, 9);
    REQUIRE(id);
    REQUIRE(books.count(*id, 10));
    REQUIRE(books.end(*id));
    CHECK(*books.giveBack("BX-1") == 40);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a vault count that lacks a card of the only box kept by count lowers the box") {
    StockBooks books;
    REQUIRE(books.receive(StockBooks::labelByCount("BX-7", 20)));
    REQUIRE(books.closeCounted({{"vault", 19}}));
    CHECK(inVault(books, "BX-7") == 19);
    CHECK(*books.giveBack("BX-7") == 19);
    CHECK(at(books, Place::missing()) == 1);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("where the lacking card may be of several boxes, people say of which") {
    StockBooks books;
    REQUIRE(books.receive(StockBooks::labelByCount("BX-7", 20)));
    REQUIRE(books.receive(StockBooks::labelByCount("BX-8", 20)));
    REQUIRE(books.freeze());
    REQUIRE(books.countAll({{"vault", 39}}));
    REQUIRE(books.recount());
    REQUIRE(books.countAll({{"vault", 39}}));
    CHECK_REFUSED(books, books.close(), countIncomplete);
    REQUIRE(books.thaw());
    CHECK_REFUSED(books, books.miss("", Place::vault()), countIncomplete);
    REQUIRE(books.miss("BX-8", Place::vault()));
    REQUIRE(books.freeze());
    REQUIRE(books.countAll({}));
    REQUIRE(books.close());
    CHECK(inVault(books, "BX-7") == 20);
    CHECK(inVault(books, "BX-8") == 19);
    // It turns up: again people say of which box it is.
    CHECK_REFUSED(books, books.find("BX-7", Place::vault()), boxCountDiffers);
    REQUIRE(books.find("BX-8", Place::vault()));
    CHECK(*books.giveBack("BX-8") == 20);
    CHECK(*books.giveBack("BX-7") == 20);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a card missed by count beside a box kept by count is named, then its box goes") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.miss("", Place::vault()));
    REQUIRE(books.receive(StockBooks::labelByCount("BX-7", 20)));
    CHECK_REFUSED(books, books.giveBack("BX-1"), countIncomplete);
    REQUIRE(books.write([&](Transaction& t) {
        return nameCard(t, numberOf(60), Place::missing(), books.mandate("not in the box"));
    }));
    CHECK(*books.giveBack("BX-1") == 49);
    CHECK(*books.giveBack("BX-7") == 20);
    CHECK(at(books, Place::vault()) == 0);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("unloaded cards without a number go to the boxes they were loaded from") {
    StockBooks books;
    for (const char* box : {"BX-7", "BX-8"}) {
        REQUIRE(books.receive(StockBooks::labelByCount(box, 20)));
        REQUIRE(books.open(box));
        REQUIRE(books.loadByCount(1, box, 20));
    }
    REQUIRE(books.unload(1, 40));
    CHECK(inVault(books, "BX-7") == 20);
    CHECK(inVault(books, "BX-8") == 20);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("nothing gets into the vault that is of no box") {
    StockBooks books;
    REQUIRE(books.write([&](Transaction& t) {
        const auto first = *card::SocialCardNumber::withBody("C0000000");
        return loadLane(t, {1, "B01", "V1", {first}}, books.now);
    }));
    REQUIRE(books.miss(numberOf(0, 'C'), Place::hopper(1)));
    CHECK_REFUSED(books, books.find(numberOf(0, 'C'), Place::vault()), moveNotPossible);
    REQUIRE(books.find(numberOf(0, 'C'), Place::hopper(1)));
    REQUIRE(books.freeze());
    REQUIRE(books.countAll({{"vault", 1}}));
    REQUIRE(books.recount());
    REQUIRE(books.countAll({{"vault", 1}}));
    CHECK_REFUSED(books, books.close(), countIncomplete);
}

TEST_CASE("a card found in another lane is that lane's") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.miss(numberOf(3), Place::hopper(1)));
    REQUIRE(books.find(numberOf(3), Place::hopper(2)));
    CHECK((*findCard(*books.database, numberOf(3)))->lane == 2);
}
