// Rules: K-02, K-03, K-05, M-05, W-04.
#include <algorithm>

#include "tests/unit/custody/stock_books.hpp"

using namespace liqu;
using namespace liqu::custody;
using namespace liqu::custody::test;

TEST_CASE("bins say what lies in them, how full they are and what is overdue") {
    StockBooks books;
    books.loadLaneOne();
    books.make(3, Condition::finished, Place::holdBin());
    books.now += oneDay * 6;
    books.make(4, Condition::finished, Place::holdBin());
    books.now += oneDay * 2;
    const auto all = bins(*books.database, {7, 30, 30}, books.now);
    REQUIRE(all->size() == 4);
    const Bin& hold = (*all)[0];
    CHECK(hold.cards == 2);
    CHECK(hold.capacity == 30);
    CHECK(hold.overdue == 1);
    CHECK(hold.numbered[0].card.cardNumber == numberOf(3));
    CHECK(hold.numbered[0].overdue);
    CHECK_FALSE(hold.numbered[1].overdue);
}

TEST_CASE("a held card leaves only with identity, signature and two people") {
    StockBooks books;
    books.loadLaneOne();
    books.make(3, Condition::finished, Place::holdBin());
    const auto deliver = [&](bool checked, const std::string& paper, const Mandate& mandate) {
        return books.write([&](Transaction& t) {
            return deliverFromHold(t, {numberOf(3), checked, paper}, "order-1", mandate);
        });
    };
    CHECK_REFUSED(books, deliver(false, "P-1", books.mandate()), handoverNotProven);
    CHECK_REFUSED(books, deliver(true, "", books.mandate()), handoverNotProven);
    CHECK_REFUSED(books, deliver(true, "P-1", Mandate{{"1001", "1001"}, "", books.now}),
                  samePersonTwice);
    REQUIRE(deliver(true, "P-1", books.mandate()));
    CHECK((*findCard(*books.database, numberOf(3)))->place == Place::holder());
    CHECK_REFUSED(books, deliver(true, "P-1", books.mandate()), moveNotPossible);
}

