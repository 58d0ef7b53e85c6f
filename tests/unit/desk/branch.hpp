// A branch of two lanes with its books, and people who do whatever they are told.
#pragma once

#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/desk/bin_exits.hpp"
#include "firmware/desk/stock_desk.hpp"
#include "firmware/issuance/plan.hpp"
#include "firmware/province/outbox_row.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::desk {

using custody::Condition;
using custody::Place;
using issuance::Order;
using issuance::OrderBook;
using issuance::OrderState;
using storage::Transaction;

struct Branch {
    test::Scratch scratch;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);
    SeededRandom random{1};
    security::SealKey key = security::SealKey::make(random);
    security::Sealer sealer{security::SealProfile::aes256Gcm, key, random};
    OrderBook orders{*database, sealer, [](std::string_view) { return &issuance::cardPlan; }};
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

    DeskParts parts(std::optional<staff::Deed> deed = staff::Deed{staff::Act::correctBooks,
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

inline bool says(const std::string& body, const std::string& words) {
    return body.find(words) != std::string::npos;
}

}  // namespace liqu::desk
