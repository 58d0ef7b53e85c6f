// Rules: D-05, D-06.
#include <doctest/doctest.h>

#include "firmware/issuance/plan.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::issuance {
namespace {

struct Bench {
    test::Scratch scratch;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);
    SeededRandom random{1};
    security::SealKey key = security::SealKey::make(random);
    security::Sealer sealer{security::SealProfile::aes256Gcm, key, random};
    OrderBook book{*database, sealer, [](std::string_view id) {
                       return id == "first-card" || id == "replacement" ? &cardPlan : nullptr;
                   }};
    WallTime at{std::chrono::milliseconds{1717207200000}};

    Order open(const std::string& holder) {
        auto transaction = storage::Transaction::begin(*database).value();
        Order order;
        order.service = "first-card";
        order.holderDigest = holder;
        order.bankCode = "B01";
        order.operatorId = "1001";
        order.policy = "simulator-1/1";
        order.orderId = book.nextOrderId(transaction, "T-1", at).value();
        REQUIRE(book.insert(transaction, order, at));
        REQUIRE(transaction.commit());
        return order;
    }
    void change(const Order& order) {
        auto transaction = storage::Transaction::begin(*database).value();
        REQUIRE(book.update(transaction, order));
        REQUIRE(transaction.commit());
    }
    void close(const Order& order) {
        auto transaction = storage::Transaction::begin(*database).value();
        REQUIRE(book.close(transaction, order, at));
        REQUIRE(transaction.commit());
    }
};

TEST_CASE("numbers go on over midnight and are never given twice") {
    Bench bench;
    CHECK(bench.open("h").orderId == "T-1-20240601-000001");
    bench.at += std::chrono::hours{24};
    CHECK(bench.open("h").orderId == "T-1-20240602-000002");
    bench.at -= std::chrono::hours{48};
    CHECK(bench.open("h").orderId == "T-1-20240531-000003");
}

TEST_CASE("a number taken in a transaction that is given up is free again") {
    Bench bench;
    {
        auto transaction = storage::Transaction::begin(*bench.database).value();
        CHECK(bench.book.nextOrderId(transaction, "T-1", bench.at).value() ==
              "T-1-20240601-000001");
    }
    CHECK(bench.open("h").orderId == "T-1-20240601-000001");
}

TEST_CASE("an order found again knows its bank and who vouched for the holder") {
    Bench bench;
    bench.open("h");
    const auto found = bench.book.openOrders().value();
    REQUIRE(found.size() == 1);
    CHECK(found[0].bankCode == "B01");
    CHECK(found[0].operatorId == "1001");
    CHECK(found[0].policy == "simulator-1/1");
}

TEST_CASE("what is personal is sealed, and gone when the order ends") {
    Bench bench;
    Order order = bench.open("h");
    order.chip.emplace();
    order.chip->name = PersonalText("测试样例");
    order.face.emplace();
    bench.change(order);
    const auto sealed = bench.database->query("SELECT personalisation_sealed FROM orders").value();
    const Bytes& bytes = sealed.at(0).bytes(0);
    CHECK(std::string(textOf(bytes)).find("测试样例") == std::string::npos);
    const auto back = bench.book.find(order.orderId).value();
    REQUIRE(back.has_value());
    CHECK(back->chip->name.reveal() == "测试样例");

    order.state = OrderState::handedOver;
    bench.close(order);
    CHECK(
        bench.database->query("SELECT personalisation_sealed FROM orders").value().at(0).isNull(0));
    CHECK(bench.book.openOrders().value().empty());
}

TEST_CASE("a held card is found by its holder only, and the newest first") {
    Bench bench;
    for (const char* code : {"000001", "000002"}) {
        Order order = bench.open("holder");
        order.state = OrderState::held;
        order.pickupCode = code;
        bench.at += std::chrono::minutes{1};
        bench.close(order);
    }
    CHECK(bench.book.heldFor("holder").value()->pickupCode == "000002");
    CHECK(!bench.book.heldFor("another").value());
}

