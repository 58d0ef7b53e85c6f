// A jam in the books: open from its begin to its end, and the card that came out booked once, from
// wherever the books had it.
#include "firmware/desk/jam_clearing.hpp"

#include "tests/unit/desk/branch.hpp"

namespace liqu::desk {
namespace {

struct Jam {
    Branch branch;
    Jam() { branch.loadLane(); }

    DeskParts parts() { return branch.parts(staff::Deed{staff::Act::clearJam, "by a test"}); }
    std::string number(const char* body) { return Branch::number(body); }
    void feed(const std::string& number) {
        const WallTime at = branch.clock.wallTime();
        auto transaction = Transaction::begin(*branch.database).value();
        REQUIRE(custody::moveUnidentified(transaction, Place::hopper(1), Place::chipStation(),
                                          {"fed", "", at}));
        if (!number.empty()) REQUIRE(custody::identify(transaction, number, 1, at));
        REQUIRE(transaction.commit());
    }
    void missFromStation(const std::string& number) {
        REQUIRE(branch.desk().bookMissing(number, Place::chipStation(), "pulled-out", branch.two));
    }
    std::string placeOf(const std::string& number) {
        return custody::findCard(*branch.database, number).value()->place.name();
    }
    std::int64_t at(const Place& place) {
        return custody::balanceOf(*branch.database, place).value();
    }
    ErrorCode note(const std::string& number) {
        const auto done = noteJamCard(parts(), number, branch.two);
        return done ? ErrorCode{} : done.error().code;
    }
    void checkSound() { CHECK(custody::checkInvariants(*branch.database)); }
};

}  // namespace

TEST_CASE("the clearing is open until its end, whoever leads it on") {
    Jam jam;
    CHECK_FALSE(openJamClearing(*jam.branch.database).value());
    REQUIRE(beginJamClearing(jam.parts(), jam.branch.two));
    const auto first = openJamClearing(*jam.branch.database).value();
    REQUIRE(first);
    CHECK(first->people.secondOperatorId == "1002");
    CHECK(first->cardNumber.empty());
    jam.branch.clock.sleepFor(std::chrono::hours{1});
    REQUIRE(jam.note(jam.number("A0000002")) == ErrorCode{});
    REQUIRE(beginJamClearing(jam.parts(), {"1003", "1001"}));
    const auto second = openJamClearing(*jam.branch.database).value();
    CHECK(second->beganAt == first->beganAt);
    CHECK(second->people.operatorId == "1003");
    CHECK(second->cardNumber == jam.number("A0000002"));
    REQUIRE(endJamClearing(jam.parts(), jam.branch.two));
    CHECK_FALSE(openJamClearing(*jam.branch.database).value());
    CHECK_FALSE(beginJamClearing(jam.parts(), {"1001", "1001"}));
    CHECK_FALSE(beginJamClearing(jam.parts(), {"1001", ""}));
}

TEST_CASE("a card that lay at the station goes into the reject bin, once") {
    Jam jam;
    const std::string number = jam.number("A0000004");
    jam.feed(number);
    REQUIRE(bookJamCard(jam.parts(), number, jam.branch.two));
    CHECK(jam.placeOf(number) == "reject-bin");
    CHECK(jam.at(Place::missing()) == 0);
    CHECK(jam.branch.queued().back() == "STOCK.ADJUST");
    const auto told = jam.branch.queued().size();
    REQUIRE(bookJamCard(jam.parts(), number, jam.branch.two));
    CHECK(jam.branch.queued().size() == told);
    jam.checkSound();
}

TEST_CASE("one the power cut left between missed and found is found") {
    Jam jam;
    const std::string number = jam.number("A0000004");
    jam.feed(number);
    jam.missFromStation(number);
    REQUIRE(bookJamCard(jam.parts(), number, jam.branch.two));
    CHECK(jam.placeOf(number) == "reject-bin");
    CHECK(jam.at(Place::missing()) == 0);
    jam.checkSound();
}

TEST_CASE("a card that was never read is named by what people typed") {
    Jam jam;
    const std::string number = jam.number("A0000007");
    jam.feed("");
    jam.missFromStation("");
    CHECK(jam.note(number) == ErrorCode{});
    REQUIRE(bookJamCard(jam.parts(), number, jam.branch.two));
    CHECK(jam.placeOf(number) == "reject-bin");
    CHECK(jam.at(Place::hopper(1)) == 19);
    CHECK(jam.at(Place::missing()) == 0);
    jam.checkSound();
}

TEST_CASE("a card the books have in its lane still leaves it") {
    Jam jam;
    const std::string number = jam.number("A0000007");
    REQUIRE(bookJamCard(jam.parts(), number, jam.branch.two));
    CHECK(jam.placeOf(number) == "reject-bin");
    CHECK(jam.at(Place::hopper(1)) == 19);
    jam.checkSound();
}

TEST_CASE("a finished card waits for its holder") {
    Jam jam;
    const Order order = jam.branch.heldOrder();
    REQUIRE(jam.branch.desk().bookMissing(order.cardNumber, Place::holdBin(), "pulled-out",
                                          jam.branch.two));
    CHECK(binForJamCard(*jam.branch.database, order.cardNumber).value() == Place::holdBin());
    REQUIRE(bookJamCard(jam.parts(), order.cardNumber, jam.branch.two));
    CHECK(jam.placeOf(order.cardNumber) == "hold-bin");
    jam.checkSound();
}

TEST_CASE("what did not come out of the path is not booked") {
    Jam jam;
    jam.feed(jam.number("A0000004"));
    CHECK(jam.note(jam.number("A0000005")) == ErrorCode::moveNotPossible);
    CHECK(jam.note(jam.number("A0000004")) == ErrorCode{});
    CHECK(jam.note(jam.number("B0000004")) == ErrorCode::cardNotInStock);
    Jam other;
    const Order order = other.branch.heldOrder();
    REQUIRE(other.branch.desk().bookMissing(order.cardNumber, Place::holdBin(), "pulled-out",
                                            other.branch.two));
    REQUIRE(other.branch.desk().bookFound(order.cardNumber, Place::rejectBin(), "counted-wrong",
                                          other.branch.two));
    CHECK(other.note(order.cardNumber) == ErrorCode::moveNotPossible);
}

}  // namespace liqu::desk
