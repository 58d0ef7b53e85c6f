// Each act of staff is one commit of the books and its report; where it fails, neither is there.
#include "firmware/issuance/stock_desk.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/issuance/bin_exits.hpp"
#include "firmware/issuance/plan.hpp"
#include "firmware/issuance/staff_look.hpp"
#include "firmware/province/outbox_row.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::issuance {
namespace {
using custody::Condition;
using custody::Place;
using storage::Transaction;

struct Branch {
    test::Scratch scratch;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);
    SeededRandom random{1};
    security::SealKey key = security::SealKey::make(random);
    security::Sealer sealer{security::SealProfile::aes256Gcm, key, random};
    OrderBook orders{*database, sealer, [](std::string_view) { return &cardPlan; }};
    province::Outbox outbox{sealer, {"T-1", "440100", "O-1", "guangdong-3"}};
    world::VirtualClock clock;
    policy::KioskConfig config;
    policy::RegionPolicy region;
    TwoPeople two{"1001", "1002"};

    Branch() {
        config.terminal = "T-1";
        config.outlet = "O-1";
        config.lanes = {{1, "B01", "V1"}, {2, "B02", "V1"}};
        region.regionCode = "440100";
        region.bankNames = {{"B01", "示范银行"}, {"B02", "样例银行"}};
        auto transaction = Transaction::begin(*database).value();
        REQUIRE(custody::openPlaces(transaction, 2, 100, 30));
        REQUIRE(transaction.commit());
    }

    StockDeskParts parts(std::optional<staff::Deed> deed = staff::Deed{staff::Act::correctBooks,
                                                                       "by a test"}) {
        return {*database, orders, outbox, clock, config, region, std::move(deed)};
    }
    StockDesk desk() { return StockDesk(parts()); }

    static std::string number(const char* body) {
        return card::SocialCardNumber::withBody(body)->text();
    }
    static custody::BoxLabel label() {
        return {"BX-1", "B01", "V1", "3.00", "440100", number("A0000000"), number("A0000019"),
                20,     "S-1"};
    }
    std::vector<std::string> queued() {
        std::vector<std::string> types;
        const auto rows = database->query("SELECT message_type FROM outbox ORDER BY fact");
        for (const storage::Row& row : *rows) types.push_back(row.text(0));
        return types;
    }
    void loadLane() {
        StockDesk desk = this->desk();
        REQUIRE(desk.receiveBox(label(), two));
        REQUIRE(desk.openBox("BX-1", "S-1", two));
        const auto begun = desk.beginLoad({1, "BX-1", number("A0000000"), number("A0000019")}, two);
        REQUIRE(begun);
        REQUIRE(desk.countExchange(begun->id, 20, two));
        REQUIRE(desk.endExchange(begun->id, {}, two));
    }
    Order heldOrder() {
        const std::string number = this->number("A0000003");
        const WallTime at = clock.wallTime();
        auto transaction = Transaction::begin(*database).value();
        Order order;
        order.holderDigest = "h";
        order.orderId = orders.nextOrderId(transaction, "T-1", at).value();
        order.applicationNo = "A-1";
        REQUIRE(orders.insert(transaction, order, at));
        order.cardNumber = number;
        order.pickupCode = "123456";
        order.state = OrderState::held;
        REQUIRE(orders.update(transaction, order));
        REQUIRE(orders.close(transaction, order, at));
        REQUIRE(custody::moveUnidentified(transaction, Place::hopper(1), Place::chipStation(),
                                          {"fed", order.orderId, at}));
        REQUIRE(custody::identify(transaction, number, 1, at));
        REQUIRE(custody::setCondition(transaction, number, Condition::finished, order.orderId, at));
        REQUIRE(custody::moveCard(transaction, number, Place::chipStation(), Place::holdBin(),
                                  {"held", order.orderId, at}));
        REQUIRE(transaction.commit());
        return order;
    }
    // What the order owes the province before its card may be given to anybody.
    void report(const Order& order) {
        auto transaction = Transaction::begin(*database).value();
        const province::Business business{order.orderId, "B01", province::Channel::selfService, "",
                                          ""};
        province::MakeReport made;
        made.applicationNo = order.applicationNo;
        made.blankId = order.cardNumber;
        REQUIRE(outbox.enqueue(transaction, province::factOf(business, made, 1).value()));
        province::Enabling enabling;
        enabling.applicationNo = order.applicationNo;
        enabling.cardNumber = order.cardNumber;
        REQUIRE(outbox.enqueue(transaction,
                               province::factOf(business, enabling, clock.wallTime()).value()));
        REQUIRE(transaction.commit());
    }
    void answer(const char* type, const char* state, const char* outcome) {
        auto transaction = Transaction::begin(*database).value();
        REQUIRE(transaction.run("UPDATE outbox SET state = ?, outcome = ? WHERE message_type = ?",
                                {std::string(state), std::string(outcome), std::string(type)}));
        REQUIRE(transaction.commit());
    }
    // Two people count; what is not named is as booked.
    void countDay(const std::map<std::string, std::int64_t>& counted) {
        StockDesk desk = this->desk();
        const auto lines = custody::counting(*database);
        for (const custody::CountLine& line : *lines) {
            if (line.result) continue;
            const auto found = counted.find(line.place);
            const std::int64_t cards =
                found != counted.end() ? found->second
                : line.place == custody::pathPlace
                    ? *custody::balanceOf(*database, Place::chipStation())
                    : *custody::balanceOf(*database, Place::named(line.place));
            for (const char* badge : {"1001", "1002"}) {
                REQUIRE(desk.enterCount({line.place, badge, cards}));
            }
        }
    }
    Order orderIn(OrderState state) {
        Order order = heldOrder();
        auto transaction = Transaction::begin(*database).value();
        order.state = state;
        order.chip.emplace();
        order.face.emplace();
        REQUIRE(orders.update(transaction, order));
        REQUIRE(orders.close(transaction, order, clock.wallTime()));
        REQUIRE(transaction.commit());
        return order;
    }
    // The bodies of the queued facts of this type, in their order.
    std::vector<std::string> bodies(const char* type) {
        std::vector<std::string> texts;
        const auto rows =
            database->query("SELECT body_sealed, " + std::string(province::factRowColumns) +
                                " FROM outbox WHERE message_type = ? ORDER BY fact",
                            {std::string(type)});
        for (const storage::Row& row : *rows) {
            const auto fact = province::openFact(sealer, province::factRowOf(row, 1), row.bytes(0));
            texts.push_back(fact->body.reveal());
        }
        return texts;
    }
};

