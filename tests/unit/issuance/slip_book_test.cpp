#include "firmware/issuance/slip_book.hpp"

#include <doctest/doctest.h>

#include "firmware/issuance/slips.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::issuance {
namespace {

using ports::SlipField;
using ports::SlipForm;

struct SlipBench {
    test::Scratch scratch;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);
    SeededRandom random{1};
    security::SealKey key = security::SealKey::make(random);
    security::Sealer sealer{security::SealProfile::aes256Gcm, key, random};
    SlipBook book{sealer, "T-000017", std::chrono::days{30}};
    WallTime at{std::chrono::milliseconds{1717207200000}};

    std::string issue(const std::string& order, SlipForm form = SlipForm::collection) {
        auto transaction = storage::Transaction::begin(*database).value();
        const ports::SlipFields fields = {
            {SlipField::name, {PersonalText("张*三"), {}}},
            {SlipField::counter, {PersonalText("3号窗口"), PersonalText("counter 3")}}};
        const auto number = book.issue(transaction, form, order, fields, at);
        REQUIRE_MESSAGE(number, describe(number.error()));
        REQUIRE(transaction.commit());
        return *number;
    }
    void run(std::string_view sql) {
        auto transaction = storage::Transaction::begin(*database).value();
        REQUIRE(transaction.run(sql));
        REQUIRE(transaction.commit());
    }
};

TEST_CASE("numbers are of a day and go up; one that was rolled back was never given") {
    SlipBench bench;
    CHECK(bench.issue("O-1") == "T-000017-20240601-S0001");
    {
        auto transaction = storage::Transaction::begin(*bench.database).value();
        CHECK(bench.book.issue(transaction, SlipForm::pickup, "O-2", {}, bench.at).value() ==
              "T-000017-20240601-S0002");
    }
    CHECK(bench.issue("O-3") == "T-000017-20240601-S0002");
    bench.at += std::chrono::hours{24};
    CHECK(bench.issue("O-4") == "T-000017-20240602-S0001");
    CHECK(bench.book.newest(*bench.database, 2)->size() == 2);
    CHECK(bench.book.newest(*bench.database, 10)->front().orderId == "O-4");
    CHECK(bench.book.newest(*bench.database, 10)->front().fields.empty());
}

TEST_CASE("what stands on a slip is found again, and lies sealed on the disk") {
    SlipBench bench;
    const std::string number = bench.issue("O-1", SlipForm::lossTemporary);
    const auto found = bench.book.find(*bench.database, number);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->form == SlipForm::lossTemporary);
    CHECK((*found)->orderId == "O-1");
    CHECK((*found)->state == SlipState::due);
    CHECK((*found)->fields.at(SlipField::name).chinese.reveal() == "张*三");
    CHECK((*found)->fields.at(SlipField::counter).english.reveal() == "counter 3");
    CHECK((*found)->fields.at(SlipField::number).chinese.reveal() == number);
    CHECK(bench.book.ofOrder(*bench.database, "O-1")->value().number == number);
    CHECK_FALSE(bench.book.ofOrder(*bench.database, "O-2")->has_value());
    CHECK(bench.database
              ->number("SELECT count(*) FROM slips WHERE "
                       "instr(content_sealed, CAST('张*三' AS BLOB)) > 0")
              .value() == 0);
    for (const char* wrong : {"", "T-000017-20240601-S0002", "T-000018-20240601-S0001",
                              "T-000017-20240601-S001", "T-000017-20240601-SX001"}) {
        CHECK_FALSE(bench.book.find(*bench.database, wrong)->has_value());
    }
}

TEST_CASE("what became of the paper is noted, and each copy") {
    SlipBench bench;
    const std::string number = bench.issue("O-1");
    REQUIRE(bench.book.note(*bench.database, number, SlipState::printed));
    REQUIRE(bench.book.noteCopy(*bench.database, number));
    REQUIRE(bench.book.noteCopy(*bench.database, number));
    const auto found = bench.book.find(*bench.database, number);
    CHECK((*found)->state == SlipState::printed);
    CHECK((*found)->copies == 2);
}

TEST_CASE("after its time what stood on a slip is gone, its number stays") {
    SlipBench bench;
    const std::string old = bench.issue("O-1");
    bench.at += std::chrono::days{29};
    bench.issue("O-2");
    CHECK_FALSE(bench.book.find(*bench.database, old)->value().fields.empty());
    bench.at += std::chrono::days{2};
    bench.issue("O-3");
    const auto found = bench.book.find(*bench.database, old);
    REQUIRE(found->has_value());
    CHECK((*found)->fields.empty());
    CHECK((*found)->form == SlipForm::collection);
}

TEST_CASE("a slip that was touched, or is another's, is not printed again") {
    for (const char* touch :
         {"UPDATE slips SET form = 'pickup'", "UPDATE slips SET order_id = 'O-9'",
          "UPDATE slips SET number = 7", "UPDATE slips SET at = at + 1",
          "UPDATE slips SET content_sealed = substr(content_sealed, 1, 20)"}) {
        CAPTURE(touch);
        SlipBench bench;
        bench.issue("O-1");
        bench.run(touch);
        const auto list = bench.book.newest(*bench.database, 1);
        REQUIRE(list);
        const auto found = bench.book.find(*bench.database, list->front().number);
        REQUIRE_FALSE(found);
        CHECK(found.error().code == ErrorCode::sealBroken);
    }
}

TEST_CASE("how an order ended says which form its slip has") {
    Order order;
    const auto formAs = [&order](OrderState state, Leads leads = Leads::toCard) {
        order.state = state;
        return slipFormOf(order, leads);
    };
    order.service = "loss-temporary";
    CHECK(formAs(OrderState::carriedOut, Leads::toChange) == SlipForm::lossTemporary);
    order.service = "pin-change";
    CHECK(formAs(OrderState::carriedOut, Leads::toChange) == SlipForm::done);
    CHECK(formAs(OrderState::withdrawn, Leads::toChange) == SlipForm::done);
    order.service = "first-card";
    CHECK(formAs(OrderState::handedOver) == SlipForm::collection);
    CHECK(formAs(OrderState::held) == SlipForm::pickup);
    CHECK(formAs(OrderState::staffLook) == SlipForm::outcome);
    CHECK(formAs(OrderState::missing) == SlipForm::outcome);
    CHECK_FALSE(formAs(OrderState::open));
    for (const OrderState state : {OrderState::failed, OrderState::resumable}) {
        // An application that goes on, or nothing.
        order.applicationNo.clear();
        CHECK_FALSE(formAs(state));
        order.applicationNo = "A00000042";
        CHECK(formAs(state) == SlipForm::acceptance);
        CHECK_FALSE(formAs(state, Leads::toChange));
    }
}

}  // namespace
}  // namespace liqu::issuance
