// What the service that collects fees says, read strictly: whatever is no answer says nothing.
#include "drivers/payment/payment_wire.hpp"

#include <doctest/doctest.h>

using namespace liqu;
using namespace liqu::drivers;
using ports::Paying;

namespace {

const std::string ours = "0123456789ABCDEFGHJKMNPQRS";
const PaymentAccount account{"1900000001", "wx0000000000000001", "https://province.example/pay"};

std::string stateAnswer(const std::string& state, const std::string& more = "") {
    return R"({"mchid":"1900000001","out_trade_no":")" + ours + R"(","trade_state":")" + state +
           "\"" + more + "}";
}
const std::string paidParts =
    R"(,"transaction_id":"4200001234202406010000000001","trade_type":"NATIVE",)"
    R"("success_time":"2024-06-01T10:00:20+08:00","amount":{"total":2000,"payer_total":2000,)"
    R"("currency":"CNY","payer_currency":"CNY"},"payer":{"openid":"o-1"})";

std::string with(std::string text, const std::string& part, const std::string& other) {
    const std::size_t at = text.find(part);
    REQUIRE(at != std::string::npos);
    return text.replace(at, part.size(), other);
}

ErrorCode codeOf(const auto& result) {
    return result ? ErrorCode::cancelledByPerson : result.error().code;
}

}  // namespace

TEST_CASE("an order is asked for in fen, with its end and no secret") {
    const ports::PaymentRequest request{ours, Money::ofFen(2000), "工本费",
                                        std::chrono::seconds{300}};
    const WallTime now{std::chrono::milliseconds{1'717'207'382'123}};
    CHECK(payment_wire::openBody(request, account, now) ==
          R"({"amount":{"currency":"CNY","total":2000},"appid":"wx0000000000000001",)"
          R"("description":"工本费","mchid":"1900000001",)"
          R"("notify_url":"https://province.example/pay",)"
          R"("out_trade_no":"0123456789ABCDEFGHJKMNPQRS",)"
          R"("time_expire":"2024-06-01T10:08:02+08:00"})");
    CHECK(payment_wire::queryPath(ours, account) ==
          "/v3/pay/transactions/out-trade-no/" + ours + "?mchid=1900000001");
}

