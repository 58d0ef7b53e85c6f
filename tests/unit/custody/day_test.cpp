// Rules: I-04.
#include "firmware/custody/lane_doubt.hpp"
#include "tests/unit/custody/stock_books.hpp"

using namespace liqu;
using namespace liqu::custody;
using namespace liqu::custody::test;

namespace {

Result<void> type(StockBooks& books, const std::string& place, const char* badge,
                  std::int64_t counted, std::vector<std::string> numbers = {}) {
    return books.write([&](Transaction& t) {
        return enterCount(t, {place, badge, counted, numbers}, books.now);
    });
}

CountLine lineOf(StockBooks& books, const std::string& place) {
    const auto lines = counting(*books.database);
    for (const CountLine& line : *lines) {
        if (line.place == place) return line;
    }
    return {};
}

}  // namespace

TEST_CASE("nobody is shown a number before both have typed theirs") {
    StockBooks books;
    books.loadLaneOne();
    CHECK(countingState(*books.database) == CountingState::notFrozen);
    CHECK_REFUSED(books, type(books, "hopper-1", "1001", 50), countIncomplete);
    REQUIRE(books.freeze());
    CHECK_REFUSED(books, books.freeze(), dayFrozen);
    const BinRules rules;
    CHECK_FALSE(stockOverview(*books.database, rules, books.now)->lanes[0].cards.has_value());
    CHECK(stockOverview(*books.database, rules, books.now)->bins[0].cards == -1);
    CHECK(stockOverview(*books.database, rules, books.now)->boxes.empty());
    CHECK(reportOf(*books.database, "20240601", {}, books.now).error().code ==
          ErrorCode::dayFrozen);
    REQUIRE(type(books, "hopper-1", "1001", 50));
    CHECK_FALSE(lineOf(books, "hopper-1").result.has_value());
    CHECK_FALSE(stockOverview(*books.database, rules, books.now)->lanes[0].cards.has_value());
    CHECK_REFUSED(books, type(books, "hopper-1", "1001", 50), samePersonTwice);
    REQUIRE(type(books, "hopper-1", "1002", 50));
    CHECK(lineOf(books, "hopper-1").result->booked == 50);
    CHECK(*stockOverview(*books.database, rules, books.now)->lanes[0].cards == 50);
    CHECK_REFUSED(books, type(books, "hopper-1", "1003", 50), countIncomplete);
    CHECK_REFUSED(books, type(books, "cupboard", "1001", 1), moveNotPossible);
    CHECK_REFUSED(books, type(books, "vault", "1001", -1), configBadValue);
    CHECK_REFUSED(books, type(books, "vault", "", 1), samePersonTwice);
    CHECK_REFUSED(books, type(books, "hold-bin", "1001", 0, {numberOf(1)}), boxCountDiffers);
    CHECK_REFUSED(books, type(books, "hold-bin", "1001", 2, {numberOf(1), numberOf(1)}),
                  boxCountDiffers);
    CHECK_REFUSED(books, type(books, "hold-bin", "1001", 1, {"A00000000"}), checkCharacterWrong);
    CHECK_REFUSED(books, books.close(), countIncomplete);
}