TEST_CASE("receiving and loading are told to the province in their own commits") {
    Branch branch;
    branch.loadLane();
    CHECK(branch.queued() == std::vector<std::string>{"STOCK.RECEIVE", "STOCK.LOAD"});
    CHECK(*custody::balanceOf(*branch.database, Place::hopper(1)) == 20);
}

TEST_CASE("a refused act queues nothing and moves nothing") {
    Branch branch;
    branch.loadLane();
    const auto seen = branch.queued();
    StockDesk desk = branch.desk();
    CHECK_FALSE(desk.receiveBox(Branch::label(), branch.two));
    CHECK_FALSE(desk.returnBox("BX-1", "empty", branch.two));
    CHECK_FALSE(desk.emptyBin(Place::rejectBin(), 1, "full", branch.two));
    CHECK_FALSE(desk.closeDay(branch.two));
    custody::BoxLabel other = Branch::label();
    other.box = "BX-2";
    other.first = Branch::number("A0000020");
    other.last = Branch::number("A0000039");
    REQUIRE(desk.receiveBox(other, branch.two));
    REQUIRE(desk.openBox("BX-2", "S-1", branch.two));
    CHECK(desk.beginLoad({2, "BX-2", other.first, other.last}, branch.two).error().code ==
          ErrorCode::laneBelongsToOther);
    CHECK(branch.queued().size() == seen.size() + 1);
}

TEST_CASE("cards that are not right keep the session open") {
    Branch branch;
    StockDesk desk = branch.desk();
    REQUIRE(desk.receiveBox(Branch::label(), branch.two));
    REQUIRE(desk.openBox("BX-1", "S-1", branch.two));
    const auto begun = desk.beginLoad(
        {1, "BX-1", Branch::number("A0000000"), Branch::number("A0000019")}, branch.two);
    REQUIRE(begun);
    REQUIRE(desk.countExchange(begun->id, 20, branch.two));
    const custody::LaneReading wrong{0, 1, Branch::number("A0000000"), "B02"};
    CHECK(desk.endExchange(begun->id, {wrong}, branch.two).error().code ==
          ErrorCode::laneCheckFailed);
    CHECK(custody::laneStopped(*branch.database, 1)->has_value());
    const custody::LaneReading right{0, 1, Branch::number("A0000000"), "B01"};
    CHECK(desk.endExchange(begun->id, {right}, branch.two));
    CHECK_FALSE(custody::laneStopped(*branch.database, 1)->has_value());
}

TEST_CASE("the close queues a count for each place and the snapshot, with the close") {
    Branch branch;
    branch.loadLane();
    StockDesk desk = branch.desk();
    REQUIRE(desk.freezeDay(branch.two));
    const auto lines = custody::counting(*branch.database);
    for (const custody::CountLine& line : *lines) {
        const std::int64_t there = line.place == "hopper-1" ? 20 : 0;
        for (const char* badge : {"1001", "1002"}) {
            REQUIRE(desk.enterCount({line.place, badge, there}));
        }
    }
    const auto day = desk.closeDay(branch.two);
    REQUIRE(day);
    const auto queued = branch.queued();
    CHECK(std::ranges::count(queued, "STOCK.COUNT") == static_cast<long>(lines->size()));
    CHECK(queued.back() == "STOCK.SNAPSHOT");
    CHECK(desk.report(day->day)->closed);
}

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