TEST_CASE("the opening is answered with a code, with paid, with a refusal, or with nothing") {
    using payment_wire::readOpened;
    const auto code = readOpened(200, R"({"code_url":"weixin://wxpay/bizpayurl?pr=a1"})", ours);
    REQUIRE(code);
    CHECK(code->qrText == "weixin://wxpay/bizpayurl?pr=a1");
    const auto paid = readOpened(400, R"({"code":"ORDERPAID","message":"paid"})", ours);
    REQUIRE(paid);
    CHECK(paid->alreadyPaid);
    CHECK(codeOf(readOpened(400, R"({"code":"OUT_TRADE_NO_USED"})", ours)) ==
          ErrorCode::paymentRefused);
    for (const auto& [status, text] : std::vector<std::pair<long, std::string>>{
             {500, R"({"code":"SYSTEM_ERROR"})"},
             {429, R"({"code":"FREQUENCY_LIMITED"})"},
             {403, "<html>forbidden</html>"},
             {200, ""},
             {200, "<html></html>"},
             {200, R"({"code_url":""})"},
             {200, R"({"code_url":"weixin://a b"})"},
             {200, R"({"code_url":7})"},
             {200, R"({"code_url":"weixin://wxpay")"},
             {200, R"({"code_url":"weixin://x","out_trade_no":"ANOTHER"})"},
             {200, R"({"code_url":")" + std::string(600, 'a') + "\"}"}}) {
        CAPTURE(text);
        CHECK(codeOf(readOpened(status, text, ours)) == ErrorCode::paymentUnclear);
    }
}

TEST_CASE("a state is believed only of our order, in fen, in our currency") {
    using payment_wire::readState;
    CHECK(readState(200, stateAnswer("NOTPAY"), ours)->paying == Paying::waiting);
    CHECK(readState(200, stateAnswer("USERPAYING"), ours)->paying == Paying::waiting);
    CHECK(readState(200, stateAnswer("CLOSED"), ours)->paying == Paying::closed);
    CHECK(readState(404, R"({"code":"ORDER_NOT_EXIST"})", ours)->paying == Paying::notFound);
    CHECK(readState(200, stateAnswer("REFUND", paidParts), ours)->paying == Paying::refunded);
    const std::string good = stateAnswer("SUCCESS", paidParts);
    const auto paid = readState(200, good, ours);
    REQUIRE(paid);
    CHECK(paid->paying == Paying::paid);
    CHECK(paid->amount == Money::ofFen(2000));
    CHECK(paid->serial == "4200001234202406010000000001");
    CHECK(paid->paidAt == "2024-06-01T10:00:20+08:00");

    for (const auto& [part, other] : std::vector<std::pair<std::string, std::string>>{
             {ours, "0000000000AAAAAAAAAAAAAAAA"},
             {"\"out_trade_no\"", "\"another\""},
             {"SUCCESS", "9"},
             {"\"total\":2000", "\"total\":\"2000\""},
             {"\"total\":2000", "\"total\":20.00"},
             {"\"total\":2000", "\"total\":-2000"},
             {"\"total\":2000", "\"total\":18446744073709551615"},
             {"\"currency\":\"CNY\"", "\"currency\":\"USD\""},
             {"4200001234202406010000000001", ""},
             {"4200001234202406010000000001", "4200 1"},
             {"\"trade_state\":\"SUCCESS\"", "\"trade_state\":2"}}) {
        CAPTURE(other);
        CHECK(codeOf(readState(200, with(good, part, other), ours)) == ErrorCode::paymentUnclear);
    }
    CHECK(codeOf(readState(404, "<html></html>", ours)) == ErrorCode::paymentUnclear);
    CHECK(codeOf(readState(500, good, ours)) == ErrorCode::paymentUnclear);
    CHECK(codeOf(readState(200, good.substr(0, good.size() - 1), ours)) ==
          ErrorCode::paymentUnclear);
    CHECK(codeOf(readState(200, std::string(70'000, ' ') + good, ours)) ==
          ErrorCode::paymentUnclear);
    std::string deep =
        stateAnswer("NOTPAY", R"(,"a":)" + std::string(40, '[') + std::string(40, ']'));
    CHECK(codeOf(readState(200, deep, ours)) == ErrorCode::paymentUnclear);
    // 2000 yuan where fen were asked for is told as it is: it is not what was asked for.
    CHECK(readState(200, with(good, ":2000,\"payer", ":200000,\"payer"), ours)->amount ==
          Money::ofFen(200000));
}

TEST_CASE("whatever a close says, the question afterwards tells") {
    using payment_wire::readClosed;
    CHECK(readClosed(204, ""));
    CHECK(readClosed(400, R"({"code":"ORDERPAID"})"));
    CHECK(readClosed(404, R"({"code":"ORDER_NOT_EXIST"})"));
    CHECK_FALSE(readClosed(500, R"({"code":"ORDERPAID"})"));
    CHECK_FALSE(readClosed(403, "no"));
}

TEST_CASE("a refund that was taken is not money that went back") {
    using payment_wire::readRefund;
    const auto answer = [](const char* state) {
        return R"({"out_refund_no":"R1","status":")" + std::string(state) + "\"}";
    };
    CHECK(readRefund(200, answer("PROCESSING"), "R1").value() == ports::Refunding::processing);
    CHECK(readRefund(200, answer("SUCCESS"), "R1").value() == ports::Refunding::done);
    CHECK(readRefund(200, answer("ABNORMAL"), "R1").value() == ports::Refunding::abnormal);
    CHECK(codeOf(readRefund(200, answer("SUCCESS"), "R2")) == ErrorCode::paymentUnclear);
    CHECK(codeOf(readRefund(200, answer("DONE"), "R1")) == ErrorCode::paymentUnclear);
    CHECK(codeOf(readRefund(400, R"({"code":"NOT_ENOUGH"})", "R1")) == ErrorCode::paymentRefused);
}

TEST_CASE("the account of a day is in yuan, and must be whole") {
    using payment_wire::readBill;
    const std::string heads = "交易时间,商户号,微信订单号,商户订单号,交易状态,订单金额,退款金额\n";
    const std::string paid =
        "`2024-06-01 10:00:20,`1900000001,`42001,`" + ours + ",`SUCCESS,`20.00,`0.00\n";
    const std::string back =
        "`2024-06-01 11:00:20,`1900000001,`42001,`" + ours + ",`REFUND,`20.00,`20.00\n";
    const std::string sums = "总交易单数,应结订单总金额\n`2,`0.00\n";
    const auto account = readBill(200, "\xEF\xBB\xBF" + heads + paid + back + sums);
    REQUIRE(account);
    REQUIRE(account->size() == 2);
    CHECK(account->front().orderNo == ours);
    CHECK(account->front().amount == Money::ofFen(2000));
    CHECK_FALSE(account->front().isRefund);
    CHECK(account->back().isRefund);
    // A line is missing, or one too many; cut; another unit; another column.
    for (const std::string& wrong :
         {heads + paid + sums, heads + paid + back + back + sums, heads + paid + back,
          with(heads + paid + back + sums, "`20.00", "`2000"),
          with(heads + paid + back + sums, "商户订单号", "订单号"),
          with(heads + paid + back + sums, "`SUCCESS", "`MAYBE"),
          with(heads + paid + back + sums, ",`0.00\n", "\n"), std::string()}) {
        CAPTURE(wrong);
        CHECK_FALSE(readBill(200, wrong));
    }
    CHECK(readBill(404, R"({"code":"NO_STATEMENT_EXIST"})").value().empty());
    CHECK_FALSE(readBill(400, R"({"code":"STATEMENT_CREATING"})"));
}