TEST_CASE("an equal day closes; its equation holds and its checkpoint carries the next") {
    StockBooks books;
    books.loadLaneOne();
    books.make(1, Condition::finished, Place::holder());
    books.make(2, Condition::finished, Place::holdBin());
    books.make(3, Condition::spoiled, Place::rejectBin());
    books.make(4, Condition::refused, Place::rejectBin());
    REQUIRE(books.freeze());
    REQUIRE(books.countAll());
    CHECK(countingState(*books.database) == CountingState::allEqual);
    const auto closed = books.close();
    REQUIRE(closed);
    CHECK(closed->day == "20240601");
    const ports::DayReport report = books.report("20240601");
    CHECK(report.kiosk.loaded == 50);
    CHECK(report.kiosk.taken == 1);
    CHECK(report.kiosk.expected == 49);
    CHECK(report.kiosk.counted == 49);
    CHECK(report.kiosk.difference == 0);
    CHECK(report.vault.received == 100);
    CHECK(report.vault.sentToKiosk == 50);
    CHECK(report.vault.expected == 50);
    REQUIRE(report.consumption.size() == 1);
    CHECK(report.consumption[0].consumed == 3);
    CHECK(report.consumption[0].taken == 1);
    CHECK(report.consumption[0].held == 1);
    CHECK(report.consumption[0].spoiled == 1);
    CHECK(report.consumption[0].refused == 1);
    CHECK(report.signatures.size() == 2 * 8 + 2);
    CHECK(report.cases.empty());
    for (const auto& place : report.places) {
        CHECK(place.closing == place.opening + place.in - place.out);
        CHECK(place.difference == 0);
    }
    // The next day opens with what this one left.
    books.now += oneDay;
    REQUIRE(books.write([&](Transaction& t) {
        return deliverFromHold(t, {numberOf(2), true, "P-1"}, "order-1", books.mandate());
    }));
    REQUIRE(books.freeze());
    REQUIRE(books.countAll());
    REQUIRE(books.close());
    const ports::DayReport next = books.report("20240602");
    CHECK(next.kiosk.opening == 49);
    CHECK(next.kiosk.staffDelivered == 1);
    CHECK(next.kiosk.expected == 48);
    CHECK(next.consumption.empty());
    // Handed over later, held on its day: yesterday's report does not change.
    CHECK(books.report("20240601").consumption[0].held == 1);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a lane in doubt stands still until a day with it is counted and closed") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.write([&](Transaction& t) -> Result<void> {
        TRY(stopInDoubt(t, 1, {"fed or not", "o", books.now}));
        return stopInDoubt(t, 1, {"fed or not", "o", books.now});
    }));
    const auto stop = laneStopped(*books.database, 1).value();
    REQUIRE(stop);
    CHECK(stop->why == "lane 1 is stopped: a card may have left it unseen; count the day");
    CHECK_FALSE(stop->stockCase);
    CHECK_FALSE(stop->exchange);
    CHECK_FALSE(laneStopped(*books.database, 2)->has_value());
    REQUIRE(books.freeze());
    REQUIRE(books.countAll());
    CHECK(laneStopped(*books.database, 1)->has_value());
    REQUIRE(books.close());
    CHECK_FALSE(laneStopped(*books.database, 1)->has_value());
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a difference is recounted, becomes a case and locks the lane") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.freeze());
    REQUIRE(books.countAll({{"hopper-1", 49}}));
    CHECK(countingState(*books.database) == CountingState::recount);
    CHECK_REFUSED(books, books.close(), countIncomplete);
    REQUIRE(books.recount());
    CHECK(countingState(*books.database) == CountingState::typing);
    CHECK_FALSE(lineOf(books, "hopper-1").result.has_value());  // hidden again
    CHECK_REFUSED(books, type(books, "vault", "1003", 50), countIncomplete);
    REQUIRE(books.countAll({{"hopper-1", 49}}));
    CHECK(countingState(*books.database) == CountingState::differences);
    REQUIRE(books.close());
    CHECK(*balanceOf(*books.database, Place::hopper(1)) == 49);
    CHECK(*balanceOf(*books.database, Place::missing()) == 1);
    const auto cases = openCases(*books.database);
    REQUIRE(cases->size() == 1);
    CHECK((*cases)[0].booked == 50);
    CHECK((*cases)[0].counted == 49);
    CHECK((*cases)[0].numbers.size() == 50);
    CHECK_FALSE((*cases)[0].certain);
    CHECK((*laneStopped(*books.database, 1))->stockCase == (*cases)[0].id);
    const ports::DayReport report = books.report("20240601");
    CHECK(report.kiosk.expected == 50);
    CHECK(report.kiosk.difference == -1);
    CHECK(report.missingAfter == 1);
    CHECK(report.places[0].closing == 50);
    CHECK(report.places[0].difference == -1);

    const auto release = [&](const char* why, const TwoPeople& people) {
        return books.write([&](Transaction& t) {
            return releaseCase(t, (*cases)[0].id, {people, why, books.now});
        });
    };
    CHECK_REFUSED(books, release("", {"1001", "1002"}), moveNotPossible);
    CHECK_REFUSED(books, release("seen", {"1001", "1001"}), samePersonTwice);
    REQUIRE(release("reported to the bank", {"2001", "2002"}));
    CHECK_REFUSED(books, release("again", {"2001", "2002"}), moveNotPossible);
    CHECK_FALSE(laneStopped(*books.database, 1)->has_value());
    CHECK(books.report("20240601").cases[0].releasedBy == "2001, 2002");
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a lane counted by number says which card is missing") {
    StockBooks books;
    books.loadLaneOne();
    std::vector<std::string> seen;
    for (int n = 0; n < 50; ++n) {
        if (n != 17) seen.push_back(numberOf(n));
    }
    REQUIRE(books.freeze());
    REQUIRE(books.countAll({{"hopper-1", 49}}));
    REQUIRE(books.recount());
    REQUIRE(books.countAll({{"hopper-1", 49}}, {{"hopper-1", seen}}));
    REQUIRE(books.close());
    CHECK(openCases(*books.database)->at(0).numbers == std::vector<std::string>{numberOf(17)});
    CHECK(openCases(*books.database)->at(0).certain);
    CHECK((*findCard(*books.database, numberOf(17)))->place == Place::missing());
}

