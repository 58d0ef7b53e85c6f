// The platform's wire without a socket: four ways to speak, signatures, and what the line does.
#include "tests/unit/world/payment_host.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

std::string codeOf(const PayJson& answer) {
    return answer.value("code", std::string());
}

}  // namespace

TEST_CASE("wechat: fen, and the words of version three") {
    PaymentHost host(PaymentChannel::wechat);
    const std::string qr = host.post(wechatNative, wechatOrder("ORDER001")).at("code_url");
    CHECK(qr.starts_with("weixin://wxpay/bizpayurl?pr="));
    CHECK(host.get(wechatQuery("ORDER001")).at("trade_state") == "NOTPAY");
    CHECK(codeOf(host.get(wechatQuery("ORDER009"))) == "ORDER_NOT_EXIST");
    CHECK(codeOf(host.post(wechatNative, wechatOrder("ORDER001", 1600))) == "OUT_TRADE_NO_USED");
    CHECK(host.pays(qr) == PayOutcome::paid);
    const PayJson paid = host.get(wechatQuery("ORDER001"));
    CHECK(paid.at("trade_state") == "SUCCESS");
    CHECK(paid.at("amount").at("total") == 2000);
    CHECK(paid.at("transaction_id").get<std::string>().size() > 10);
    CHECK(paid.at("success_time").get<std::string>().starts_with("2024-06-01T10:00:"));
    const std::string closing = "/v3/pay/transactions/out-trade-no/ORDER001/close";
    CHECK(codeOf(host.post(closing, {{"mchid", "1900000001"}})) == "ORDERPAID");
    CHECK(codeOf(host.post(wechatNative, wechatOrder("ORDER001"))) == "ORDERPAID");
    const PayJson refund{{"out_trade_no", "ORDER001"},
                         {"out_refund_no", "R1"},
                         {"reason", "not made"},
                         {"amount", {{"refund", 2000}, {"total", 2000}, {"currency", "CNY"}}}};
    CHECK(host.post("/v3/refund/domestic/refunds", refund).at("status") == "PROCESSING");
    host.clock.sleepFor(1min);
    CHECK(host.get("/v3/refund/domestic/refunds/R1").at("status") == "SUCCESS");
    CHECK(host.get(wechatQuery("ORDER001")).at("trade_state") == "REFUND");
    const std::string bill = "/v3/bill/tradebill?bill_date=2024-06-01&bill_type=ALL";
    CHECK(codeOf(host.get(bill)) == "STATEMENT_CREATING");
    host.clock.sleepFor(24h);
    CHECK(host.answer("GET", bill).body.find("`20.00") != std::string::npos);
    CHECK(host.gateway.wrongs().empty());
    CHECK(host.audit().empty());
    CHECK(host.front.calls().size() == 12);
}

TEST_CASE("wechat: closing what nobody paid") {
    PaymentHost host(PaymentChannel::wechat);
    const std::string qr = host.post(wechatNative, wechatOrder("ORDER001")).at("code_url");
    const std::string closing = "/v3/pay/transactions/out-trade-no/ORDER001/close";
    const PaymentAnswer closed = host.answer("POST", closing, R"({"mchid":"1900000001"})");
    CHECK(closed.status == 204);
    CHECK(closed.body.empty());
    CHECK(host.get(wechatQuery("ORDER001")).at("trade_state") == "CLOSED");
    CHECK(host.pays(qr) == PayOutcome::orderClosed);
}

TEST_CASE("what a platform refuses at the door") {
    PaymentHost host(PaymentChannel::wechat);
    const auto refused = [&host](PayJson body) {
        const PaymentAnswer said = host.answer("POST", wechatNative, body.dump());
        return said.status == 400 && host.gateway.wrongs().size() == 1;
    };
    PayJson order = wechatOrder("ORDER001");
    SUBCASE("yuan for fen") {
        order["amount"]["total"] = 20.0;
    }
    SUBCASE("a text for a number") {
        order["amount"]["total"] = "2000";
    }
    SUBCASE("a field of nobody") {
        order["payer"] = "x";
    }
    SUBCASE("without an end") {
        order.erase("time_expire");
    }
    SUBCASE("an end that is no time") {
        order["time_expire"] = "2024-06-01 10:05";
    }
    SUBCASE("a notification with a query") {
        order["notify_url"] = "https://a.example/?x=1";
    }
    SUBCASE("a number with a blank") {
        order["out_trade_no"] = "ORDER 1";
    }
    SUBCASE("an end after ninety days") {
        order["time_expire"] = "2025-06-01T10:05:00+08:00";
    }
    SUBCASE("no object at all") {
        order = "order";
    }
    CHECK(refused(order));
    CHECK(host.platform.orders().empty());
}

