// Cards nobody fetches: what is written down of them, what is due, and the second delivery.
// Rules: K-01, K-02, K-03, K-06, K-07, K-08.
#include "firmware/desk/held_book.hpp"

#include "firmware/custody/bin_forecast.hpp"
#include "tests/unit/desk/branch.hpp"

namespace liqu::desk {
namespace {

const staff::Deed notice{staff::Act::recordNotice, "by a test"};

WallTime at(const std::string& day) {
    const auto number = [&day](std::size_t from, std::size_t size) {
        return std::stoi(day.substr(from, size));
    };
    const Date date{std::chrono::year{number(0, 4)},
                    std::chrono::month{static_cast<unsigned>(number(4, 2))},
                    std::chrono::day{static_cast<unsigned>(number(6, 2))}};
    return WallTime(std::chrono::sys_days{date}) + std::chrono::hours{4};
}

// A finished card that came into the hold bin on 15 April 2024, known to the province.
struct Waiting {
    Branch branch;
    Order order;

    Waiting() {
        branch.clock.setWallTime(at("20240415"));
        branch.loadLane();
        order = branch.heldOrder();
        branch.report(order);
        branch.answer("ISSUE.REPORT", "delivered", "OK");
        branch.answer("ISSUE.ENABLE", "delivered", "OK");
        branch.region.workdays =
            policy::Workdays::load(LIQU_SOURCE_DIR "/kiosk-config/holidays").value();
    }
    void on(const std::string& day) { branch.clock.setWallTime(at(day)); }
    HeldCard held() { return heldByNumber(branch.parts(), order.cardNumber).value(); }
    HeldTerm term() { return termOf(*branch.database, branch.region, held().card).value(); }
    ErrorCode codeOf(const Result<void>& done) { return done ? ErrorCode{} : done.error().code; }
    ErrorCode toCabinet() {
        return codeOf(moveToCabinet(branch.parts(), {order.cardNumber}, branch.two));
    }
    ErrorCode toBank(ReturnCause cause) {
        return codeOf(returnToBank(branch.parts(), {{order.cardNumber}, cause, "L-1"}, branch.two));
    }
    ErrorCode again() {
        return codeOf(receiveFromBank(branch.parts(), {{order.cardNumber}, "L-2"}, branch.two));
    }
    ErrorCode remind(ReminderOf of, const char* evidence = "R-1") {
        return codeOf(
            noteReminder(branch.parts(notice), {order.cardNumber, of, evidence}, {"1001", ""}));
    }
};

}  // namespace

TEST_CASE("the months go by the calendar, and the last day is still the holder's") {
    Waiting waiting;
    CHECK(formatDate(waiting.term().lastDay) == "20241015");
    waiting.on("20240424");
    REQUIRE(waiting.toCabinet() == ErrorCode{});
    waiting.on("20241015");
    CHECK_FALSE(waiting.held().card.overdue);
    CHECK(waiting.toBank(ReturnCause::unclaimed) == ErrorCode::moveNotPossible);
    waiting.on("20241016");
    CHECK(waiting.held().card.overdue);
    CHECK(waiting.toBank(ReturnCause::unclaimed) == ErrorCode{});
}

TEST_CASE("a holder who was told is written down with way and time, by one person") {
    Waiting waiting;
    const std::size_t queued = waiting.branch.queued().size();
    CHECK(waiting.term().told == 0);
    for (const NoticeWay way : wordTable<NoticeWay>.values()) {
        REQUIRE(
            noteTold(waiting.branch.parts(notice), waiting.order.cardNumber, way, {"1001", ""}));
    }
    const HeldTerm term = waiting.term();
    CHECK(term.told == 5);
    CHECK(waiting.branch.database->number("SELECT count(DISTINCT way) FROM held_notices") == 5);
    CHECK(*term.lastTold == waiting.branch.clock.wallTime());
    CHECK_FALSE(term.remindedAt);
    // Nothing of the person is in it, and the province is told nothing.
    CHECK(waiting.branch.queued().size() == queued);
    CHECK(noteTold(waiting.branch.parts(notice), Branch::number("A0000009"), NoticeWay::phone,
                   {"1001", ""})
              .error()
              .code == ErrorCode::moveNotPossible);
}

TEST_CASE(
    "from the province's reminder on ten working days count; without a table nobody guesses") {
    Waiting waiting;
    waiting.on("20240424");
    REQUIRE(waiting.toCabinet() == ErrorCode{});
    waiting.on("20240927");
    CHECK(waiting.remind(ReminderOf::months, "") == ErrorCode::handoverNotProven);
    CHECK(waiting.remind(ReminderOf::months, "张三") == ErrorCode::handoverNotProven);
    CHECK_FALSE(waiting.term().remindedAt);
    REQUIRE(waiting.remind(ReminderOf::months) == ErrorCode{});
    CHECK(formatDate(waiting.term().recoverBy.value()) == "20241016");
    waiting.on("20241016");
    CHECK_FALSE(waiting.term().isLate(waiting.branch.clock.wallTime()));
    // A second reminder does not give more time.
    REQUIRE(waiting.remind(ReminderOf::months, "R-2") == ErrorCode{});
    waiting.on("20241017");
    CHECK(waiting.term().isLate(waiting.branch.clock.wallTime()));
    waiting.branch.region.workdays = {};
    const HeldTerm term = waiting.term();
    CHECK(term.remindedAt);
    CHECK_FALSE(term.recoverBy);
    CHECK_FALSE(term.isLate(waiting.branch.clock.wallTime()));
}

TEST_CASE("a card whose holder is dead by the province's word goes to nobody, and back at once") {
    Waiting waiting;
    REQUIRE(waiting.remind(ReminderOf::death) == ErrorCode{});
    // One of the months says nothing against it.
    REQUIRE(waiting.remind(ReminderOf::months, "R-2") == ErrorCode{});
    CHECK(waiting.held().reportedDead);
    const auto given = handOverFromHold(waiting.branch.parts(), waiting.order.orderId,
                                        {"123456", true, "P-1"}, waiting.branch.two);
    REQUIRE_FALSE(given);
    CHECK(given.error().code == ErrorCode::moveNotPossible);
    CHECK(says(given.error().cause, "holder is dead"));
    CHECK(waiting.held().order.state == OrderState::held);
    // Into the cabinet without waiting for its days.
    CHECK(waiting.toBank(ReturnCause::deceased) == ErrorCode::moveNotPossible);
    REQUIRE(waiting.toCabinet() == ErrorCode{});
    REQUIRE(waiting.toBank(ReturnCause::deceased) == ErrorCode{});
    CHECK(says(waiting.branch.bodies("FINISHED.RETURN").back(), "deceased L-1"));
    CHECK(waiting.branch.database->number("SELECT count(*) FROM held_recoveries WHERE cause = "
                                          "'deceased' AND evidence = 'L-1' AND operator_id = "
                                          "'1001' AND second_operator_id = '1002'") == 1);
    // It is no card for a second delivery.
    CHECK(deliverableAgain(waiting.branch.parts())->empty());
    CHECK(waiting.again() == ErrorCode::moveNotPossible);
}

TEST_CASE("a card that was recovered is delivered once more, for its months from then on") {
    Waiting waiting;
    waiting.on("20240424");
    REQUIRE(waiting.toCabinet() == ErrorCode{});
    REQUIRE(waiting.remind(ReminderOf::months) == ErrorCode{});
    CHECK(waiting.again() == ErrorCode::moveNotPossible);
    waiting.on("20241016");
    REQUIRE(waiting.toBank(ReturnCause::unclaimed) == ErrorCode{});
    CHECK(deliverableAgain(waiting.branch.parts()).value() ==
          std::vector<std::string>{waiting.order.cardNumber});
    waiting.on("20241201");
    REQUIRE(waiting.again() == ErrorCode{});
    CHECK(waiting.branch.queued().back() == "FINISHED.RECEIVE");
    CHECK(says(waiting.branch.bodies("FINISHED.RECEIVE").back(), waiting.order.cardNumber));
    const HeldCard held = waiting.held();
    CHECK(held.order.state == OrderState::held);
    CHECK(held.order.pickupCode == "123456");
    CHECK(held.card.card.place == Place::cabinet());
    // The old reminder is settled, and the time counts from the recovery.
    CHECK_FALSE(waiting.term().remindedAt);
    CHECK(formatDate(waiting.term().lastDay) == "20250416");
    CHECK(waiting.toBank(ReturnCause::againFailed) == ErrorCode::moveNotPossible);
    SUBCASE("its holder fetches it") {
        CHECK(handOverFromHold(waiting.branch.parts(), waiting.order.orderId,
                               {"123456", true, "P-1"}, waiting.branch.two));
    }
    SUBCASE("nobody fetches it again: back for good") {
        waiting.on("20250417");
        REQUIRE(waiting.toBank(ReturnCause::againFailed) == ErrorCode{});
        CHECK(waiting.again() == ErrorCode::moveNotPossible);
    }
    CHECK(custody::checkInvariants(*waiting.branch.database));
}

TEST_CASE("no second delivery after its months, nor beside another card of the same person") {
    Waiting waiting;
    waiting.on("20240424");
    REQUIRE(waiting.toCabinet() == ErrorCode{});
    CHECK(waiting.toBank(ReturnCause::againFailed) == ErrorCode::moveNotPossible);
    waiting.on("20241016");
    REQUIRE(waiting.toBank(ReturnCause::unclaimed) == ErrorCode{});
    SUBCASE("too late") {
        waiting.on("20250417");
        CHECK(deliverableAgain(waiting.branch.parts())->empty());
        CHECK(waiting.again() == ErrorCode::moveNotPossible);
        waiting.on("20250416");
        CHECK(waiting.again() == ErrorCode{});
    }
    SUBCASE("another order") {
        auto transaction = Transaction::begin(*waiting.branch.database).value();
        Order later;
        later.holderDigest = waiting.order.holderDigest;
        later.orderId =
            waiting.branch.orders.nextOrderId(transaction, "T-1", waiting.branch.clock.wallTime())
                .value();
        REQUIRE(waiting.branch.orders.insert(transaction, later, waiting.branch.clock.wallTime()));
        REQUIRE(transaction.commit());
        const auto done = receiveFromBank(waiting.branch.parts(),
                                          {{waiting.order.cardNumber}, "L-2"}, waiting.branch.two);
        REQUIRE_FALSE(done);
        CHECK(says(done.error().cause, "another card"));
    }
}

TEST_CASE("a hold bin that fills up is seen weeks before it is full") {
    Waiting waiting;
    const auto forecast = [&] {
        return custody::forecastOf(*waiting.branch.database, waiting.branch.clock.wallTime())
            .value();
    };
    const auto room = [&](std::int64_t capacity) {
        auto transaction = Transaction::begin(*waiting.branch.database).value();
        REQUIRE(
            transaction.run("UPDATE places SET capacity = ? WHERE place = 'hold-bin'", {capacity}));
        REQUIRE(transaction.commit());
    };
    // One card in four weeks, and room for 29 more.
    CHECK_FALSE(forecast().isPressing(waiting.branch.clock.wallTime()));
    CHECK(forecast().fullOn);
    room(1);
    CHECK(forecast().isPressing(waiting.branch.clock.wallTime()));
    CHECK(formatDate(*forecast().fullOn) == "20240415");
    // Four weeks later nothing came: it does not fill.
    room(30);
    waiting.on("20240516");
    CHECK_FALSE(forecast().fullOn);
}

}  // namespace liqu::desk
