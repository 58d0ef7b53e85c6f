// Rules: I-04.
#include "firmware/custody/lane_check.hpp"
#include "tests/unit/custody/stock_books.hpp"

using namespace liqu;
using namespace liqu::custody;
using namespace liqu::custody::test;

TEST_CASE("loading is a session: the lane stops, the cards are counted, then the books move") {
    StockBooks books;
    REQUIRE(books.receive(StockBooks::label("BX-1", 0, 99)));
    REQUIRE(books.open("BX-1"));
    const auto id = books.begin(1, "BX-1", 0, 49);
    REQUIRE(id);
    CHECK((*laneStopped(*books.database, 1))->exchange == *id);
    CHECK_FALSE(laneStopped(*books.database, 2)->has_value());
    CHECK(*balanceOf(*books.database, Place::hopper(1)) == 0);
    CHECK_REFUSED(books, books.end(*id), countIncomplete);
    CHECK_REFUSED(books, books.count(*id, 49), boxCountDiffers);
    REQUIRE(books.count(*id, 50));
    const auto ended = books.end(*id);
    REQUIRE(ended);
    CHECK(ended->state == ExchangeState::ended);
    CHECK_FALSE(laneStopped(*books.database, 1)->has_value());
    CHECK(*balanceOf(*books.database, Place::hopper(1)) == 50);
    CHECK(findBox(*books.database, "BX-1")->inVault == 50);
    CHECK(stockOverview(*books.database, {}, books.now)->lanes.at(0).bank == "B01");
    CHECK_REFUSED(books, books.end(*id), moveNotPossible);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a session that a power cut ended is found again, and resumed or undone") {
    StockBooks books;
    REQUIRE(books.receive(StockBooks::label("BX-1", 0, 99)));
    REQUIRE(books.open("BX-1"));
    const auto first = books.begin(1, "BX-1", 0, 49);
    const auto second = books.begin(2, "BX-1", 50, 59);
    REQUIRE(first);
    REQUIRE(second);
    books.database = liqu::test::openDatabase(books.scratch);
    const auto open = openExchanges(*books.database);
    REQUIRE(open->size() == 2);
    CHECK((*open)[0].people.secondOperatorId == "1002");
    REQUIRE(books.count(*first, 50));
    REQUIRE(books.end(*first));
    REQUIRE(books.write(
        [&](Transaction& t) { return undoExchange(t, *second, books.mandate("the power went")); }));
    CHECK(openExchanges(*books.database)->empty());
    CHECK(*balanceOf(*books.database, Place::vault()) == 50);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("loads that are refused") {
    StockBooks books;
    REQUIRE(books.receive(StockBooks::label("BX-1", 0, 199)));
    CHECK_REFUSED(books, books.begin(1, "BX-1", 0, 9), moveNotPossible);  // still sealed
    REQUIRE(books.open("BX-1"));
    CHECK_REFUSED(books, books.begin(1, "BX-1", 0, 100), placeFull);
    CHECK_REFUSED(books, books.begin(3, "BX-1", 0, 9), moveNotPossible);
    CHECK_REFUSED(books, books.begin(1, "BX-1", 195, 205), cardNotInStock);
    CHECK_REFUSED(books, books.begin(1, "BX-7", 0, 9), boxUnknown);
    CHECK_REFUSED(books, books.write([&](Transaction& t) {
        return beginLoad(t, {1, "BX-1", numberOf(0), numberOf(9)},
                         {{"1001", "1001"}, "", books.now});
    }),
                  samePersonTwice);
    const auto id = books.begin(1, "BX-1", 0, 9);
    REQUIRE(id);
    CHECK_REFUSED(books, books.begin(1, "BX-1", 10, 19), laneStopped);
    REQUIRE(books.count(*id, 10));
    REQUIRE(books.end(*id));
    CHECK_REFUSED(books, books.begin(2, "BX-1", 5, 14), rangeOverlaps);
    books.make(3, Condition::spoiled, Place::rejectBin());
    CHECK_REFUSED(books, books.begin(2, "BX-1", 3, 3), cardAlreadyUsed);
}

TEST_CASE("a lane belongs to one bank and one vendor until it is empty") {
    StockBooks books;
    books.loadLaneOne();
    for (const char* other : {"bank", "vendor"}) {
        BoxLabel label = StockBooks::label(std::string(other) == "bank" ? "BX-2" : "BX-3", 0, 9,
                                           std::string(other) == "bank" ? 'B' : 'C');
        (std::string(other) == "bank" ? label.bank : label.vendor) = "B02";
        REQUIRE(books.receive(label));
        REQUIRE(books.open(label.box));
        CHECK_REFUSED(books, books.write([&](Transaction& t) {
            return beginLoad(t, {1, label.box, label.first, label.last}, books.mandate());
        }),
                      laneBelongsToOther);
    }
}

TEST_CASE("a box without numbers is loaded and unloaded by count") {
    StockBooks books;
    BoxLabel label = StockBooks::label("BX-5", 0, 99);
    label.first.clear();
    CHECK_REFUSED(books, books.receive(label), cardNumberMistyped);  // one number alone
    label.last.clear();
    REQUIRE(books.receive(label));
    REQUIRE(books.open("BX-5"));
    const auto load = [&](std::int64_t cards) {
        return books.write([&](Transaction& t) {
            return beginLoad(t, {1, "BX-5", "", "", cards}, books.mandate());
        });
    };
    CHECK_REFUSED(books, load(0), boxCountDiffers);
    CHECK_REFUSED(books, load(101), boxCountDiffers);
    const auto id = load(40);
    REQUIRE(id);
    REQUIRE(books.count(*id, 40));
    const auto ended = books.end(*id);
    REQUIRE(ended);
    CHECK(findBox(*books.database, "BX-5")->inVault == 60);
    CHECK(judgeReading(*ended, {3, 1, "", "B01"}, {})->verdict == LaneVerdict::right);
    CHECK(judgeReading(*ended, {3, 1, numberOf(1), ""}, {})->verdict == LaneVerdict::usedNumber);
    const auto back =
        books.write([&](Transaction& t) { return beginUnload(t, 1, books.mandate()); });
    REQUIRE(back);
    REQUIRE(books.count(*back, 40));
    REQUIRE(books.end(*back));
    CHECK(findBox(*books.database, "BX-5")->inVault == 100);
    CHECK(*books.write(
              [&](Transaction& t) { return returnBox(t, "BX-5", books.mandate("all")); }) == 100);
    CHECK(*balanceOf(*books.database, Place::bank()) == 0);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("unloading brings every card back to its box") {
    StockBooks books;
    books.loadLaneOne();
    books.make(3, Condition::finished, Place::holder());
    const auto id =
        books.write([&](Transaction& t) { return beginUnload(t, 1, books.mandate("change")); });
    REQUIRE(id);
    REQUIRE(books.count(*id, 49));
    REQUIRE(books.end(*id));
    CHECK(*balanceOf(*books.database, Place::vault()) == 99);
    CHECK(findBox(*books.database, "BX-1")->inVault == 99);
    CHECK_REFUSED(books,
                  books.write([&](Transaction& t) { return beginUnload(t, 1, books.mandate()); }),
                  placeBelowZero);
    CHECK(checkInvariants(*books.database));
}