TEST_CASE("who asks is checked before what is asked") {
    PaymentHost host(PaymentChannel::wechat);
    PaymentRequest good = host.request("POST", wechatNative, wechatOrder("ORDER001").dump());
    SUBCASE("the body was touched") {
        good.body[20] = 'x';
    }
    SUBCASE("the target was touched") {
        good.target += "?";
    }
    SUBCASE("no signature") {
        good.authorization.clear();
    }
    SUBCASE("another form") {
        good.authorization += ",signature=\"AA==\"";
    }
    SUBCASE("another terminal's certificate") {
        good.certificateName = "T-000018";
    }
    SUBCASE("a minute too old") {
        host.clock.sleepFor(6min);
    }
    SUBCASE("the platform's clock is elsewhere") {
        REQUIRE(host.faults.arm("payment.clock@-600"));
    }
    SUBCASE("the nonce was used") {
        host.send(good);
        host.platform = PaymentPlatform(PaymentChannel::wechat, &host.faults);
    }
    const PaymentLineResult result = host.send(good);
    CHECK(result.answer.status == 401);
    CHECK(host.front.wrongs().size() == 1);
    CHECK(host.platform.orders().empty());
}

TEST_CASE("alipay: yuan as text, and nothing is there before the scan") {
    PaymentHost host(PaymentChannel::alipay);
    const auto ask = [&host](const std::string& call, const PayJson& body) {
        return host.post("/alipay/" + call, body).front();
    };
    const PayJson order{{"out_trade_no", "ORDER001"},
                        {"total_amount", "20.00"},
                        {"subject", "card"},
                        {"time_expire", "2024-06-01 10:05:00"},
                        {"body", "fee-1"}};
    const PayJson number{{"out_trade_no", "ORDER001"}};
    const std::string qr = ask("precreate", order).at("qr_code");
    CHECK(ask("query", number).at("sub_code") == "ACQ.TRADE_NOT_EXIST");
    CHECK(host.pays(qr) == PayOutcome::paid);
    const PayJson paid = ask("query", number);
    CHECK(paid.at("trade_status") == "TRADE_SUCCESS");
    CHECK(paid.at("total_amount") == "20.00");
    CHECK(ask("close", number).at("sub_code") == "ACQ.TRADE_STATUS_ERROR");
    const PayJson refund{
        {"out_trade_no", "ORDER001"}, {"refund_amount", "20.00"}, {"out_request_no", "R1"}};
    CHECK(ask("refund", refund).at("fund_change") == "Y");
    CHECK(ask("refund", refund).at("fund_change") == "N");
    const PayJson which{{"out_trade_no", "ORDER001"}, {"out_request_no", "R1"}};
    CHECK_FALSE(ask("refund-query", which).contains("refund_status"));
    host.clock.sleepFor(1min);
    CHECK(ask("refund-query", which).at("refund_status") == "REFUND_SUCCESS");
    CHECK(ask("query", number).at("trade_status") == "TRADE_CLOSED");
    CHECK(ask("cancel", {{"out_trade_no", "NEVER001"}}).at("action") == "close");
    CHECK(host.front.wrongs().empty());
    PayJson inFen = order;
    inFen["total_amount"] = "2000";
    CHECK(host.answer("POST", "/alipay/precreate", inFen.dump()).status == 400);
}

