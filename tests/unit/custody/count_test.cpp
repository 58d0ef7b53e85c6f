// What the daily count must not lose: numbers, evidence, and its being blind.
#include "tests/unit/custody/stock_books.hpp"

using namespace liqu;
using namespace liqu::custody;
using namespace liqu::custody::test;

namespace {

CountLine lineOf(StockBooks& books, const std::string& place) {
    const auto lines = counting(*books.database);
    for (const CountLine& line : *lines) {
        if (line.place == place) return line;
    }
    return {};
}

// Both people look at every card of a bin.
void lookAt(StockBooks& books, const std::string& place, std::int64_t counted,
            const std::vector<std::string>& seen) {
    for (const char* badge : {"1001", "1002"}) {
        REQUIRE(books.write([&](Transaction& t) {
            return enterCount(t, {place, badge, counted, seen, true}, books.now);
        }));
    }
}

void countTwice(StockBooks& books, const std::map<std::string, std::int64_t>& counted) {
    REQUIRE(books.freeze());
    REQUIRE(books.countAll(counted));
    REQUIRE(books.recount());
    REQUIRE(books.countAll(counted));
}

}  // namespace

TEST_CASE("a difference is shown when it was counted twice, not before") {
    StockBooks books;
    books.loadLaneOne();
    const auto shown = [&] {
        return stockOverview(*books.database, {}, books.now)->lanes[0].cards.has_value();
    };
    REQUIRE(books.freeze());
    REQUIRE(books.countAll({{"hopper-1", 49}}));
    CHECK_FALSE(showsBooked(lineOf(books, "hopper-1")));
    CHECK_FALSE(shown());
    CHECK(showsBooked(lineOf(books, "vault")));
    REQUIRE(books.recount());
    REQUIRE(books.countAll({{"hopper-1", 49}}));
    CHECK(showsBooked(lineOf(books, "hopper-1")));
    CHECK(shown());
}