TEST_CASE("a bin that lacks a card is recounted by number") {
    StockBooks books;
    books.loadLaneOne();
    books.make(1, Condition::finished, Place::holdBin());
    books.make(2, Condition::finished, Place::holdBin());
    REQUIRE(books.freeze());
    REQUIRE(books.countAll({{"hold-bin", 1}}));
    REQUIRE(books.recount());
    REQUIRE(books.countAll({{"hold-bin", 1}}));
    CHECK_REFUSED(books, books.close(), recountByNumber);
    REQUIRE(books.recount());
    REQUIRE(books.countAll({{"hold-bin", 1}}, {{"hold-bin", {numberOf(2)}}}));
    REQUIRE(books.close());
    CHECK((*findCard(*books.database, numberOf(1)))->place == Place::missing());
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a card that fell into the bin unseen explains the lane it is missing from") {
    StockBooks books;
    books.loadLaneOne();
    const std::map<std::string, std::int64_t> counted = {{"hopper-1", 49}, {"reject-bin", 1}};
    REQUIRE(books.freeze());
    REQUIRE(books.countAll(counted));
    REQUIRE(books.recount());
    REQUIRE(books.countAll(counted, {{"reject-bin", {numberOf(9)}}}));
    REQUIRE(books.close());
    CHECK((*findCard(*books.database, numberOf(9)))->place == Place::rejectBin());
    CHECK(*balanceOf(*books.database, Place::missing()) == 0);
    CHECK(books.report("20240601").kiosk.difference == 0);
    CHECK(openCases(*books.database)->size() == 2);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("people who do not agree count again; a surplus is taken into the books") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.freeze());
    REQUIRE(type(books, "hopper-1", "1001", 51));
    REQUIRE(type(books, "hopper-1", "1003", 50));
    REQUIRE(books.countAll());
    CHECK(lineOf(books, "hopper-1").result->verdict == CountVerdict::countersDiffer);
    CHECK(countingState(*books.database) == CountingState::recount);
    REQUIRE(books.recount());
    REQUIRE(books.countAll({{"hopper-1", 51}}));
    REQUIRE(books.close());
    CHECK(*balanceOf(*books.database, Place::hopper(1)) == 51);
    CHECK(books.report("20240601").kiosk.difference == 1);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("nothing is counted while a card moves or a lane is loaded") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.write([&](Transaction& t) -> Result<void> {
        TRY(moveUnidentified(t, Place::hopper(1), Place::chipStation(), {"fed", "", books.now}));
        return moveUnidentified(t, Place::chipStation(), Place::mouth(), {"out", "", books.now});
    }));
    REQUIRE(books.freeze());
    CHECK_REFUSED(books, type(books, "vault", "1001", 50), cardOnItsWay);
    REQUIRE(books.write([&](Transaction& t) {
        return moveUnidentified(t, Place::mouth(), Place::rejectBin(), {"back", "", books.now});
    }));
    CHECK(type(books, "vault", "1001", 50));
    CHECK_REFUSED(books, books.begin(2, "BX-1", 50, 59), dayFrozen);
    REQUIRE(books.write([&](Transaction& t) { return thawDay(t, books.mandate("not today")); }));
    const auto id = books.begin(2, "BX-1", 50, 59);
    REQUIRE(id);
    REQUIRE(books.freeze());
    CHECK_REFUSED(books, type(books, "vault", "1001", 50), laneStopped);
}

TEST_CASE("the gate: frozen, unclosed, allowed by policy, and the evening after the close") {
    StockBooks books;
    const auto gate = [&](bool issueWhileUnclosed) {
        const auto open = dayGate(*books.database, books.now,
                                  issueWhileUnclosed ? Unclosed::goesOn : Unclosed::stops);
        return open ? std::optional<ErrorCode>() : open.error().code;
    };
    CHECK_FALSE(gate(false));
    books.loadLaneOne();
    CHECK_FALSE(gate(false));
    books.now += oneDay;
    CHECK(gate(false) == ErrorCode::dayUnclosed);
    CHECK_FALSE(gate(true));
    REQUIRE(books.freeze());
    CHECK(gate(true) == ErrorCode::dayFrozen);
    REQUIRE(books.countAll());
    const auto closed = books.close();
    REQUIRE(closed);
    CHECK(closed->day == "20240601");
    CHECK(books.report("20240601").calendarDays == 2);
    CHECK_FALSE(gate(false));
    CHECK(books.close().error().code == ErrorCode::countIncomplete);
    books.make(1, Condition::finished, Place::holder());
    CHECK((*currentDay(*books.database))->day == "20240602");
}

