#include "firmware/custody/lane_check.hpp"

#include "tests/unit/custody/stock_books.hpp"

using namespace liqu;
using namespace liqu::custody;
using namespace liqu::custody::test;

namespace {

Exchange load() {
    Exchange load;
    load.lane = 1;
    load.bank = "B01";
    load.first = numberOf(10);
    load.last = numberOf(59);
    load.cards = 50;
    return load;
}

LaneVerdict verdict(const LaneReading& reading, const LaneBooking& booking = {true, false, true}) {
    return judgeReading(load(), reading, booking).value().verdict;
}

}  // namespace

TEST_CASE("the first card and one at random are read") {
    SeededRandom random(1);
    for (int i = 0; i < 50; ++i) {
        const auto positions = positionsToRead(50, random);
        REQUIRE(positions.size() == 2);
        CHECK(positions[0] == 0);
        CHECK(positions[1] >= 1);
        CHECK(positions[1] < 50);
    }
    CHECK(positionsToRead(1, random) == std::vector<std::int64_t>{0});
    CHECK(positionsToRead(0, random).empty());
}

TEST_CASE("what was read is named") {
    CHECK(verdict({0, 1, numberOf(10), "B01"}) == LaneVerdict::right);
    CHECK(verdict({5, 1, numberOf(15), ""}) == LaneVerdict::right);
    CHECK(verdict({0, 2, numberOf(10), "B01"}) == LaneVerdict::doubleFeed);
    CHECK(verdict({0, 1, numberOf(10), "B02"}) == LaneVerdict::otherBank);
    CHECK(verdict({0, 1, "", "B01"}) == LaneVerdict::mute);
    CHECK(verdict({0, 1, numberOf(10), ""}, {true, true, true}) == LaneVerdict::usedNumber);
    CHECK(verdict({0, 1, numberOf(900), ""}, {}) == LaneVerdict::unknownNumber);
    CHECK(verdict({0, 1, numberOf(900), ""}, {true, false, false}) == LaneVerdict::otherLoad);
    CHECK(verdict({5, 1, numberOf(11), ""}) == LaneVerdict::outOfOrder);
    CHECK(isGood(LaneVerdict::outOfOrder));
    CHECK_FALSE(judgeReading(load(), {50, 1, "", ""}, {}));
}

TEST_CASE("a gap is named with the numbers that are not there") {
    const auto finding = judgeReading(load(), {20, 1, numberOf(33), "B01"}, {true, false, true});
    REQUIRE(finding);
    CHECK(finding->verdict == LaneVerdict::gap);
    CHECK(finding->expected == numberOf(30));
    CHECK(finding->missing == std::vector<std::string>{numberOf(30), numberOf(31), numberOf(32)});
    const auto refused = judgeLane({*finding});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::laneCheckFailed);
    CHECK(refused.error().cause.find(numberOf(30)) != std::string::npos);
    CHECK(judgeLane({LaneFinding{}}));
}

TEST_CASE("the books say whether a number may lie in this lane") {
    StockBooks books;
    books.loadLaneOne();
    books.make(3, Condition::spoiled, Place::rejectBin());
    Exchange next = load();
    next.first = numberOf(50);
    next.last = numberOf(59);
    const auto asked = [&](int n) { return readFor(*books.database, next, numberOf(n)).value(); };
    CHECK(asked(55).loaded);
    CHECK(asked(20).loaded);  // in the lane from the load before
    CHECK_FALSE(asked(70).loaded);
    CHECK(asked(3).used);
    CHECK_FALSE(asked(500).known);
}