TEST_CASE("unionpay: fen, and states of its own") {
    PaymentHost host(PaymentChannel::unionpay);
    const PayJson order{{"orderId", "ORDER001"},
                        {"totalAmount", 2000},
                        {"billDesc", "card"},
                        {"expireTime", "2024-06-01 10:05:00"}};
    const PayJson number{{"orderId", "ORDER001"}};
    const std::string qr = host.post("/unionpay/getQRCode", order).at("billQRCode");
    CHECK(host.post("/unionpay/query", number).at("billStatus") == "UNPAID");
    CHECK(host.pays(qr) == PayOutcome::paid);
    const PayJson paid = host.post("/unionpay/query", number);
    CHECK(paid.at("billStatus") == "PAID");
    CHECK(paid.at("billPayment").at("totalAmount") == 2000);
    CHECK(host.post("/unionpay/closeQRCode", number).at("errCode") == "BILL_PAID");
    const PayJson refund{{"orderId", "ORDER001"}, {"refundOrderId", "R1"}, {"refundAmount", 2000}};
    CHECK(host.post("/unionpay/refund", refund).at("refundStatus") == "PROCESSING");
    host.clock.sleepFor(1min);
    CHECK(host.post("/unionpay/refund-query", {{"refundOrderId", "R1"}}).at("refundStatus") ==
          "SUCCESS");
    CHECK(host.post("/unionpay/query", {{"orderId", "ORDER009"}}).at("errCode") == "NO_ORDER");
    CHECK(host.front.wrongs().empty());
}

TEST_CASE("nontax: a code and a time, and an answer inside a text") {
    PaymentHost host(PaymentChannel::nontax);
    const std::string open =
        "/nontax/getPayCode?payerName=%E5%BC%A0%E4%B8%89&payerTel=0&payerCard=0&amount=20.00"
        "&orgCode=410100&socialCard=A10000007&uniqueId=ORDER00";
    const PayJson opened = host.get(open + "1");
    CHECK(opened.at("code") == 0);
    const std::string code = opened.at("payCode");
    const std::string time = opened.at("transTime");
    const std::string target = "/nontax/query?payCode=" + code + "&transTime=";
    const auto inside = [&host](const std::string& asked) {
        return PayJson::parse(host.get(asked).at("result").get<std::string>());
    };
    CHECK(inside(target + time).at("stats") == "0");
    CHECK(inside(target + "20240601000000").at("stats") == "4");
    CHECK(host.pays(opened.at("msg")) == PayOutcome::paid);
    const PayJson paid = inside(target + time);
    CHECK(paid.at("stats") == "2");
    CHECK(paid.at("amt") == 20.0);
    CHECK(paid.at("cfmDate") == "20240601");
    const PayJson again = host.get(open + "2");
    CHECK(again.at("code") == -1);
    CHECK(again.at("msg").get<std::string>().find("一个月内") == 0);
    CHECK(host.front.wrongs().empty());
    host.faults.arm(PaymentFault::numberAsText);
    CHECK(inside(target + time).at("amt") == "20.00");
}

TEST_CASE("the line and its faults") {
    PaymentHost host(PaymentChannel::wechat);
    const auto opens = [&host](const std::string& number) {
        return host.send(host.request("POST", wechatNative, wechatOrder(number).dump()));
    };
    const auto armed = [&host](const char* verb) { REQUIRE(host.faults.arm(verb)); };
    SUBCASE("nothing listens") {
        armed("payment.unreachable");
        CHECK(opens("ORDER001").fate == PaymentLineFate::neverSent);
        CHECK(host.platform.orders().empty());
        host.faults.mend("payment.unreachable");
        CHECK(opens("ORDER001").fate == PaymentLineFate::answered);
    }
    SUBCASE("lost before it was carried out") {
        armed("payment.request-lost@open");
        CHECK(opens("ORDER001").fate == PaymentLineFate::unknown);
        CHECK(host.platform.orders().empty());
    }
    SUBCASE("the answer is lost, the order is there") {
        armed("payment.answer-lost@open");
        const Instant before = host.clock.now();
        CHECK(opens("ORDER001").fate == PaymentLineFate::unknown);
        CHECK(host.clock.now() - before == 8s);
        CHECK(host.get(wechatQuery("ORDER001")).at("trade_state") == "NOTPAY");
    }
    SUBCASE("slower than the patience") {
        armed("payment.slow@open");
        CHECK(opens("ORDER001").fate == PaymentLineFate::unknown);
        CHECK(host.platform.orders().size() == 1);
    }
    CHECK(host.faults.allFired());
}

