// The legacy province on real TLS over loopback, called with plain libcurl: what arrives of each
// fault, and that a client which sends again by itself is seen.
#include <curl/curl.h>
#include <doctest/doctest.h>
#include <memory>

#include "drivers/https/soap_https.hpp"
#include "tests/support/scratch.hpp"
#include "tests/unit/world/legacy_host.hpp"
#include "tests/world/legacy_province/legacy_server.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

std::size_t collect(char* data, std::size_t size, std::size_t count, void* into) {
    static_cast<std::string*>(into)->append(data, size * count);
    return size * count;
}

struct Exchange {
    CURLcode code = CURLE_OK;
    long status = 0;
    std::string type;
    std::string body;
};

struct Site {
    Site() {
        pki = Pki::generate(scratch.folder(), "T-000017").value();
        const LegacyTimes quick{Duration{}, 3s, 3s};
        engine = LegacyEngine::create(LIQU_SOURCE_DIR, "hn", faults, quick).value();
        front = std::make_unique<LegacyFront>(*engine, clock);
        server = LegacyServer::start(*front, clock, pki).value();
        curl.reset(curl_easy_init());
    }

    // On one handle, so that connections are kept.
    Exchange send(const std::string& body, bool withAction = true, bool withCertificate = true) {
        Exchange exchange;
        CURL* const easy = curl.get();
        curl_slist* list = curl_slist_append(nullptr, "Content-Type: text/xml; charset=utf-8");
        list = curl_slist_append(list, "Expect:");
        if (withAction) list = curl_slist_append(list, "SOAPAction: \"\"");
        const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
            list, curl_slist_free_all);
        curl_easy_reset(easy);
        const std::string url = server->url();
        curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
        curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
        curl_easy_setopt(easy, CURLOPT_TIMEOUT, 2L);
        curl_easy_setopt(easy, CURLOPT_CAINFO, pki.authority().c_str());
        if (withCertificate) {
            curl_easy_setopt(easy, CURLOPT_SSLCERT, pki.terminal().c_str());
            curl_easy_setopt(easy, CURLOPT_SSLKEY, pki.terminalKey().c_str());
        } else {
            curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
        }
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.c_str());
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, collect);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &exchange.body);
        exchange.code = curl_easy_perform(easy);
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &exchange.status);
        char* type = nullptr;
        curl_easy_getinfo(easy, CURLINFO_CONTENT_TYPE, &type);
        if (type != nullptr) exchange.type = type;
        return exchange;
    }
    int asked() {
        int count = 0;
        front->use([&](LegacyEngine& one, WallTime) {
            count = one.books().act("apply", legacyFirst).asked;
        });
        return count;
    }

    test::Scratch scratch;
    SystemClock clock;
    LegacyFaults faults;
    Pki pki;
    std::unique_ptr<LegacyEngine> engine;
    std::unique_ptr<LegacyFront> front;
    std::unique_ptr<LegacyServer> server;
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl{nullptr, curl_easy_cleanup};
};

std::string query() {
    return literalCall("getRysj", {{"user", "kiosk"},
                                   {"password", "kiosk-pass"},
                                   {"aac002", legacyFirst},
                                   {"aac003", "测试样例"},
                                   {"aab301", ""}});
}
std::string applying() {
    const LegacyHost words;
    return literalCall("allDsjk", {{"xml", words.text("申请社保卡", words.application())}});
}

}  // namespace

TEST_CASE("over HTTPS the same bytes come as in process") {
    Site site;
    CHECK(site.server->url() == "https://127.0.0.1:" + std::to_string(site.server->port()) +
                                    "/hnCardService/services/CardService");
    const Exchange good = site.send(query());
    REQUIRE(good.code == CURLE_OK);
    CHECK(good.status == 200);
    CHECK(good.type == "text/xml;charset=utf-8");
    LegacyHost twin;
    CHECK(good.body == twin.sent(twin.request(query())).body);
    const Exchange noAction = site.send(query(), false);
    CHECK(noAction.status == 500);
    CHECK(noAction.body.find("no SOAPAction header!") != std::string::npos);
}

TEST_CASE("without the terminal's certificate nothing is heard") {
    Site site;
    CHECK(site.send(query(), true, false).code != CURLE_OK);
    CHECK(site.engine->books().calls.empty());
}

TEST_CASE("cut, half and late answers as a client of sockets sees them") {
    Site site;
    CURLcode code = CURLE_GOT_NOTHING;
    std::string verb = "legacy.answer-lost";
    SUBCASE("no byte") {}
    SUBCASE("half of the body") {
        verb = "legacy.half-reply";
        code = CURLE_PARTIAL_FILE;
    }
    SUBCASE("too late") {
        verb = "legacy.late";
        code = CURLE_OPERATION_TIMEDOUT;
    }
    REQUIRE(site.faults.arm(verb));
    const Exchange exchange = site.send(applying());
    // How OpenSSL tells of a line that is cut differs by its version.
    const bool cutByTls = exchange.code == CURLE_RECV_ERROR && code != CURLE_OPERATION_TIMEDOUT;
    CHECK((exchange.code == code || cutByTls));
    CHECK(site.engine->books().applications.size() == 1);
    CHECK(site.asked() == 1);
}

TEST_CASE("libcurl left alone sends a call again on a kept connection, and that is seen") {
    Site site;
    REQUIRE(site.send(query()).code == CURLE_OK);
    REQUIRE(site.faults.arm("legacy.answer-lost@申请社保卡"));
    Exchange exchange = site.send(applying());
    // A version that does not is played by hand.
    if (site.asked() == 1) exchange = site.send(applying());
    REQUIRE(site.asked() == 2);
    CHECK(exchange.body.find("已提交过办卡申请") != std::string::npos);
    CHECK(violations(site.engine->books()).size() == 1);
}

TEST_CASE("over the machine's own link: its page, its clock, and a call") {
    Site site;
    drivers::HttpsLinkOptions options;
    options.baseUrl = "https://127.0.0.1:" + std::to_string(site.server->port());
    options.authorityFile = site.pki.authority();
    options.certificateFile = site.pki.terminal();
    options.keyFile = site.pki.terminalKey();
    drivers::SoapHttps link(drivers::HttpsLink::create(std::move(options)).value());
    const std::string path = site.engine->profile().path;
    const auto page = link.look(path + "?wsdl", 2s);
    REQUIRE_MESSAGE(page, (page ? "" : describe(page.error())));
    CHECK(page->status == 200);
    CHECK(page->date.ends_with(" GMT"));
    const std::string body = query();
    const auto reply = link.post({path, "", "utf-8", body}, 2s);
    REQUIRE(reply);
    CHECK(reply->status == 200);
    CHECK(reply->date.ends_with(" GMT"));
    CHECK(site.engine->books().wrongs.empty());
}
