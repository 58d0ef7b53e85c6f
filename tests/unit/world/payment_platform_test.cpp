// The money itself: orders, payments, closings, refunds, the bill, and what the audit sees.
#include <algorithm>

#include "tests/unit/world/payment_host.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

constexpr WallTime start{1717207200000ms};  // 2024-06-01 10:00 in China
constexpr WallTime end = start + 5min;

struct Till {
    explicit Till(PaymentChannel channel = PaymentChannel::wechat) : platform(channel, &faults) {}
    Opened open(const std::string& number, std::int64_t fen = 2000, WallTime now = start) {
        return platform.open(
            {.number = number, .fee = "fee-1", .subject = "card", .fen = fen, .expiresAt = end},
            now);
    }
    PayState state(const std::string& number, WallTime now = start) {
        return platform.query(number, now).state;
    }
    PaymentFaults faults;
    PaymentPlatform platform;
};

}  // namespace

TEST_CASE("yuan and fen") {
    CHECK(yuanText(2000) == "20.00");
    CHECK(yuanText(5) == "0.05");
    CHECK(fenOfYuan("20.00") == 2000);
    CHECK(fenOfYuan("20") == 2000);
    CHECK(fenOfYuan("0.5") == 50);
    for (const char* wrong : {"", ".5", "20.", "20.001", "-20", "2e3", "20,00", "99999999"}) {
        CAPTURE(wrong);
        CHECK_FALSE(fenOfYuan(wrong));
    }
}

TEST_CASE("one number is one order") {
    Till till;
    const Opened first = till.open("ORDER001");
    CHECK(first.answer == OpenAnswer::opened);
    const Opened again = till.open("ORDER001");
    CHECK(again.answer == OpenAnswer::opened);
    CHECK(again.qrText != first.qrText);
    CHECK(till.platform.orders().size() == 1);
    CHECK(till.open("ORDER001", 1600).answer == OpenAnswer::otherAmount);
    // Both codes are of the one order, and it is paid once.
    CHECK(till.platform.pay(first.qrText, start) == PayOutcome::paid);
    CHECK(till.platform.pay(again.qrText, start) == PayOutcome::alreadyPaid);
    CHECK(till.open("ORDER001").answer == OpenAnswer::alreadyPaid);
    CHECK(till.platform.audit(start).empty());
    till.faults.arm(PaymentFault::otherAmountTaken);
    till.open("ORDER002", 2000);
    CHECK(till.open("ORDER002", 1600).answer == OpenAnswer::opened);
}

TEST_CASE("what is no order") {
    Till till;
    CHECK(till.open("").answer == OpenAnswer::badWish);
    CHECK(till.open("ORDER 1").answer == OpenAnswer::badWish);
    CHECK(till.open(std::string(33, 'A')).answer == OpenAnswer::badWish);
    CHECK(till.open("ORDER001", 0).answer == OpenAnswer::badWish);
    CHECK(till.open("ORDER001", -2000).answer == OpenAnswer::badWish);
    CHECK(Till(PaymentChannel::unionpay).open("ORDER01").answer == OpenAnswer::badWish);
    CHECK(Till(PaymentChannel::alipay).open(std::string(64, 'A')).answer == OpenAnswer::opened);
    CHECK(till.platform.orders().empty());
}