TEST_CASE("answers that are none, or are another's") {
    PaymentHost host(PaymentChannel::wechat);
    const auto opens = [&host](const std::string& number) {
        return host.send(host.request("POST", wechatNative, wechatOrder(number).dump()));
    };
    const auto armed = [&host](const char* verb) { REQUIRE(host.faults.arm(verb)); };
    SUBCASE("torn, empty, or a page") {
        for (const char* verb : {"payment.torn-body", "payment.empty-body", "payment.html-502",
                                 "payment.html-200", "payment.wrong-signature"}) {
            CAPTURE(verb);
            armed(verb);
            const PaymentLineResult result = opens("ORDER001");
            CHECK(result.fate == PaymentLineFate::answered);
            CHECK_FALSE(host.isGenuine(result.answer));
        }
        CHECK(host.platform.orders().size() == 1);
    }
    SUBCASE("the answer to the call before") {
        opens("ORDER001");
        armed("payment.duplicate-answer@query");
        const PaymentLineResult result = host.send(host.request("GET", wechatQuery("ORDER001")));
        CHECK(result.answer.body.find("code_url") != std::string::npos);
        CHECK_FALSE(host.isGenuine(result.answer));
    }
    SUBCASE("about another order") {
        opens("ORDER001");
        opens("ORDER002");
        armed("payment.other-order@query");
        CHECK(host.get(wechatQuery("ORDER001")).at("out_trade_no") == "ORDER002");
        armed("payment.other-order@open");
        const std::string qr = host.post(wechatNative, wechatOrder("ORDER001")).at("code_url");
        host.pays(qr);
        CHECK(host.get(wechatQuery("ORDER002")).at("trade_state") == "SUCCESS");
    }
    SUBCASE("a state of no list, and an amount in quotes") {
        opens("ORDER001");
        armed("payment.unknown-state");
        armed("payment.number-as-text");
        const PayJson view = host.get(wechatQuery("ORDER001"));
        CHECK(view.at("trade_state") == "9");
        CHECK(view.at("amount").at("total") == "2000");
    }
    CHECK(host.faults.allFired());
}

TEST_CASE("a person who scans and pays in their own time") {
    PaymentHost host(PaymentChannel::alipay);
    host.front.setPayer({.scansAfter = 5s, .paysAfter = 20s});
    const PayJson order{{"out_trade_no", "ORDER001"},
                        {"total_amount", "20.00"},
                        {"subject", "card"},
                        {"time_expire", "2024-06-01 10:05:00"}};
    host.post("/alipay/precreate", order);
    const PayJson number{{"out_trade_no", "ORDER001"}};
    CHECK(host.post("/alipay/query", number).front().contains("sub_code"));
    host.clock.sleepFor(6s);
    CHECK(host.post("/alipay/query", number).front().at("trade_status") == "WAIT_BUYER_PAY");
    host.clock.sleepFor(15s);
    CHECK(host.post("/alipay/query", number).front().at("trade_status") == "TRADE_SUCCESS");
    CHECK(PayJson::parse(host.front.evidenceJson()).at("orders").at(0).at("paid") == 2000);
}

TEST_CASE("closed by its word and paid ten seconds later, on the clock") {
    PaymentHost host(PaymentChannel::wechat);
    host.post(wechatNative, wechatOrder("ORDER001"));
    REQUIRE(host.faults.arm("payment.close-then-paid"));
    const std::string closing = "/v3/pay/transactions/out-trade-no/ORDER001/close";
    CHECK(host.post(closing, {{"mchid", "1900000001"}}) == 204);
    CHECK(host.get(wechatQuery("ORDER001")).at("trade_state") == "CLOSED");
    host.clock.sleepFor(11s);
    CHECK(host.get(wechatQuery("ORDER001")).at("trade_state") == "SUCCESS");
}
