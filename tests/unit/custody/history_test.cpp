// Rules: D-02.
#include "tests/unit/custody/stock_books.hpp"

using namespace liqu;
using namespace liqu::custody;
using namespace liqu::custody::test;

TEST_CASE("where is card 3, and since when") {
    StockBooks books;
    books.loadLaneOne();
    books.now += std::chrono::hours{1};
    books.make(3, Condition::finished, Place::holdBin());
    const auto where = whereIs(*books.database, numberOf(3));
    REQUIRE(where);
    CHECK(where->card.place == Place::holdBin());
    CHECK(where->box == "BX-1");
    CHECK(where->since == books.now);
    CHECK(whereIs(*books.database, numberOf(4))->since == noon);
    CHECK(whereIs(*books.database, numberOf(999)).error().code == ErrorCode::cardNotInStock);

    const auto lines = historyOfNumber(*books.database, numberOf(3));
    REQUIRE(lines);
    std::vector<std::string> what;
    for (const HistoryLine& line : *lines) what.push_back(line.what);
    CHECK(what == std::vector<std::string>{"received", "loaded", "identified", "permitted",
                                           "finished", "put away"});
    CHECK((*lines)[0].people.operatorId == "1001");
    CHECK((*lines)[1].to == "hopper-1");
}

TEST_CASE("the history of a box and of a day") {
    StockBooks books;
    books.loadLaneOne();
    const auto box = historyOfBox(*books.database, "BX-1", 100);
    REQUIRE(box);
    REQUIRE(box->size() == 3);
    CHECK((*box)[1].what == "opened");
    CHECK((*box)[2].cards == 50);
    CHECK(historyOfBox(*books.database, "BX-9", 100).error().code == ErrorCode::boxUnknown);
    CHECK(historyOfDay(*books.database, "20240601", 100)->size() == 3);
    const auto newest = historyOfDay(*books.database, "20240601", 1);
    REQUIRE(newest->size() == 1);
    CHECK((*newest)[0].what == "loaded");
}

TEST_CASE("the overview opens with everything that waits for somebody") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.begin(2, "BX-1", 50, 59));
    const auto overview = stockOverview(*books.database, {}, books.now);
    REQUIRE(overview);
    REQUIRE(overview->lanes.size() == 2);
    CHECK(overview->lanes[0].cards == 50);
    CHECK(overview->lanes[0].bank == "B01");
    CHECK(overview->lanes[1].stop.has_value());
    CHECK(overview->vault == 50);
    CHECK(overview->openExchanges.size() == 1);
    CHECK_FALSE(overview->counting);
}