TEST_CASE("the end of a code is no end of an order") {
    SUBCASE("wechat stays unpaid until it is closed") {
        Till till;
        const std::string qr = till.open("ORDER001").qrText;
        CHECK(till.platform.pay(qr, end) == PayOutcome::codeEnded);
        CHECK(till.state("ORDER001", end + 1h) == PayState::waiting);
        CHECK(till.platform.close("ORDER001", end + 1h) == CloseAnswer::closed);
        CHECK(till.platform.close("ORDER001", end + 1h) == CloseAnswer::closed);
        CHECK(till.state("ORDER001", end + 1h) == PayState::closed);
        CHECK(till.platform.pay(qr, end + 1h) == PayOutcome::orderClosed);
        CHECK(till.open("ORDER001", 2000, end + 1h).answer == OpenAnswer::closedBefore);
    }
    SUBCASE("alipay has none before the scan, and closes itself after it") {
        Till till(PaymentChannel::alipay);
        const std::string qr = till.open("ORDER001").qrText;
        CHECK_FALSE(till.platform.query("ORDER001", start).found);
        CHECK(till.platform.close("ORDER001", start) == CloseAnswer::notFound);
        CHECK(till.platform.scan(qr, start) == PayOutcome::paid);
        CHECK(till.state("ORDER001") == PayState::scanned);
        CHECK(till.state("ORDER001", end) == PayState::closed);
    }
    SUBCASE("alipay's cancel fences what was never scanned, and refunds what was paid") {
        Till till(PaymentChannel::alipay);
        const std::string qr = till.open("ORDER001").qrText;
        CHECK(till.platform.cancel("ORDER001", start) == CloseAnswer::closed);
        CHECK(till.platform.pay(qr, start) == PayOutcome::orderClosed);
        CHECK(till.platform.cancel("NEVER001", start) == CloseAnswer::closed);
        CHECK(till.open("NEVER001").answer == OpenAnswer::closedBefore);
        const std::string other = till.open("ORDER002").qrText;
        till.platform.pay(other, start);
        CHECK(till.platform.cancel("ORDER002", start) == CloseAnswer::refundedInstead);
        CHECK(till.state("ORDER002", start + 1min) == PayState::refunded);
    }
    SUBCASE("a debt of the state has no end") {
        Till till(PaymentChannel::nontax);
        const Opened opened = till.open("ORDER001");
        CHECK(opened.reference.size() == 20);
        CHECK(till.platform.close("ORDER001", start) == CloseAnswer::notOffered);
        CHECK(till.platform.pay(opened.qrText, start + 24h * 300) == PayOutcome::paid);
        // Within a month nothing else is opened for it.
        CHECK(till.open("ORDER002", 2000, start + 24h * 310).answer == OpenAnswer::paidElsewhere);
    }
}

TEST_CASE("closing and paying at once") {
    Till till;
    const std::string qr = till.open("ORDER001").qrText;
    SUBCASE("the payment was before") {
        till.faults.arm(PaymentFault::closeFindsPaid);
        CHECK(till.platform.close("ORDER001", start) == CloseAnswer::alreadyPaid);
        CHECK(till.state("ORDER001") == PayState::paid);
    }
    SUBCASE("closed by its word, and paid after") {
        till.faults.arm(PaymentFault::closeThenPaid);
        CHECK(till.platform.close("ORDER001", start) == CloseAnswer::closed);
        CHECK(till.state("ORDER001") == PayState::closed);
        CHECK(till.state("ORDER001", start + 10s) == PayState::paid);
    }
    SUBCASE("closed by its word, and open") {
        till.faults.arm(PaymentFault::closeStaysOpen);
        CHECK(till.platform.close("ORDER001", start) == CloseAnswer::closed);
        CHECK(till.state("ORDER001") == PayState::waiting);
        CHECK(till.platform.pay(qr, start) == PayOutcome::paid);
    }
    SUBCASE("closed, and takes money all the same") {
        till.faults.arm(PaymentFault::paidAfterClose);
        CHECK(till.platform.close("ORDER001", start) == CloseAnswer::closed);
        CHECK(till.platform.pay(qr, start + 30s) == PayOutcome::paid);
        CHECK(till.state("ORDER001", start + 30s) == PayState::paid);
    }
    CHECK(till.faults.allFired());
}

TEST_CASE("queries that lag, or find nothing") {
    Till till;
    const std::string qr = till.open("ORDER001").qrText;
    till.platform.pay(qr, start + 10s);
    REQUIRE(till.faults.arm("payment.query-stale@30"));
    CHECK(till.state("ORDER001", start + 30s) == PayState::waiting);
    CHECK(till.state("ORDER001", start + 41s) == PayState::paid);
    till.faults.arm(PaymentFault::queryFindsNone);
    CHECK_FALSE(till.platform.query("ORDER001", start + 50s).found);
    CHECK(till.platform.query("ORDER001", start + 51s).found);
    CHECK(till.faults.allFired());
}

