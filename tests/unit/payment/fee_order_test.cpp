// The book of fee orders: one open, one paid, and no move that is not allowed.
#include "firmware/payment/fee_order.hpp"

#include <doctest/doctest.h>
#include <set>

#include "tests/support/scratch.hpp"

using namespace liqu;
using namespace liqu::payment;

namespace {

struct Books {
    test::Scratch scratch;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);
    FeeBook book{*database};

    static FeeOrder order(int attempt, const char* application = "A-1") {
        FeeOrder made;
        made.orderNo = feeOrderNo("T-000017", application, attempt);
        made.applicationNo = application;
        made.attempt = attempt;
        made.bizId = "T-000017-20240601-000001";
        made.amount = Money::ofFen(2000);
        made.basis = "Guangdong Art.22";
        return made;
    }
    Result<void> add(const FeeOrder& one) {
        auto transaction = TRY(storage::Transaction::begin(*database));
        TRY(book.insert(transaction, one));
        return transaction.commit();
    }
    Result<void> move(FeeOrder& one, FeeState to) {
        auto transaction = TRY(storage::Transaction::begin(*database));
        TRY(book.move(transaction, one, to, WallTime{}));
        return transaction.commit();
    }
    FeeState stateOf(const FeeOrder& one) { return book.find(one.orderNo).value().value().state; }
};

Payment paidWith(std::int64_t fen) {
    return {Money::ofFen(fen), "4200001", "WECHAT", "2024-06-01T10:00:20+08:00"};
}

}  // namespace

TEST_CASE("an amount is read as text of two decimals, and nothing else is one") {
    CHECK(Money::parseYuan("20.00").value() == Money::ofFen(2000));
    CHECK(Money::parseYuan("0.01").value() == Money::ofFen(1));
    CHECK(Money::parseYuan("10000.00").value().yuan() == "10000.00");
    CHECK(Money::ofFen(1605).yuan() == "16.05");
    for (const char* wrong :
         {"", "20", "20.", "20.0", "20.000", ".50", "-20.00", "+20.00", " 20.00", "20.00 ",
          "020.00", "2e1.00", "20,00", "20.0a", "10000.01", "99999999.00", "\xEF\xBC\x92.00"}) {
        CAPTURE(wrong);
        const auto read = Money::parseYuan(wrong);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == ErrorCode::amountMalformed);
    }
}

TEST_CASE("the number of an order can be found again, and is another for each attempt") {
    std::set<std::string> numbers;
    for (const char* application : {"A-1", "A-2"}) {
        for (int attempt = 1; attempt <= 3; ++attempt) {
            const std::string number = feeOrderNo("T-000017", application, attempt);
            CHECK(number == feeOrderNo("T-000017", application, attempt));
            CHECK(number.size() == 26);
            CHECK(number.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
                  std::string::npos);
            numbers.insert(number);
            numbers.insert(refundNo(number));
        }
    }
    CHECK(numbers.size() == 12);
}

TEST_CASE("one application has one open order, whoever asks") {
    Books books;
    FeeOrder first = Books::order(1);
    REQUIRE(books.add(first));
    CHECK_FALSE(books.add(Books::order(2)));
    REQUIRE(books.move(first, FeeState::open));
    CHECK_FALSE(books.add(Books::order(2)));
    REQUIRE(books.move(first, FeeState::closing));
    CHECK_FALSE(books.add(Books::order(2)));
    CHECK(books.book.openOf("A-1").value()->orderNo == first.orderNo);
    // Somebody else's is no matter.
    CHECK(books.add(Books::order(1, "A-2")));

    REQUIRE(books.move(first, FeeState::closed));
    CHECK_FALSE(books.book.openOf("A-1").value());
    CHECK(books.book.nextAttempt("A-1").value() == 2);
    CHECK(books.add(Books::order(2)));
}

TEST_CASE("a payment of another amount is never taken for the fee") {
    Books books;
    FeeOrder order = Books::order(1);
    REQUIRE(books.add(order));
    order.payment = paidWith(1600);
    const auto taken = books.move(order, FeeState::paid);
    REQUIRE_FALSE(taken);
    CHECK(taken.error().code == ErrorCode::feeMoveForbidden);
    CHECK(books.stateOf(order) == FeeState::opening);
    REQUIRE(books.move(order, FeeState::held));
    CHECK(books.book.isHeld("A-1").value());
    CHECK_FALSE(books.book.paidOf("A-1").value());
    CHECK(books.book.find(order.orderNo).value()->payment.amount == Money::ofFen(1600));
}

TEST_CASE("money that comes after the close is the fee, or goes back where another order paid") {
    Books books;
    FeeOrder late = Books::order(1);
    REQUIRE(books.add(late));
    REQUIRE(books.move(late, FeeState::closing));
    REQUIRE(books.move(late, FeeState::closed));

    FeeOrder second = Books::order(2);
    REQUIRE(books.add(second));
    second.payment = paidWith(2000);
    REQUIRE(books.move(second, FeeState::paid));

    late.payment = paidWith(2000);
    // The database itself refuses a second payment of one fee.
    CHECK_FALSE(books.move(late, FeeState::paid));
    CHECK(books.stateOf(late) == FeeState::closed);
    REQUIRE(books.move(late, FeeState::refundWanted));
    REQUIRE(books.move(late, FeeState::refundSent));
    REQUIRE(books.move(late, FeeState::refunded));
    CHECK(books.book.paidOf("A-1").value()->orderNo == second.orderNo);

    FeeOrder alone = Books::order(1, "A-2");
    REQUIRE(books.add(alone));
    REQUIRE(books.move(alone, FeeState::closing));
    REQUIRE(books.move(alone, FeeState::closed));
    alone.payment = paidWith(2000);
    REQUIRE(books.move(alone, FeeState::paid));
    const auto paid = books.book.paidOf("A-2").value();
    CHECK(paid->payment.serial == "4200001");
    CHECK(paid->payment.channel == "WECHAT");
    CHECK(paid->basis == "Guangdong Art.22");
}

TEST_CASE("a move that is not allowed, or made from what is so no more, writes nothing") {
    Books books;
    for (const FeeState from : wordTable<FeeState>.values()) {
        for (const FeeState to : wordTable<FeeState>.values()) {
            if (mayBecome(from, to)) continue;
            FeeOrder order = Books::order(1);
            order.state = from;
            order.payment = paidWith(2000);
            const auto moved = books.move(order, to);
            REQUIRE_FALSE(moved);
            CHECK(moved.error().code == ErrorCode::feeMoveForbidden);
        }
    }
    FeeOrder order = Books::order(1);
    REQUIRE(books.add(order));
    FeeOrder stale = order;
    REQUIRE(books.move(order, FeeState::open));
    CHECK_FALSE(books.move(stale, FeeState::open));
    CHECK(books.stateOf(order) == FeeState::open);
}