TEST_CASE("an empty bin and an empty lane say which cards are missing, or among which") {
    StockBooks books;
    books.loadLaneOne();
    books.make(1, Condition::finished, Place::holdBin());
    REQUIRE(books.write([&](Transaction& t) -> Result<void> {
        TRY(moveUnidentified(t, Place::hopper(1), Place::chipStation(), {"fed", "", books.now}));
        return moveUnidentified(t, Place::chipStation(), Place::rejectBin(),
                                {"mute", "", books.now});
    }));
    countTwice(books, {{"hold-bin", 0}, {"hopper-1", 0}});
    REQUIRE(books.close());
    CHECK((*findCard(*books.database, numberOf(1)))->place == Place::missing());
    CHECK(*balanceOf(*books.database, Place::hopper(1)) == 0);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a bin looked at card by card: every number is accounted for") {
    StockBooks books;
    books.loadLaneOne();
    for (int n = 1; n <= 3; ++n) books.make(n, Condition::finished, Place::holdBin());
    countTwice(books, {{"hold-bin", 2}});
    CHECK(mustBeRecounted(lineOf(books, "hold-bin")));
    CHECK_REFUSED(books, books.close(), recountByNumber);
    REQUIRE(books.recount());
    CHECK(asksForNumbers(lineOf(books, "hold-bin")));
    // One of ours, and one nobody can read.
    lookAt(books, "hold-bin", 2, {numberOf(2)});
    CHECK_FALSE(mustBeRecounted(lineOf(books, "hold-bin")));
    REQUIRE(books.close());
    CHECK((*findCard(*books.database, numberOf(1)))->place == Place::missing());
    CHECK((*findCard(*books.database, numberOf(2)))->place == Place::holdBin());
    CHECK((*findCard(*books.database, numberOf(3)))->place == Place::missing());
    CHECK(*balanceOf(*books.database, Place::holdBin()) == 2);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("as many cards as booked, but not the same ones: the one that is not there is missing") {
    StockBooks books;
    books.loadLaneOne();
    books.make(1, Condition::finished, Place::holdBin());
    books.make(2, Condition::finished, Place::holdBin());
    countTwice(books, {{"hold-bin", 1}});
    REQUIRE(books.recount());
    lookAt(books, "hold-bin", 2, {numberOf(1)});
    CHECK(countingState(*books.database) == CountingState::differences);
    REQUIRE(books.close());
    CHECK((*findCard(*books.database, numberOf(2)))->place == Place::missing());
    CHECK(*balanceOf(*books.database, Place::holdBin()) == 2);
    CHECK(openCases(*books.database)->at(0).numbers == std::vector<std::string>{numberOf(2)});
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a card that lies in the other bin is booked there by its number") {
    StockBooks books;
    books.loadLaneOne();
    books.make(1, Condition::finished, Place::holdBin());
    books.make(2, Condition::finished, Place::holdBin());
    countTwice(books, {{"hold-bin", 1}, {"reject-bin", 1}});
    REQUIRE(books.recount());
    lookAt(books, "hold-bin", 1, {numberOf(1)});
    lookAt(books, "reject-bin", 1, {numberOf(2)});
    REQUIRE(books.close());
    CHECK((*findCard(*books.database, numberOf(2)))->place == Place::rejectBin());
    CHECK(*balanceOf(*books.database, Place::missing()) == 0);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a card too many inside is put into the reject bin, and both are counted again") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.freeze());
    REQUIRE(books.countAll({{"path", 1}}));
    REQUIRE(books.recount());
    // Nobody is told yet where the difference is.
    CHECK(lineOf(books, "reject-bin").result.has_value());
    REQUIRE(books.countAll({{"path", 1}}));
    CHECK(mustBeRecounted(lineOf(books, "path")));
    CHECK_REFUSED(books, books.close(), cardInsideUnbooked);
    REQUIRE(books.recount());
    CHECK_FALSE(lineOf(books, "path").result.has_value());
    CHECK_FALSE(lineOf(books, "reject-bin").result.has_value());
    CHECK(lineOf(books, "hold-bin").result.has_value());
    REQUIRE(books.countAll({{"path", 0}, {"reject-bin", 1}}));
    CHECK(countingState(*books.database) == CountingState::differences);
    REQUIRE(books.close());
    CHECK(*balanceOf(*books.database, Place::rejectBin()) == 1);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a count that is stopped keeps what was typed, with what the books had then") {
    StockBooks books;
    books.loadLaneOne();
    const auto stop = [&] {
        REQUIRE(
            books.write([&](Transaction& t) { return thawDay(t, books.mandate("called away")); }));
    };
    countTwice(books, {{"hopper-1", 48}});
    stop();
    REQUIRE(books.freeze());
    REQUIRE(books.countAll({{"hopper-1", 49}}));
    stop();
    REQUIRE(books.freeze());
    REQUIRE(books.countAll());
    REQUIRE(books.close());
    std::vector<std::int64_t> counted;
    for (const ports::GivenUpCount& one : books.report("20240601").givenUp) {
        if (one.place != "hopper-1") continue;
        CHECK(one.booked == 50);
        counted.push_back(one.counted);
    }
    CHECK(counted == std::vector<std::int64_t>{48, 48, 48, 48, 49, 49});
}

TEST_CASE("what is counted is not moved, named or given away by staff") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.receive(StockBooks::label("BX-2", 200, 209)));
    books.make(1, Condition::finished, Place::holdBin());
    books.make(2, Condition::spoiled, Place::rejectBin());
    REQUIRE(books.freeze());
    const auto isRefused = [&](auto change) {
        CHECK_REFUSED(books,
                      books.write([&](Transaction& t) { return change(t, books.mandate("x")); }),
                      dayFrozen);
    };
    CHECK_REFUSED(books, books.receive(StockBooks::label("BX-3", 300, 309)), dayFrozen);
    CHECK_REFUSED(books, books.open("BX-2"), dayFrozen);
    isRefused([](Transaction& t, const Mandate& mandate) { return returnBox(t, "BX-1", mandate); });
    isRefused(
        [](Transaction& t, const Mandate& mandate) { return destroyBox(t, "BX-1", mandate); });
    isRefused([](Transaction& t, const Mandate& mandate) {
        return emptyBin(t, Place::rejectBin(), 1, mandate);
    });
    isRefused([](Transaction& t, const Mandate& mandate) {
        return deliverFromHold(t, {numberOf(1), true, "P-1"}, "order-1", mandate);
    });
    isRefused([](Transaction& t, const Mandate& mandate) {
        return bookMissing(t, numberOf(3), Place::hopper(1), mandate);
    });
    isRefused([](Transaction& t, const Mandate& mandate) {
        return bookFound(t, numberOf(3), Place::vault(), mandate);
    });
    isRefused([](Transaction& t, const Mandate& mandate) {
        return nameCard(t, numberOf(3), Place::rejectBin(), mandate);
    });
    // The machine finishes what it began.
    CHECK(books.write([&](Transaction& t) {
        return moveUnidentified(t, Place::hopper(1), Place::chipStation(), {"fed", "", books.now});
    }));
}

TEST_CASE("a card that waits unread at the chip station can be named") {
    StockBooks books;
    books.loadLaneOne();
    REQUIRE(books.write([&](Transaction& t) {
        return moveUnidentified(t, Place::hopper(1), Place::chipStation(), {"fed", "", books.now});
    }));
    REQUIRE(books.write([&](Transaction& t) {
        return nameCard(t, numberOf(7), Place::chipStation(), books.mandate("read from the card"));
    }));
    CHECK((*findCard(*books.database, numberOf(7)))->place == Place::chipStation());
    CHECK(checkInvariants(*books.database));
}