TEST_CASE(
    "a closed day is closed: it is neither frozen nor closed again, and later moves are "
    "tomorrow's") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.freeze());
    REQUIRE(books.countAll());
    REQUIRE(books.close());
    CHECK_REFUSED(books, books.close(), dayAlreadyClosed);
    CHECK_REFUSED(books, books.freeze(), dayAlreadyClosed);
    books.make(1, Condition::finished, Place::holder());
    CHECK((*currentDay(*books.database))->day == "20240602");
    CHECK(books.report("20240601").kiosk.taken == 0);
    CHECK(closedDays(*books.database, 9)->size() == 1);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("the province's view: only here, only there, a state that differs") {
    StockBooks books;
    books.loadLaneOne();
    books.make(1, Condition::finished, Place::holder());
    books.make(2, Condition::finished, Place::holdBin());
    books.make(3, Condition::spoiled, Place::rejectBin());
    const auto compare = [&](const std::vector<RemoteCard>& remote) {
        return books
            .write([&](Transaction& t) {
                return compareWithProvince(t, "20240601", remote, books.now);
            })
            .value();
    };
    CHECK(compare({{"", numberOf(1), true}, {"", numberOf(2), true}, {"", numberOf(3), false}})
              .empty());
    const auto differences =
        compare({{"", numberOf(2), false}, {"", numberOf(3), false}, {"", numberOf(9), true}});
    REQUIRE(differences.size() == 3);
    CHECK(differences[0].kind == ports::DifferenceKind::stateDiff);
    CHECK(differences[0].here == "finished");
    CHECK(differences[1].kind == ports::DifferenceKind::onlyRemote);
    CHECK(differences[2].kind == ports::DifferenceKind::onlyLocal);
    CHECK(differences[2].cardNumber == numberOf(1));
    CHECK(books.report("20240601").differences.size() == 3);
    CHECK(books.report("20240601").comparedAt.has_value());
}

TEST_CASE("a card between permit and end is consumed on the day of its end") {
    StockBooks books;
    books.loadLaneOne();
    const std::string number = numberOf(5);
    REQUIRE(books.write([&](Transaction& t) -> Result<void> {
        TRY(moveUnidentified(t, Place::hopper(1), Place::chipStation(), {"fed", "o", books.now}));
        TRY(identify(t, number, 1, books.now));
        return setCondition(t, number, Condition::written, "o", books.now);
    }));
    REQUIRE(books.freeze());
    REQUIRE(books.countAll());
    REQUIRE(books.close());
    const ports::DayReport report = books.report("20240601");
    REQUIRE(report.consumption.size() == 1);
    CHECK(report.consumption[0].consumed == 0);
    CHECK(report.consumption[0].undecided == 1);
    books.now += oneDay;
    REQUIRE(books.write([&](Transaction& t) -> Result<void> {
        TRY(setCondition(t, number, Condition::spoiled, "o", books.now));
        return moveCard(t, number, Place::chipStation(), Place::rejectBin(),
                        {"late", "o", books.now});
    }));
    CHECK(books.report("20240602").consumption[0].spoiled == 1);
}

TEST_CASE("a card gone from the printer is marked until it is found, and told at the close") {
    StockBooks books;
    books.loadLaneOne();
    const auto goesFromTheStation = [&](int n) {
        REQUIRE(books.write([&](Transaction& t) -> Result<void> {
            TRY(moveUnidentified(t, Place::hopper(1), Place::chipStation(),
                                 {"fed", "", books.now}));
            TRY(identify(t, numberOf(n), 1, books.now));
            return moveCard(t, numberOf(n), Place::chipStation(), Place::missing(),
                            {std::string(goneReason), "", books.now});
        }));
    };
    CHECK(*goneToday(*books.database) == 0);
    goesFromTheStation(1);
    goesFromTheStation(2);
    CHECK(*goneToday(*books.database) == 2);
    REQUIRE(books.find(numberOf(2), Place::vault()));
    CHECK(*goneToday(*books.database) == 1);
    const std::string day = (*currentDay(*books.database))->day;
    REQUIRE(books.closeCounted({}));
    const auto told = correctionsOf(*books.database, day);
    REQUIRE(told);
    REQUIRE(told->size() == 1);
    CHECK(told->front().reason == goneReason);
    CHECK(told->front().from == Place::chipStation().name());
    CHECK(told->front().to == Place::missing().name());
    CHECK(told->front().numbers == std::vector{numberOf(1), numberOf(2)});
}