TEST_CASE("who had a blank before is one look into an index, by number and by code") {
    Bench bench;
    Order first = bench.open("h");
    first.cardNumber = "A00000003";
    bench.change(first);
    bench.at += std::chrono::minutes{1};
    Order second = bench.open("h");
    second.cardIdCode = "CODE-1";
    bench.change(second);
    Order third = bench.open("h");
    CHECK(bench.book.lastWithBlank("A00000003", third.orderId).value()->orderId == first.orderId);
    CHECK(bench.book.lastWithBlank("CODE-1", third.orderId).value()->orderId == second.orderId);
    CHECK(!bench.book.lastWithBlank("A00000003", first.orderId).value());
    for (const char* named : {"card_number = ?1", "card_number IS NULL AND card_id_code = ?1"}) {
        const auto plan =
            bench.database
                ->query("EXPLAIN QUERY PLAN SELECT order_id FROM orders WHERE " +
                            std::string(named) +
                            " AND order_id <> ?2 ORDER BY opened_at DESC, order_id DESC LIMIT 1",
                        {std::string("A00000003"), std::string("-")})
                .value();
        CHECK(plan.at(0).text(3).find("USING INDEX orders_by_") != std::string::npos);
    }
}

TEST_CASE("what is sealed opens only in the row it was written for, with the columns it had") {
    const char* const touches[] = {
        "UPDATE orders SET card_number = 'A00000002' WHERE order_id LIKE '%1'",
        "UPDATE orders SET permit_id = 'P-2' WHERE order_id LIKE '%1'",
        "UPDATE orders SET application_no = 'A-2' WHERE order_id LIKE '%1'",
        "UPDATE orders SET holder_digest = 'k' WHERE order_id LIKE '%1'",
        "UPDATE orders SET bank_code = 'B02' WHERE order_id LIKE '%1'",
        "UPDATE orders SET service = 'replacement' WHERE order_id LIKE '%1'",
        "UPDATE orders SET personalisation_sealed = (SELECT personalisation_sealed FROM orders "
        "WHERE order_id LIKE '%2') WHERE order_id LIKE '%1'"};
    for (const char* touch : touches) {
        CAPTURE(touch);
        Bench bench;
        for (const char* holder : {"h", "i"}) {
            Order order = bench.open(holder);
            order.applicationNo = "A-1";
            order.permitId = "P-1";
            order.cardNumber = "A00000003";
            order.chip.emplace();
            order.face.emplace();
            bench.change(order);
            REQUIRE(bench.book.find(order.orderId));
        }
        auto transaction = storage::Transaction::begin(*bench.database).value();
        REQUIRE(transaction.run(touch));
        REQUIRE(transaction.commit());
        const auto touched = bench.book.find("T-1-20240601-000001");
        REQUIRE_FALSE(touched);
        CHECK(touched.error().code == ErrorCode::sealBroken);
        CHECK(bench.book.find("T-1-20240601-000002"));
    }
}

TEST_CASE("an order of a book that says firstCard is read, and says first-card from then on") {
    Bench bench;
    Order order = bench.open("h");
    order.service = "firstCard";
    order.chip.emplace();
    order.face.emplace();
    bench.change(order);
    const auto serviceStored = [&] {
        return bench.database->query("SELECT service FROM orders").value().front().text(0);
    };
    REQUIRE(serviceStored() == "firstCard");
    order = bench.book.find(order.orderId).value().value();
    CHECK(order.service == "first-card");
    REQUIRE(order.chip);
    bench.change(order);
    CHECK(serviceStored() == "first-card");
    CHECK(bench.book.find(order.orderId).value()->chip);
}

TEST_CASE("a stored word this version does not know is damage, never another word") {
    Bench bench;
    const Order order = bench.open("h");
    auto transaction = storage::Transaction::begin(*bench.database).value();
    SUBCASE("state") {
        REQUIRE(transaction.run("UPDATE orders SET state = 'molten'"));
    }
    SUBCASE("service") {
        REQUIRE(transaction.run("UPDATE orders SET service = 'molten'"));
    }
    REQUIRE(transaction.commit());
    CHECK(bench.book.find(order.orderId).error().code == ErrorCode::storageDamaged);
}

}  // namespace
}  // namespace liqu::issuance