TEST_CASE("wrong sums and double payments are seen by the audit") {
    Till till;
    const std::string qr = till.open("ORDER001").qrText;
    SUBCASE("sixteen for twenty") {
        REQUIRE(till.faults.arm("payment.paid-amount@1600"));
        till.platform.pay(qr, start);
        CHECK(till.platform.query("ORDER001", start).paidFen == 1600);
        CHECK(till.platform.audit(start) ==
              std::vector<std::string>{"fee fee-1 of 2000 fen keeps 1600"});
    }
    SUBCASE("twice") {
        till.faults.arm(PaymentFault::paidTwice);
        till.platform.pay(qr, start);
        CHECK(till.platform.audit(start) ==
              std::vector<std::string>{"fee fee-1 of 2000 fen keeps 4000"});
        // The surplus goes back, and all is well.
        CHECK(till.platform.refund({"R1", "ORDER001", 2000, "twice"}, start) ==
              RefundAnswer::accepted);
        CHECK(till.platform.audit(start).empty());
    }
}

TEST_CASE("orders of one fee beside each other are seen by the audit") {
    Till till;
    const std::string qr = till.open("ORDER001").qrText;
    SUBCASE("two orders that can be paid at once") {
        till.open("ORDER002", 2000, start + 1s);
        CHECK(till.platform.audit(start) ==
              std::vector<std::string>{"order ORDER002 while ORDER001 could be paid"});
    }
    SUBCASE("an order after the fee was paid") {
        till.platform.pay(qr, start);
        till.open("ORDER002", 2000, start + 1s);
        CHECK(till.platform.audit(start) ==
              std::vector<std::string>{"order ORDER002 after ORDER001 was paid"});
    }
    SUBCASE("one after the other is no crime") {
        till.platform.close("ORDER001", start);
        const std::string next = till.open("ORDER002").qrText;
        till.platform.pay(next, start);
        CHECK(till.platform.audit(start).empty());
        const auto lines = till.platform.lines(start);
        REQUIRE(lines.size() == 2);
        CHECK(lines[1].paid == 2000);
        const auto evidence = PayJson::parse(till.platform.evidenceJson(start));
        CHECK(evidence["orders"][0]["state"] == "closed");
        CHECK(evidence["orders"][1]["payments"][0]["fen"] == 2000);
    }
    SUBCASE("after the money is on its way back another order may follow") {
        till.platform.pay(qr, start);
        till.platform.refund({"R1", "ORDER001", 2000, ""}, start);
        till.open("ORDER002", 2000, start + 1s);
        CHECK(till.platform.audit(start + 1s).empty());
    }
    SUBCASE("asked without end") {
        for (int i = 0; i < 151; ++i) till.state("ORDER001");
        CHECK(till.platform.audit(start).size() == 1);
    }
}

TEST_CASE("orders of one fee on two platforms") {
    Till till;
    const std::string qr = till.open("ORDER001").qrText;
    SUBCASE("on two platforms at once") {
        Till other(PaymentChannel::alipay);
        const std::string second = other.open("ORDER002", 2000, start + 1min).qrText;
        const std::vector<const PaymentPlatform*> both = {&till.platform, &other.platform};
        CHECK(auditFees(both, start + 1min) ==
              std::vector<std::string>{"order ORDER002 while ORDER001 could be paid"});
        till.platform.pay(qr, start + 2min);
        other.platform.pay(second, start + 2min);
        CHECK(auditFees(both, start + 2min).size() == 2);
        CHECK(till.platform.audit(start + 2min).empty());
    }
    SUBCASE("closed on one platform, then opened on another") {
        till.platform.close("ORDER001", start + 1min);
        Till other(PaymentChannel::alipay);
        other.open("ORDER002", 2000, start + 2min);
        CHECK(auditFees({&till.platform, &other.platform}, start + 2min).empty());
        // The first one lies, and takes money from an old picture of its code.
        till.faults.arm(PaymentFault::paidAfterClose);
        till.platform.pay(qr, start + 3min);
        CHECK(other.platform.payOrder("ORDER002", start + 3min) == PayOutcome::paid);
        CHECK(auditFees({&till.platform, &other.platform}, start + 3min) ==
              std::vector<std::string>{"fee fee-1 of 2000 fen keeps 4000"});
    }
}