TEST_CASE("the reject bin goes back to the bank as a whole, and is destroyed by two") {
    StockBooks books;
    books.loadLaneOne();
    books.make(3, Condition::spoiled, Place::rejectBin());
    books.make(4, Condition::refused, Place::rejectBin());
    REQUIRE(books.write([&](Transaction& t) -> Result<void> {  // a mute blank: no number
        TRY(moveUnidentified(t, Place::hopper(1), Place::chipStation(), {"fed", "", books.now}));
        return moveUnidentified(t, Place::chipStation(), Place::rejectBin(),
                                {"mute", "", books.now});
    }));
    const auto empty = [&](std::int64_t counted) {
        return books.write([&](Transaction& t) {
            return emptyBin(t, Place::rejectBin(), counted, books.mandate());
        });
    };
    CHECK_REFUSED(books, empty(2), binCountDiffers);
    const auto emptied = empty(3);
    REQUIRE(emptied);
    CHECK(emptied->numbers == std::vector<std::string>{numberOf(3), numberOf(4)});
    CHECK(emptied->withoutNumber == 1);
    CHECK_REFUSED(books, empty(0), placeBelowZero);
    const auto destroy = [&](std::vector<std::string> numbers) {
        return books.write(
            [&](Transaction& t) { return destroyReturned(t, numbers, books.mandate()); });
    };
    CHECK_REFUSED(books, destroy({numberOf(5)}), moveNotPossible);
    CHECK_REFUSED(books, destroy({}), moveNotPossible);
    REQUIRE(destroy({numberOf(4), numberOf(3)}));
    CHECK(*balanceOf(*books.database, Place::destroyed()) == 2);
    CHECK(checkInvariants(*books.database));
    // The mute one has left its number behind in the lane: staff name it.
    const auto unload =
        books.write([&](Transaction& t) { return beginUnload(t, 1, books.mandate()); });
    REQUIRE(unload);
    REQUIRE(books.count(*unload, 47));
    CHECK_REFUSED(books, books.end(*unload), unreadCardUnnamed);
    const auto name = [&](int n) {
        return books.write([&](Transaction& t) {
            return nameCard(t, numberOf(n), Place::bank(), books.mandate());
        });
    };
    REQUIRE(name(20));
    CHECK_REFUSED(books, name(21), moveNotPossible);
    REQUIRE(books.end(*unload));
    CHECK(*balanceOf(*books.database, Place::vault()) == 97);
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a missing card is booked with a reason, and found again") {
    StockBooks books;
    books.loadLaneOne();
    const auto missing = [&](const std::string& number, const Place& from, const char* why) {
        return books.write(
            [&](Transaction& t) { return bookMissing(t, number, from, books.mandate(why)); });
    };
    const auto found = [&](const std::string& number, const Place& at) {
        return books.write(
            [&](Transaction& t) { return bookFound(t, number, at, books.mandate("behind it")); });
    };
    CHECK_REFUSED(books, missing(numberOf(3), Place::hopper(1), ""), moveNotPossible);
    CHECK_REFUSED(books, missing(numberOf(3), Place::holder(), "gone"), moveNotPossible);
    CHECK_REFUSED(books, missing(numberOf(60), Place::hopper(1), "gone"), moveNotPossible);
    REQUIRE(missing(numberOf(3), Place::hopper(1), "gone"));
    REQUIRE(missing(numberOf(60), Place::vault(), "gone"));
    CHECK(findBox(*books.database, "BX-1")->inVault == 49);
    CHECK(*balanceOf(*books.database, Place::missing()) == 2);
    REQUIRE(found(numberOf(60), Place::vault()));
    CHECK(findBox(*books.database, "BX-1")->inVault == 50);
    REQUIRE(found(numberOf(3), Place::hopper(1)));
    CHECK_REFUSED(books, found(numberOf(3), Place::hopper(1)), moveNotPossible);
    books.make(5, Condition::finished, Place::holdBin());
    REQUIRE(missing(numberOf(5), Place::holdBin(), "gone"));
    CHECK_REFUSED(books, found(numberOf(5), Place::hopper(1)), cardAlreadyUsed);
    REQUIRE(found(numberOf(5), Place::holdBin()));
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("a card missed by count only gets its name later") {
    StockBooks books;
    books.loadLaneOne();
    const auto missing = [&](const std::string& number) {
        return books.write([&](Transaction& t) {
            return bookMissing(t, number, Place::hopper(1), books.mandate("49 of 50"));
        });
    };
    REQUIRE(missing(""));
    CHECK(*balanceOf(*books.database, Place::hopper(1)) == 49);
    REQUIRE(missing(numberOf(8)));
    CHECK(*balanceOf(*books.database, Place::hopper(1)) == 49);
    CHECK((*findCard(*books.database, numberOf(8)))->place == Place::missing());
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("unfetched cards go into the cabinet, wait there for their months, and go to the bank") {
    StockBooks books;
    books.loadLaneOne();
    books.make(3, Condition::finished, Place::holdBin());
    books.make(4, Condition::spoiled, Place::rejectBin());
    const auto keep = [&](const std::vector<std::string>& numbers) {
        return books.write(
            [&](Transaction& t) { return moveToCabinet(t, numbers, books.mandate()); });
    };
    CHECK_REFUSED(books, keep({}), moveNotPossible);
    CHECK_REFUSED(books, keep({numberOf(4)}), moveNotPossible);
    CHECK_REFUSED(books, keep({numberOf(3), numberOf(3)}), moveNotPossible);
    const WallTime held = books.now;
    books.now += oneDay * 8;
    REQUIRE(keep({numberOf(3)}));
    CHECK_REFUSED(books, keep({numberOf(3)}), moveNotPossible);
    const auto cabinet = [&] { return bins(*books.database, {}, books.now)->back(); };
    CHECK(cabinet().place == Place::cabinet());
    CHECK(cabinet().cards == 1);
    CHECK(cabinet().numbered[0].heldSince == held);
    CHECK(cabinet().numbered[0].since == books.now);
    CHECK(cabinet().overdue == 0);
    // What a bank keeps for its holder is never on the list of what is destroyed.
    REQUIRE(books.write([&](Transaction& t) {
        return returnHeld(t, {numberOf(3)}, books.mandate("unclaimed L-1"));
    }));
    CHECK(returnedFromBins(*books.database, 9)->empty());
    CHECK_REFUSED(books, books.write([&](Transaction& t) {
        return destroyReturned(t, {numberOf(3)}, books.mandate());
    }),
                  moveNotPossible);
    REQUIRE(checkInvariants(*books.database));
}

TEST_CASE("six calendar months: on the last day not yet, on the day after it") {
    const auto at = [](int year, unsigned month, unsigned day) {
        const Date date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
        return WallTime{std::chrono::sys_days{date}} + std::chrono::hours{4};  // noon in China
    };
    CHECK_FALSE(isUnclaimed(at(2024, 6, 1), 6, at(2024, 12, 1)));
    CHECK(isUnclaimed(at(2024, 6, 1), 6, at(2024, 12, 2)));
    CHECK_FALSE(isUnclaimed(at(2024, 8, 31), 6, at(2025, 2, 28)));
    CHECK(isUnclaimed(at(2024, 8, 31), 6, at(2025, 3, 1)));
}

TEST_CASE("the cabinet is counted, and the day's report takes it for no part of the machine") {
    StockBooks books;
    books.loadLaneOne();
    books.make(3, Condition::finished, Place::holdBin());
    REQUIRE(books.write(
        [&](Transaction& t) { return moveToCabinet(t, {numberOf(3)}, books.mandate()); }));
    REQUIRE(books.freeze());
    REQUIRE(books.countAll());
    const auto day = books.close();
    REQUIRE(day);
    const ports::DayReport report = books.report(day->day);
    const auto line = std::ranges::find(report.places, "cabinet", &ports::PlaceFigures::place);
    REQUIRE(line != report.places.end());
    CHECK(line->counted == 1);
    CHECK(report.kiosk.toCabinet == 1);
    CHECK(report.kiosk.expected == 49);
    CHECK(report.kiosk.difference == 0);
}

TEST_CASE("an old card that the books fell back behind is found in its bin, by two") {
    StockBooks books;
    books.loadLaneOne();
    books.make(3, Condition::finished, Place::holder());
    books.make(4, Condition::finished, Place::holdBin());
    Mandate mandate = books.mandate();
    mandate.reason = "counted";
    const auto find = [&](const std::string& number, const Place& at) {
        return books.write([&](Transaction& t) { return bookFound(t, number, at, mandate); });
    };
    const std::string foreign = numberOf(77, 'K');
    CHECK_REFUSED(books, find(foreign, Place::rejectBin()), cardNotInStock);
    REQUIRE(find(foreign, Place::oldCardBin()));
    REQUIRE(find(numberOf(3), Place::oldCardBin()));
    CHECK(*balanceOf(*books.database, Place::oldCardBin()) == 2);
    CHECK(findCard(*books.database, foreign)->value().condition == "recovered");
    CHECK(findCard(*books.database, numberOf(3))->value().condition == "recovered");
    // Once, and none that lies elsewhere.
    for (const std::string& number : {foreign, numberOf(3), numberOf(4), numberOf(5)}) {
        CAPTURE(number);
        CHECK_FALSE(find(number, Place::oldCardBin()));
    }
    CHECK(checkInvariants(*books.database));
}

TEST_CASE("an old card comes from its holder or from outside, once, and leaves with its bin") {
    StockBooks books;
    books.loadLaneOne();
    books.make(3, Condition::finished, Place::holder());
    books.make(4, Condition::finished, Place::holdBin());
    const auto take = [&](const std::string& number) {
        return books.write([&](Transaction& t) {
            return takeInOldCard(t, number, "B02", {"exchanged", "order-9", books.now});
        });
    };
    const std::string foreign = numberOf(77, 'K');
    REQUIRE(take(numberOf(3)));
    REQUIRE(take(foreign));
    CHECK(*balanceOf(*books.database, Place::oldCardBin()) == 2);
    const auto own = *findCard(*books.database, numberOf(3));
    CHECK(own->condition == "recovered");
    CHECK(own->bank == "B01");
    CHECK(own->orderId != "order-9");
    const auto other = *findCard(*books.database, foreign);
    CHECK(other->bank == "B02");
    CHECK(other->orderId == "order-9");
    // Neither one that waits here, nor a blank, nor the same one again.
    for (const std::string& number : {numberOf(4), numberOf(5), numberOf(3), foreign}) {
        CAPTURE(number);
        CHECK_REFUSED(books, take(number), moveNotPossible);
        CHECK_FALSE(requireOldCard(*books.database, number));
    }
    CHECK(requireOldCard(*books.database, numberOf(78, 'K')));
    const auto emptied = books.write(
        [&](Transaction& t) { return emptyBin(t, Place::oldCardBin(), 2, books.mandate()); });
    REQUIRE(emptied);
    CHECK_FALSE(requireOldCard(*books.database, foreign));
    const auto numbers = returnedFromBins(*books.database, 10);
    REQUIRE(numbers->size() == 2);
    REQUIRE(
        books.write([&](Transaction& t) { return destroyReturned(t, *numbers, books.mandate()); }));
    CHECK(checkInvariants(*books.database));
}
