// The kiosk's own client, signer and line against the payment platform that knows nothing of their
// code, over real HTTPS: two readings of one interface must meet.
#include <algorithm>
#include <doctest/doctest.h>

#include "drivers/payment/payment_client.hpp"
#include "firmware/security/sm2_signer.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/payment/payment_server.hpp"

namespace liqu::world {
namespace {

constexpr const char* terminalId = "T-000017";
const std::string orderNo = "0123456789ABCDEFGHJKMNPQRS";

template <typename T>
T need(Result<T> result) {
    if (!result) FAIL(describe(result.error()));
    return std::move(*result);
}

struct Meeting {
    Meeting() {
        pki = need(Pki::generate(scratch.folder(), terminalId));
        keys = need(Sm2Keys::load(pki));
        gateway = std::make_unique<PaymentGateway>(platform, *keys, faults);
        front = std::make_unique<PaymentFront>(*gateway, faults, clock,
                                               PaymentTimes{Duration{}, std::chrono::seconds{6}});
        server = need(PaymentServer::start(*front, clock, pki));
        signer = need(security::Sm2Signer::load(pki.terminalSigningKey(), pki.provinceVerifyKey()));
        client = makeClient(server->url());
    }
    std::unique_ptr<drivers::PaymentClient> makeClient(const std::string& url) {
        auto link = need(
            drivers::HttpsLink::create({url, pki.authority(), pki.terminal(), pki.terminalKey()}));
        return std::make_unique<drivers::PaymentClient>(
            std::move(link),
            drivers::PaymentParts{terminalId,
                                  {"1900000001", "wx0001", "https://province.example/pay"},
                                  *signer,
                                  clock,
                                  random});
    }
    Meeting(const Meeting&) = delete;
    Meeting& operator=(const Meeting&) = delete;

    ports::PaymentRequest request(std::int64_t fen = 2000) const {
        return {orderNo, Money::ofFen(fen), "社会保障卡工本费", std::chrono::seconds{300}};
    }
    void pays() {
        front->use([](PaymentPlatform& p, WallTime now) { p.payOrder(orderNo, now); });
    }
    ports::Paying state() { return need(client->query(orderNo)).paying; }

    test::Scratch scratch;
    SystemClock clock;
    SystemRandom random;
    PaymentFaults faults;
    PaymentPlatform platform{PaymentChannel::wechat, &faults};
    Pki pki;
    std::unique_ptr<Sm2Keys> keys;
    std::unique_ptr<PaymentGateway> gateway;
    std::unique_ptr<PaymentFront> front;
    std::unique_ptr<PaymentServer> server;
    std::unique_ptr<security::Sm2Signer> signer;
    // Dies before the server.
    std::unique_ptr<drivers::PaymentClient> client;
};

ErrorCode codeOf(const auto& result) {
    return result ? ErrorCode::cancelledByPerson : result.error().code;
}

TEST_CASE("an order is opened, paid and known as paid; nothing of it was wrong to the platform") {
    Meeting at;
    CHECK(at.state() == ports::Paying::notFound);
    const auto opened = need(at.client->open(at.request()));
    CHECK_FALSE(opened.alreadyPaid);
    CHECK_FALSE(opened.qrText.empty());
    CHECK(at.state() == ports::Paying::waiting);
    // The same number again is the same order; with another amount it is refused.
    CHECK(at.client->open(at.request()));
    CHECK(codeOf(at.client->open(at.request(1600))) == ErrorCode::paymentRefused);
    at.pays();
    const auto paid = need(at.client->query(orderNo));
    CHECK(paid.paying == ports::Paying::paid);
    CHECK(paid.amount == Money::ofFen(2000));
    CHECK_FALSE(paid.serial.empty());
    CHECK_FALSE(paid.paidAt.empty());
    CHECK(need(at.client->open(at.request())).alreadyPaid);
    CHECK(at.client->close(orderNo));
    CHECK(at.state() == ports::Paying::paid);
    const std::string refund = "0123456789ABCDEFGHJKMNPQRT";
    CHECK(at.client->refund(refund, orderNo, Money::ofFen(2000)));
    CHECK(at.client->refund(refund, orderNo, Money::ofFen(2000)));
    CHECK(at.front->wrongs() == std::vector<std::string>{});
    at.front->use([](PaymentPlatform& p, WallTime) { CHECK(p.refunds().size() == 1); });
}

TEST_CASE("what is closed cannot be paid, and is told so by the question after it") {
    Meeting at;
    REQUIRE(at.client->open(at.request()));
    REQUIRE(at.client->close(orderNo));
    CHECK(at.state() == ports::Paying::closed);
    CHECK(at.front->wrongs() == std::vector<std::string>{});
}

TEST_CASE("whatever comes that is no answer of the platform to this call says nothing") {
    for (const char* fault :
         {"payment.answer-lost@query", "payment.torn-body@query", "payment.empty-body@query",
          "payment.html-502@query", "payment.html-200@query", "payment.wrong-signature@query",
          "payment.duplicate-answer@query", "payment.slow@query"}) {
        CAPTURE(fault);
        Meeting at;
        REQUIRE(at.client->open(at.request()));
        REQUIRE(at.faults.arm(fault));
        CHECK(codeOf(at.client->query(orderNo)) == ErrorCode::paymentUnclear);
        at.faults.mend("payment");
        CHECK(at.state() == ports::Paying::waiting);
    }
    for (const char* fault :
         {"payment.unknown-state", "payment.number-as-text", "payment.no-serial"}) {
        CAPTURE(fault);
        Meeting at;
        REQUIRE(at.client->open(at.request()));
        at.pays();
        REQUIRE(at.faults.arm(fault));
        CHECK(codeOf(at.client->query(orderNo)) == ErrorCode::paymentUnclear);
    }
}

TEST_CASE("another amount is told as it came, and another order's answer is none") {
    Meeting at;
    REQUIRE(at.client->open(at.request()));
    REQUIRE(at.faults.arm("payment.paid-amount@1600"));
    at.pays();
    CHECK(need(at.client->query(orderNo)).amount == Money::ofFen(1600));
    auto other = at.request();
    other.orderNo = "ZZZZZZZZZZZZZZZZZZZZZZZZZZ";
    REQUIRE(at.client->open(other));
    REQUIRE(at.faults.arm("payment.other-order@query"));
    CHECK(codeOf(at.client->query(other.orderNo)) == ErrorCode::paymentUnclear);
}

TEST_CASE("where nobody listens nothing was sent") {
    Meeting at;
    auto nobody = at.makeClient("https://127.0.0.1:1");
    CHECK(codeOf(nobody->open(at.request())) == ErrorCode::paymentUnreachable);
    CHECK(codeOf(nobody->query(orderNo)) == ErrorCode::paymentUnreachable);
}

}  // namespace
}  // namespace liqu::world