TEST_CASE("a refund is a request") {
    Till till;
    const RefundWish wish{"R1", "ORDER001", 2000, "not made"};
    CHECK(till.platform.refund(wish, start) == RefundAnswer::notFound);
    const std::string qr = till.open("ORDER001").qrText;
    CHECK(till.platform.refund(wish, start) == RefundAnswer::notPaid);
    till.platform.pay(qr, start);
    const auto stateAt = [&till](Duration after) {
        const WallTime at = start + std::chrono::duration_cast<std::chrono::milliseconds>(after);
        return till.platform.queryRefund("R1", at).value().stateAt(at);
    };
    SUBCASE("and takes its time; the same number is the same refund") {
        for (int i = 0; i < 5; ++i) {
            CHECK(till.platform.refund(wish, start) == RefundAnswer::accepted);
        }
        CHECK(stateAt(1s) == RefundState::processing);
        CHECK(stateAt(1min) == RefundState::done);
        CHECK(till.state("ORDER001", start + 1min) == PayState::refunded);
        CHECK(till.platform.query("ORDER001", start + 1min).refundedFen == 2000);
        CHECK(till.platform.refund({"R1", "ORDER001", 100, ""}, start) == RefundAnswer::otherWish);
        CHECK(till.platform.refund({"R2", "ORDER001", 2000, ""}, start) == RefundAnswer::tooMuch);
        till.faults.arm(PaymentFault::refundTwice);
        CHECK(till.platform.refund({"R2", "ORDER001", 2000, ""}, start) == RefundAnswer::accepted);
        CHECK(till.platform.audit(start).size() == 1);
    }
    SUBCASE("that may end with a closed account") {
        till.faults.arm(PaymentFault::refundAbnormal);
        CHECK(till.platform.refund(wish, start) == RefundAnswer::accepted);
        CHECK(stateAt(71h) == RefundState::processing);
        CHECK(stateAt(73h) == RefundState::abnormal);
        CHECK(till.state("ORDER001", start + 73h) == PayState::paid);
    }
    SUBCASE("late, refused by the platform, or not to be found for a while") {
        till.faults.arm(PaymentFault::refundFails);
        CHECK(till.platform.refund(wish, start) == RefundAnswer::accepted);
        CHECK(stateAt(1min) == RefundState::closed);
        till.faults.arm(PaymentFault::refundFindsNone);
        CHECK_FALSE(till.platform.queryRefund("R1", start + 9min));
        CHECK(till.platform.queryRefund("R1", start + 11min));
    }
    SUBCASE("that a debt of the state has none of") {
        Till office(PaymentChannel::nontax);
        CHECK(office.platform.refund(wish, start) == RefundAnswer::notOffered);
    }
}

TEST_CASE("the bill of a day") {
    Till till;
    till.platform.pay(till.open("ORDER001").qrText, start);
    till.platform.refund({"R1", "ORDER001", 2000, ""}, start);
    const Date day = chinaDate(start);
    CHECK_FALSE(till.platform.bill(day, start + 23h));
    const WallTime morning = start + 24h;
    const auto rowsOf = [&] {
        const std::string bill = till.platform.bill(day, morning).value();
        return std::count(bill.begin(), bill.end(), '\n') - 3;
    };
    const std::string bill = till.platform.bill(day, morning).value();
    CHECK(bill.find("`ORDER001,`4200") != std::string::npos);
    CHECK(bill.ends_with("`2,`20.00,`20.00\r\n"));
    CHECK(rowsOf() == 2);
    SUBCASE("misses a row") {
        till.faults.arm(PaymentFault::billMissesRow);
        CHECK(rowsOf() == 1);
    }
    SUBCASE("has a row of nobody") {
        till.faults.arm(PaymentFault::billExtraRow);
        CHECK(rowsOf() == 3);
    }
    SUBCASE("is late") {
        till.faults.arm(PaymentFault::billLate);
        CHECK_FALSE(till.platform.bill(day, morning));
        CHECK(till.platform.bill(day, morning + 31min));
    }
    CHECK(till.faults.allFired());
}

TEST_CASE("faults of the platform by their names") {
    PaymentFaults faults;
    for (const PaymentFault fault : allPaymentFaults()) CHECK(faults.arm(verbOf(fault)));
    CHECK_FALSE(faults.arm("payment.none"));
    CHECK_FALSE(faults.allFired());
    CHECK(faults.strikes(PaymentFault::answerLost, "open"));
    CHECK_FALSE(faults.strikes(PaymentFault::answerLost, "open"));
    faults.mend("payment.slow");
    CHECK_FALSE(faults.holds(PaymentFault::slow));
    REQUIRE(faults.arm("payment.clock@-600"));
    CHECK(faults.value(PaymentFault::clockSkew) == -600);
}
