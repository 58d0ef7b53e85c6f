// A card whose data are wrong: taken back, told to the province, confirmed by somebody else.
// Rules: W-01, W-02.
#include "firmware/desk/wrong_cards.hpp"

#include "firmware/issuance/streak.hpp"
#include "tests/unit/desk/branch.hpp"

namespace liqu::desk {
namespace {

using province::FaceItem;
using province::WrongCause;

struct Held {
    Branch branch;
    Order order;
    Held() {
        branch.loadLane();
        order = branch.heldOrder();
        branch.report(order);
        branch.answer("ISSUE.REPORT", "delivered", "OK");
        branch.answer("ISSUE.ENABLE", "delivered", "OK");
    }
    Result<void> take(WrongCause cause = WrongCause::registerData,
                      std::vector<FaceItem> wrong = {FaceItem::name}) {
        return takeWrongCard(branch.parts(), {order.cardNumber, std::move(wrong), cause, "P-9"},
                             branch.two);
    }
    Result<void> confirm(const char* by) {
        const staff::Deed deed{staff::Act::confirmWrong, "by a test"};
        return confirmWrongCard(branch.parts(deed), {order.cardNumber, "Q-1"}, {by, ""});
    }
    OrderState state() { return branch.orders.find(order.orderId).value()->state; }
    custody::CardRecord card() {
        return *custody::findCard(*branch.database, order.cardNumber).value();
    }
};

ErrorCode codeOf(const Result<void>& done) {
    return done ? ErrorCode{} : done.error().code;
}

}  // namespace

TEST_CASE("a held card with wrong data goes into the reject bin, in one commit with its message") {
    Held held;
    REQUIRE(held.take());
    CHECK(held.card().place == Place::rejectBin());
    CHECK(held.card().condition == "wrong");
    CHECK(held.state() == OrderState::takenBack);
    CHECK(held.branch.queued().back() == "WRONGCARD.REGISTER");
    const std::string body = held.branch.bodies("WRONGCARD.REGISTER").back();
    CHECK(says(body, R"("wrongItems":["NAME"])"));
    CHECK(says(body, R"("rightItems":["NUMBER","PHOTO","CHIP"])"));
    // Given to nobody any more, and taken back once.
    CHECK(codeOf(handOverFromHold(held.branch.parts(), held.order.orderId, {"123456", true, "P-1"},
                                  held.branch.two)) == ErrorCode::moveNotPossible);
    CHECK_FALSE(held.branch.orders.heldFor("h")->has_value());
    CHECK(codeOf(held.take()) == ErrorCode::moveNotPossible);
    // It goes to the bank with the others of the bin, and may be destroyed there.
    REQUIRE(held.branch.desk().emptyBin(Place::rejectBin(), 1, "full", held.branch.two));
    CHECK(custody::returnedFromBins(*held.branch.database, 9).value() ==
          std::vector<std::string>{held.order.cardNumber});
    CHECK(custody::checkInvariants(*held.branch.database));
}

TEST_CASE("a card that was handed over comes back; the day's books still add up") {
    Held held;
    REQUIRE(handOverFromHold(held.branch.parts(), held.order.orderId, {"123456", true, "P-1"},
                             held.branch.two));
    REQUIRE(held.take());
    CHECK(held.state() == OrderState::takenBack);
    REQUIRE(held.branch.desk().freezeDay(held.branch.two));
    held.branch.countDay({});
    const auto day = held.branch.desk().closeDay(held.branch.two);
    REQUIRE(day);
    const auto report = held.branch.desk().report(day->day).value();
    CHECK(report.kiosk.takenBack == 1);
    CHECK(report.kiosk.difference == 0);
    CHECK(report.cases.empty());
    REQUIRE(report.counters.wrong.size() == 1);
    CHECK(report.counters.wrong[0].cardNumber == held.order.cardNumber);
    CHECK(report.counters.wrong[0].wrongItems == "NAME");
    CHECK_FALSE(report.counters.wrong[0].confirmed);
}

TEST_CASE("nothing is taken back without a fault, a paper, or a card somebody can bring") {
    Held held;
    CHECK(codeOf(held.take(WrongCause::registerData, {})) == ErrorCode::moveNotPossible);
    CHECK(codeOf(takeWrongCard(held.branch.parts(),
                               {held.order.cardNumber, {FaceItem::name}, {}, "张三"},
                               held.branch.two)) == ErrorCode::handoverNotProven);
    CHECK(codeOf(takeWrongCard(held.branch.parts(),
                               {Branch::number("A0000009"), {FaceItem::name}, {}, "P-9"},
                               held.branch.two)) == ErrorCode::moveNotPossible);
    CHECK(held.card().place == Place::holdBin());
    CHECK(held.state() == OrderState::held);
    CHECK(held.branch.bodies("WRONGCARD.REGISTER").empty());
}

TEST_CASE("a wrong card is confirmed once, by somebody who did not take it back") {
    Held held;
    CHECK(codeOf(held.confirm("1003")) == ErrorCode::moveNotPossible);
    REQUIRE(held.take());
    CHECK(wrongToConfirm(*held.branch.database)->size() == 1);
    CHECK(codeOf(held.confirm("1001")) == ErrorCode::samePersonTwice);
    CHECK(codeOf(held.confirm("1002")) == ErrorCode::samePersonTwice);
    REQUIRE(held.confirm("1003"));
    CHECK(held.branch.queued().back() == "WRONGCARD.CONFIRM");
    CHECK(wrongToConfirm(*held.branch.database)->empty());
    CHECK(codeOf(held.confirm("1003")) == ErrorCode::moveNotPossible);
}

TEST_CASE("where the card body confirms, a bank's outlet notes it and tells the province nothing") {
    Held held;
    held.branch.region.wrongConfirmedAt = {policy::SiteKind::hrss};
    const auto told = [&held] { return held.branch.bodies("WRONGCARD.CONFIRM").size(); };
    std::size_t expected = 0;
    SUBCASE("a bank's") {
        held.branch.config.site = policy::SiteKind::bank;
    }
    SUBCASE("nobody said whose") {
        held.branch.config.site.reset();
    }
    SUBCASE("the card body's own") {
        held.branch.config.site = policy::SiteKind::hrss;
        expected = 1;
    }
    REQUIRE(held.take());
    CHECK(held.branch.bodies("WRONGCARD.REGISTER").size() == 1);
    CHECK(codeOf(held.confirm("1001")) == ErrorCode::samePersonTwice);
    REQUIRE(held.confirm("1003"));
    CHECK(told() == expected);
    CHECK(wrongToConfirm(*held.branch.database)->empty());
}

TEST_CASE("somebody else's data on one card stop the making until staff have looked") {
    Held held;
    storage::Database& database = *held.branch.database;
    REQUIRE(held.take(WrongCause::machine));
    CHECK(issuance::requireNoStreak(database, held.branch.region));
    Held other;
    REQUIRE(other.take(WrongCause::anotherPerson, {FaceItem::name, FaceItem::photo}));
    storage::Database& books = *other.branch.database;
    CHECK(codeOf(issuance::requireNoStreak(books, other.branch.region)) ==
          ErrorCode::makingStopped);
    auto transaction = Transaction::begin(books).value();
    REQUIRE(issuance::endStreak(transaction));
    REQUIRE(transaction.commit());
    CHECK(issuance::requireNoStreak(books, other.branch.region));
}

}  // namespace liqu::desk
