// How a card leaves the hold bin, and what two people say of a face in doubt.
// Rules: I-09, I-11, K-01, K-02, K-03, K-04, K-07, M-05, M-09, M-10.
#include "firmware/desk/staff_look.hpp"
#include "tests/unit/desk/branch.hpp"

namespace liqu::desk {
namespace {

TEST_CASE("a held card is handed over once, with code, identity and signature") {
    Branch branch;
    branch.loadLane();
    const Order order = branch.heldOrder();
    branch.report(order);
    branch.answer("ISSUE.REPORT", "delivered", "OK");
    branch.answer("ISSUE.ENABLE", "delivered", "PARTIAL");
    const auto held = heldCards(*branch.database, branch.orders, {}, branch.clock.wallTime());
    REQUIRE(held->size() == 1);
    CHECK((*held)[0].order.orderId == order.orderId);
    CHECK(bankLinkMissing(*branch.database, order.orderId) == true);
    const auto give = [&](const HandOver& handOver) {
        return handOverFromHold(branch.parts(), order.orderId, handOver, branch.two);
    };
    const auto before = branch.queued();
    CHECK(give({"000000", true, "P-1"}).error().code == ErrorCode::handoverNotProven);
    CHECK(give({"123456", false, "P-1"}).error().code == ErrorCode::handoverNotProven);
    CHECK(give({"123456", true, ""}).error().code == ErrorCode::handoverNotProven);
    CHECK(branch.queued() == before);
    REQUIRE(give({"123456", true, "P-1"}));
    CHECK(branch.queued().back() == "ISSUE.HANDOVER");
    CHECK((*branch.orders.find(order.orderId))->state == OrderState::handedOver);
    CHECK((*custody::findCard(*branch.database, order.cardNumber))->place == Place::holder());
    CHECK(give({"123456", true, "P-1"}).error().code == ErrorCode::moveNotPossible);
}

TEST_CASE("no held card leaves before the province has taken in its report and its enabling") {
    Branch branch;
    branch.loadLane();
    const Order order = branch.heldOrder();
    const auto give = [&] {
        return handOverFromHold(branch.parts(), order.orderId, {"123456", true, "P-1"}, branch.two);
    };
    CHECK(give().error().code == ErrorCode::cardNotEnabled);
    branch.report(order);
    CHECK(give().error().code == ErrorCode::cardNotEnabled);
    branch.answer("ISSUE.REPORT", "delivered", "OK");
    branch.answer("ISSUE.ENABLE", "parked", "BIZ_REFUSED/ENABLING_REFUSED");
    const auto refused = give();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::cardNotEnabled);
    CHECK(says(refused.error().cause, "ENABLING_REFUSED"));
    CHECK((*branch.orders.find(order.orderId))->state == OrderState::held);
    CHECK((*custody::findCard(*branch.database, order.cardNumber))->place == Place::holdBin());
    branch.answer("ISSUE.ENABLE", "delivered", "OK");
    CHECK(give());
}

TEST_CASE("a held card goes into the cabinet after its days, and to the bank for a cause") {
    Branch branch;
    branch.loadLane();
    const Order order = branch.heldOrder();
    branch.report(order);
    const auto codeOf = [](const Result<void>& done) {
        return done ? ErrorCode{} : done.error().code;
    };
    const auto keep = [&] {
        return codeOf(moveToCabinet(branch.parts(), {order.cardNumber}, branch.two));
    };
    const auto give = [&](ReturnCause cause, const char* evidence) {
        return codeOf(
            returnToBank(branch.parts(), {{order.cardNumber}, cause, evidence}, branch.two));
    };
    const auto later = [&](std::chrono::days days) {
        branch.clock.setWallTime(branch.clock.wallTime() + days);
    };
    CHECK(keep() == ErrorCode::moveNotPossible);
    later(std::chrono::days{8});
    // Not before it lay in the cabinet, and not while its report is in the queue.
    CHECK(give(ReturnCause::reminded, "R-1") == ErrorCode::moveNotPossible);
    REQUIRE(keep() == ErrorCode{});
    CHECK(branch.queued().back() == "FINISHED.OVERDUE");
    CHECK((*branch.orders.find(order.orderId))->state == OrderState::held);
    CHECK(give(ReturnCause::reminded, "R-1") == ErrorCode::moveNotPossible);
    branch.answer("ISSUE.REPORT", "delivered", "OK");
    branch.answer("ISSUE.ENABLE", "delivered", "OK");
    CHECK(give(ReturnCause::unclaimed, "L-1") == ErrorCode::moveNotPossible);
    CHECK(give(ReturnCause::refusedForGood, "L-1") == ErrorCode::moveNotPossible);
    CHECK(give(ReturnCause::reminded, "") == ErrorCode::handoverNotProven);
    CHECK(give(ReturnCause::reminded, "张三") == ErrorCode::handoverNotProven);
    later(std::chrono::days{180});
    REQUIRE(give(ReturnCause::unclaimed, "L-1") == ErrorCode{});
    CHECK(branch.queued().back() == "FINISHED.RETURN");
    CHECK(says(branch.bodies("FINISHED.RETURN").back(), "unclaimed L-1"));
    CHECK((*branch.orders.find(order.orderId))->state == OrderState::returned);
    CHECK_FALSE(branch.orders.heldFor("h")->has_value());
    CHECK(branch.orders.returnedFor("h")->has_value());
    CHECK((*custody::findCard(*branch.database, order.cardNumber))->place == Place::bank());
    CHECK(give(ReturnCause::unclaimed, "L-1") == ErrorCode::moveNotPossible);
    CHECK(custody::checkInvariants(*branch.database));
}

TEST_CASE("a card the province refused for good needs no days; it is never handed over") {
    Branch branch;
    branch.loadLane();
    const Order order = branch.heldOrder();
    branch.report(order);
    branch.answer("ISSUE.REPORT", "delivered", "OK");
    branch.answer("ISSUE.ENABLE", "parked", "BIZ_REFUSED/ENABLING_REFUSED");
    const auto held = heldCards(*branch.database, branch.orders, {}, branch.clock.wallTime());
    REQUIRE(held->size() == 1);
    CHECK(held->front().refusedForGood);
    CHECK(held->front().mayGoToCabinet);
    REQUIRE(returnToBank(branch.parts(), {{order.cardNumber}, ReturnCause::refusedForGood, "L-1"},
                         branch.two));
    CHECK((*branch.orders.find(order.orderId))->state == OrderState::returned);
}

TEST_CASE("a finished card that was gone from the printer and is found waits for its holder") {
    Branch branch;
    branch.loadLane();
    const Order order = branch.orderIn(OrderState::missing);
    branch.report(order);
    branch.answer("ISSUE.REPORT", "delivered", "OK");
    branch.answer("ISSUE.ENABLE", "delivered", "OK");
    StockDesk desk = branch.desk();
    REQUIRE(desk.bookMissing(order.cardNumber, Place::holdBin(), "gone", branch.two));
    REQUIRE(desk.bookFound(order.cardNumber, Place::holdBin(), "behind it", branch.two));
    const auto found = branch.orders.find(order.orderId).value();
    CHECK(found->state == OrderState::held);
    CHECK(found->pickupCode == "123456");
    CHECK(branch.queued().back() == "ISSUE.HANDOVER");
    CHECK(says(branch.bodies("ISSUE.HANDOVER").back(), "123456"));
    CHECK(handOverFromHold(branch.parts(), order.orderId, {"123456", true, "P-1"}, branch.two));
}

TEST_CASE("a face in doubt whose card is missing: not complete ends it, complete needs the card") {
    Branch branch;
    branch.loadLane();
    const Order order = branch.orderIn(OrderState::staffLook);
    StockDesk desk = branch.desk();
    REQUIRE(desk.bookMissing(order.cardNumber, Place::holdBin(), "gone", branch.two));
    const auto settle = [&](bool complete) {
        return settleStaffLook(branch.parts(), order.orderId,
                               complete ? FaceVerdict::complete : FaceVerdict::incomplete,
                               branch.two);
    };
    CHECK(settle(true).error().code == ErrorCode::moveNotPossible);
    REQUIRE(settle(false));
    CHECK((*branch.orders.find(order.orderId))->state == OrderState::failed);
    const auto card = custody::findCard(*branch.database, order.cardNumber).value();
    CHECK(card->place == Place::missing());
    CHECK(card->condition == "spoiled");
    CHECK(custody::checkInvariants(*branch.database));
}

TEST_CASE("a face in doubt whose sealed part is damaged is seen, and can be given up") {
    Branch branch;
    branch.loadLane();
    const Order order = branch.orderIn(OrderState::staffLook);
    auto hurt = Transaction::begin(*branch.database).value();
    REQUIRE(hurt.run("UPDATE orders SET personalisation_sealed = x'00'"));
    REQUIRE(hurt.commit());
    REQUIRE(branch.orders.waitingForStaff()->size() == 1);
    const auto settle = [&](FaceVerdict verdict) {
        return settleStaffLook(branch.parts(), order.orderId, verdict, branch.two);
    };
    CHECK(settle(FaceVerdict::complete).error().code == ErrorCode::sealBroken);
    REQUIRE(settle(FaceVerdict::incomplete));
    CHECK(branch.orders.waitingForStaff()->empty());
    CHECK(custody::findCard(*branch.database, order.cardNumber).value()->condition == "spoiled");
}

TEST_CASE("the look at a face asks for two badges and a clock that fits, as every act") {
    Branch branch;
    branch.loadLane();
    const Order order = branch.orderIn(OrderState::staffLook);
    const auto settle = [&](const TwoPeople& people) {
        const auto done =
            settleStaffLook(branch.parts(), order.orderId, FaceVerdict::complete, people);
        return done ? ErrorCode{} : done.error().code;
    };
    CHECK(settle({"1001", "1001"}) == ErrorCode::samePersonTwice);
    CHECK(settle({"1001", ""}) == ErrorCode::samePersonTwice);
    CHECK(settle({"1001", "no badge"}) == ErrorCode::samePersonTwice);
    const WallTime right = branch.clock.wallTime();
    branch.clock.setWallTime(right - std::chrono::hours{48});
    CHECK(settle(branch.two) == ErrorCode::clockNotTrusted);
    CHECK((*branch.orders.find(order.orderId))->state == OrderState::staffLook);
    branch.clock.setWallTime(right);
    CHECK(settle(branch.two) == ErrorCode{});
    const auto newest = staff::newestLines(*branch.database, 1)->front();
    CHECK(newest.actor == "1001");
}

}  // namespace
}  // namespace liqu::desk
