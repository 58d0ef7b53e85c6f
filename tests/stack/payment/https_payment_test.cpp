// The payment platform on real TLS over loopback, called with plain libcurl and real SM2.
#include <curl/curl.h>
#include <doctest/doctest.h>
#include <map>
#include <memory>

#include "tests/support/scratch.hpp"
#include "tests/unit/world/payment_host.hpp"
#include "tests/world/payment/payment_server.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

struct Exchange {
    CURLcode code = CURLE_OK;
    PaymentAnswer answer;
};

std::size_t collect(char* data, std::size_t size, std::size_t count, void* into) {
    static_cast<std::string*>(into)->append(data, size * count);
    return size * count;
}

std::size_t collectHeader(char* data, std::size_t size, std::size_t count, void* into) {
    const std::string line(data, size * count);
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos) {
        std::string value = line.substr(colon + 2);
        while (!value.empty() && (value.back() == '\n' || value.back() == '\r')) value.pop_back();
        (*static_cast<std::map<std::string, std::string>*>(into))[line.substr(0, colon)] = value;
    }
    return size * count;
}

struct Site {
    Site() {
        pki = Pki::generate(scratch.folder(), payTerminal).value();
        keys = Sm2Keys::load(pki).value();
        terminal = Sm2Terminal::load(pki).value();
        gateway = std::make_unique<PaymentGateway>(platform, *keys, faults);
        front = std::make_unique<PaymentFront>(*gateway, faults, clock,
                                               PaymentTimes{Duration{}, std::chrono::seconds{3}});
        server = PaymentServer::start(*front, clock, pki).value();
    }
    Exchange send(const std::string& method, const std::string& target, const std::string& body,
                  bool withCertificate = true);
    bool isGenuine(const PaymentAnswer& answer) const {
        const auto signature = fromBase64(answer.signature);
        return signature &&
               terminal->verifyProvince(bytesOf(paymentAnswerText(answer)), *signature);
    }

    test::Scratch scratch;
    SystemClock clock;
    PaymentFaults faults;
    PaymentPlatform platform{PaymentChannel::wechat, &faults};
    Pki pki;
    std::unique_ptr<Sm2Keys> keys;
    std::unique_ptr<Sm2Terminal> terminal;
    std::unique_ptr<PaymentGateway> gateway;
    std::unique_ptr<PaymentFront> front;
    std::unique_ptr<PaymentServer> server;
    int nonces = 0;
};

Exchange Site::send(const std::string& method, const std::string& target, const std::string& body,
                    bool withCertificate) {
    PaymentRequest request{method, target, body, {}, payTerminal};
    const std::string nonce = "nonceofthistest" + std::to_string(1000 + ++nonces);
    const std::string header =
        "Authorization: " + signedHeader(request, *terminal, clock.wallTime(), nonce);
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                   curl_easy_cleanup);
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
        curl_slist_append(nullptr, header.c_str()), curl_slist_free_all);
    CURL* const easy = curl.get();
    const std::string url = server->url() + target;
    std::map<std::string, std::string> received;
    Exchange exchange;
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, 2L);
    curl_easy_setopt(easy, CURLOPT_CAINFO, pki.authority().c_str());
    if (withCertificate) {
        curl_easy_setopt(easy, CURLOPT_SSLCERT, pki.terminal().c_str());
        curl_easy_setopt(easy, CURLOPT_SSLKEY, pki.terminalKey().c_str());
    }
    if (method == "POST") curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &exchange.answer.body);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, collectHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &received);
    exchange.code = curl_easy_perform(easy);
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    exchange.answer.status = static_cast<int>(status);
    exchange.answer.timestamp = received["Pay-Timestamp"];
    exchange.answer.nonce = received["Pay-Nonce"];
    exchange.answer.signature = received["Pay-Signature"];
    exchange.answer.contentType = received["Content-Type"];
    return exchange;
}

}  // namespace

TEST_CASE("an order is opened, paid and asked for over HTTPS") {
    Site site;
    const Exchange opened = site.send("POST", wechatNative, wechatOrder("ORDER001").dump());
    REQUIRE(opened.code == CURLE_OK);
    CHECK(opened.answer.status == 200);
    CHECK(site.isGenuine(opened.answer));
    const std::string qr = PayJson::parse(opened.answer.body).at("code_url");
    site.front->use([&](PaymentPlatform& platform, WallTime now) {
        CHECK(platform.pay(qr, now) == PayOutcome::paid);
    });
    const Exchange paid = site.send("GET", wechatQuery("ORDER001"), "");
    CHECK(site.isGenuine(paid.answer));
    CHECK(PayJson::parse(paid.answer.body).at("trade_state") == "SUCCESS");
    const Exchange closed = site.send("POST", "/v3/pay/transactions/out-trade-no/ORDER001/close",
                                      R"({"mchid":"1900000001"})");
    CHECK(closed.answer.status == 400);
    CHECK(site.front->wrongs().empty());
}

TEST_CASE("a close has no body, and is signed all the same") {
    Site site;
    site.send("POST", wechatNative, wechatOrder("ORDER001").dump());
    const Exchange closed = site.send("POST", "/v3/pay/transactions/out-trade-no/ORDER001/close",
                                      R"({"mchid":"1900000001"})");
    CHECK(closed.code == CURLE_OK);
    CHECK(closed.answer.status == 204);
    CHECK(closed.answer.body.empty());
    CHECK(site.isGenuine(closed.answer));
}

TEST_CASE("nobody is let in without a certificate") {
    Site site;
    const Exchange refused = site.send("POST", wechatNative, wechatOrder("ORDER001").dump(), false);
    CHECK(refused.code != CURLE_OK);
    CHECK(site.front->calls().empty());
}

TEST_CASE("faults of the line, as a caller meets them") {
    Site site;
    const auto opens = [&site] {
        return site.send("POST", wechatNative, wechatOrder("ORDER001").dump());
    };
    SUBCASE("the answer is lost") {
        site.faults.arm(PaymentFault::answerLost, "open");
        const CURLcode code = opens().code;
        CHECK((code == CURLE_GOT_NOTHING || code == CURLE_RECV_ERROR));
        CHECK(site.front->calls().size() == 1);
    }
    SUBCASE("slower than the patience") {
        site.faults.arm(PaymentFault::slow, "open");
        CHECK(opens().code == CURLE_OPERATION_TIMEDOUT);
        CHECK(site.front->calls().size() == 1);
    }
    SUBCASE("the page of a proxy") {
        site.faults.arm(PaymentFault::htmlError, "open");
        const Exchange page = opens();
        CHECK(page.answer.status == 502);
        CHECK(page.answer.contentType == "text/html");
        CHECK(page.answer.signature.empty());
    }
    SUBCASE("torn") {
        site.faults.arm(PaymentFault::tornBody, "open");
        const Exchange torn = opens();
        CHECK(torn.code == CURLE_OK);
        CHECK_FALSE(site.isGenuine(torn.answer));
    }
    CHECK(site.faults.allFired());
}