bool says(const std::string& body, const std::string& words) {
    return body.find(words) != std::string::npos;
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

TEST_CASE("an act is in the record where it was done, and only there") {
    Branch branch;
    branch.loadLane();
    const auto lines = [&] { return staff::newestLines(*branch.database, 100)->size(); };
    const auto before = lines();
    StockDesk desk = branch.desk();
    CHECK_FALSE(desk.bookMissing("A99999999", Place::hopper(1), "gone", branch.two));
    CHECK(lines() == before);
    REQUIRE(desk.bookMissing("", Place::hopper(1), "gone", branch.two));
    CHECK(lines() == before + 1);
    const auto newest = staff::newestLines(*branch.database, 1)->front();
    CHECK(newest.act == "correct-books");
    CHECK(newest.object == "by a test");
    CHECK(newest.second == "1002");
    // Without a name for the record a desk only looks.
    StockDesk looking(branch.parts(std::nullopt));
    CHECK(looking.bookMissing("", Place::hopper(1), "gone", branch.two).error().code ==
          ErrorCode::staffMayNot);
    CHECK(looking.overview());
    CHECK(*custody::balanceOf(*branch.database, Place::missing()) == 1);
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

TEST_CASE("the province is told of a count what the books did") {
    Branch branch;
    branch.loadLane();
    StockDesk desk = branch.desk();
    REQUIRE(desk.bookMissing("", Place::hopper(1), "one less", branch.two));
    REQUIRE(desk.freezeDay(branch.two));
    // Two more than booked: the one that is missing, and one nobody knows.
    branch.countDay({{"hopper-1", 21}});
    REQUIRE(desk.beginRecount(branch.two));
    branch.countDay({{"hopper-1", 21}});
    REQUIRE(desk.closeDay(branch.two));
    const auto told = branch.bodies("STOCK.ADJUST");
    REQUIRE(told.size() == 3);  // the first is the act of staff
    CHECK(says(told[1], R"("place":"missing")"));
    CHECK(says(told[1], R"("toPlace":"hopper-1")"));
    CHECK(says(told[1], R"("count":1)"));
    CHECK(says(told[2], R"("place":"bank")"));
    CHECK(says(told[2], R"("count":1)"));
}

TEST_CASE("the province is told at the close of a card that hands took out of the printer") {
    Branch branch;
    branch.loadLane();
    const custody::Occasion gone{std::string(custody::goneReason), "", branch.clock.wallTime()};
    auto fed = Transaction::begin(*branch.database).value();
    REQUIRE(custody::moveUnidentified(fed, Place::hopper(1), Place::missing(), gone));
    REQUIRE(fed.commit());
    REQUIRE(branch.desk().freezeDay(branch.two));
    branch.countDay({});
    REQUIRE(branch.desk().closeDay(branch.two));
    CHECK(says(branch.bodies("STOCK.ADJUST").at(0), R"("reason":"gone from the printer")"));
}

TEST_CASE("what is unloaded of no box is told as returned, the rest as unloaded") {
    Branch branch;
    branch.loadLane();
    auto transaction = Transaction::begin(*branch.database).value();
    const auto stray = card::SocialCardNumber::withBody("A0000090").value();
    REQUIRE(custody::loadLane(transaction, {1, "B01", "V1", {stray}}, branch.clock.wallTime()));
    REQUIRE(transaction.commit());
    StockDesk desk = branch.desk();
    const auto begun = desk.beginUnload(1, branch.two);
    REQUIRE(begun);
    REQUIRE(desk.countExchange(begun->id, 21, branch.two));
    REQUIRE(desk.endExchange(begun->id, {}, branch.two));
    REQUIRE(branch.bodies("STOCK.UNLOAD").size() == 1);
    REQUIRE(branch.bodies("STOCK.RETURN").size() == 1);
    CHECK(says(branch.bodies("STOCK.UNLOAD")[0], R"("count":20)"));
    CHECK_FALSE(says(branch.bodies("STOCK.UNLOAD")[0], stray.text()));
    CHECK(says(branch.bodies("STOCK.RETURN")[0], stray.text()));
}

TEST_CASE("a card missing from a box kept by count is told by its box") {
    Branch branch;
    StockDesk desk = branch.desk();
    custody::BoxLabel label = Branch::label();
    label.first.clear();
    label.last.clear();
    REQUIRE(desk.receiveBox(label, branch.two));
    REQUIRE(desk.bookMissing("BX-1", Place::vault(), "one less", branch.two));
    CHECK(says(branch.bodies("STOCK.ADJUST").back(), R"("box":"BX-1")"));
    CHECK(custody::findBox(*branch.database, "BX-1")->inVault == 19);
}

}  // namespace
}  // namespace liqu::issuance
