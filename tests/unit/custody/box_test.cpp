// Rules: I-03.
#include "tests/unit/custody/stock_books.hpp"

using namespace liqu;
using namespace liqu::custody;
using namespace liqu::custody::test;

TEST_CASE("a box comes, is opened, and what is left goes back") {
    StockBooks books;
    REQUIRE(books.receive(StockBooks::label("BX-1", 0, 99)));
    CHECK(*balanceOf(*books.database, Place::vault()) == 100);
    CHECK(boxesInVault(*books.database)->size() == 1);
    CHECK((*findCard(*books.database, numberOf(7)))->place == Place::vault());
    REQUIRE(books.open("BX-1"));
    CHECK(findBox(*books.database, "BX-1")->state == BoxState::opened);
    const auto back =
        books.write([&](Transaction& t) { return returnBox(t, "BX-1", books.mandate("damaged")); });
    REQUIRE(back);
    CHECK(*back == 100);
    CHECK(findBox(*books.database, "BX-1")->state == BoxState::returned);
    CHECK((*findCard(*books.database, numberOf(7)))->place == Place::bank());
    CHECK(*balanceOf(*books.database, Place::bank()) == 0);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a box is destroyed in front of two") {
    StockBooks books;
    REQUIRE(books.receive(StockBooks::label("BX-1", 0, 9)));
    CHECK_REFUSED(books, books.write([&](Transaction& t) {
        return destroyBox(t, "BX-1", {{"1001", "1001"}, "wet", books.now});
    }),
                  samePersonTwice);
    CHECK(*books.write(
              [&](Transaction& t) { return destroyBox(t, "BX-1", books.mandate("wet")); }) == 10);
    CHECK(*balanceOf(*books.database, Place::destroyed()) == 10);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("boxes that are refused, with words and without a trace") {
    StockBooks books;
    REQUIRE(books.receive(StockBooks::label("BX-1", 0, 99)));
    const auto refuse = [&](auto change, auto code) {
        BoxLabel label = StockBooks::label("BX-2", 200, 299);
        change(label);
        const std::string before = books.dump();
        const auto refused = books.receive(label);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == code);
        CHECK(refused.error().cause.size() > 10);
        CHECK(books.dump() == before);
    };
    refuse([](BoxLabel& l) { l.first = numberOf(50), l.last = numberOf(149); },
           ErrorCode::rangeOverlaps);
    refuse([](BoxLabel& l) { l.box = "BX-1"; }, ErrorCode::rangeOverlaps);
    refuse([](BoxLabel& l) { std::swap(l.first, l.last); }, ErrorCode::rangeReversed);
    refuse([](BoxLabel& l) { l.first[8] = l.first[8] == '0' ? '1' : '0'; },
           ErrorCode::checkCharacterWrong);
    refuse([](BoxLabel& l) { l.count = 99; }, ErrorCode::boxCountDiffers);
    refuse([](BoxLabel& l) { l.last = numberOf(200 + 500), l.count = 501; },
           ErrorCode::boxCountDiffers);
    refuse([](BoxLabel& l) { l.count = 0; }, ErrorCode::boxCountDiffers);
    refuse([](BoxLabel& l) { l.region = "440300"; }, ErrorCode::boxOfOtherRegion);
    refuse([](BoxLabel& l) { l.bank = "B09"; }, ErrorCode::boxOfOtherRegion);
    refuse([](BoxLabel& l) { l.seal.clear(); }, ErrorCode::labelMistyped);
    refuse([](BoxLabel& l) { l.box = "box one"; }, ErrorCode::labelMistyped);
    refuse([](BoxLabel& l) { l.first = "200"; }, ErrorCode::cardNumberMistyped);
}

TEST_CASE("a seal that differs, a box that is not there, a second opening") {
    StockBooks books;
    REQUIRE(books.receive(StockBooks::label("BX-1", 0, 9)));
    CHECK_REFUSED(books, books.write([&](Transaction& t) {
        return openBox(t, "BX-1", "S-2", books.mandate());
    }),
                  sealDiffers);
    CHECK_REFUSED(books, books.open("BX-9"), boxUnknown);
    REQUIRE(books.open("BX-1"));
    CHECK_REFUSED(books, books.open("BX-1"), moveNotPossible);
}

TEST_CASE("a clock set back over midnight moves nothing; within the day it may") {
    StockBooks books;
    REQUIRE(books.receive(StockBooks::label("BX-1", 0, 9)));
    books.now -= std::chrono::hours{2};
    CHECK(books.receive(StockBooks::label("BX-2", 10, 19)));
    books.now -= oneDay;
    CHECK_REFUSED(books, books.receive(StockBooks::label("BX-3", 20, 29)), clockNotTrusted);
    CHECK(dayGate(*books.database, books.now, Unclosed::goesOn).error().code ==
          ErrorCode::clockNotTrusted);
}

TEST_CASE("who acts is named by two badges") {
    CHECK(requireTwo({"1001", "A-2"}));
    for (const TwoPeople& people :
         {TwoPeople{"1001", "1001"}, TwoPeople{"1001", ""}, TwoPeople{"", ""},
          TwoPeople{"1001", "a name"}, TwoPeople{"1001", std::string(21, '1')}}) {
        CHECK(requireTwo(people).error().code == ErrorCode::samePersonTwice);
    }
}
