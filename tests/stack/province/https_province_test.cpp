// The simulated province on real TLS over loopback, called with plain libcurl and real SM2: who is
// let in, and what each fault looks like from outside.
#include <curl/curl.h>
#include <doctest/doctest.h>
#include <filesystem>
#include <memory>

#include "tests/support/scratch.hpp"
#include "tests/unit/world/province_host.hpp"
#include "tests/world/province/canonical_json.hpp"
#include "tests/world/province/https_server.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

// Keys and certificates of one authority; removed with it.
struct TemporaryPki {
    test::Scratch scratch;
    Pki pki = made();

  private:
    Pki made() const {
        auto fresh = Pki::generate(scratch.folder(), testTerminal);
        REQUIRE(fresh.has_value());
        return *fresh;
    }
};

const Pki& ourPki() {
    static const TemporaryPki ours;
    return ours.pki;
}

struct ClientFiles {
    std::filesystem::path authority, certificate, key;
};

ClientFiles goodFiles() {
    return {ourPki().authority(), ourPki().terminal(), ourPki().terminalKey()};
}

struct Exchange {
    CURLcode code = CURLE_OK;
    long status = 0;
    std::string body;
};

std::size_t collect(char* data, std::size_t size, std::size_t count, void* into) {
    static_cast<std::string*>(into)->append(data, size * count);
    return size * count;
}

Exchange post(const std::string& url, const std::string& text, const ClientFiles& files) {
    Exchange exchange;
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                   curl_easy_cleanup);
    CURL* const easy = curl.get();
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, 30L);
    curl_easy_setopt(easy, CURLOPT_CAINFO, files.authority.c_str());
    if (!files.certificate.empty()) {
        curl_easy_setopt(easy, CURLOPT_SSLCERT, files.certificate.c_str());
        curl_easy_setopt(easy, CURLOPT_SSLKEY, files.key.c_str());
    }
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, text.c_str());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &exchange.body);
    exchange.code = curl_easy_perform(easy);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &exchange.status);
    return exchange;
}

// A province with its server; faults are armed before it starts.
struct Site {
    explicit Site(const std::function<void(FaultPlan&)>& arm = [](FaultPlan&) {}) {
        arm(faults);
        auto keys = Sm2Keys::load(ourPki());
        REQUIRE(keys.has_value());
        auto made = ProvinceEngine::create(LIQU_SOURCE_DIR, std::move(*keys), faults);
        REQUIRE(made.has_value());
        engine = std::move(*made);
        front =
            std::make_unique<ProvinceFront>(*engine, faults, ProvinceTimes{Duration{}, Duration{}});
        auto started = HttpsServer::start(*front, clock, ourPki());
        REQUIRE(started.has_value());
        server = std::move(*started);
        auto loaded = Sm2Terminal::load(ourPki());
        REQUIRE(loaded.has_value());
        terminal = std::move(*loaded);
    }

    // A message as the contract's example has it, sent at this moment and signed with SM2.
    std::string message(const std::string& type, const Json& body) {
        Json envelope = host.envelope(type, body);
        envelope["bizTime"] = formatChinaTime(clock.wallTime());
        envelope["sendTime"] = envelope["bizTime"];
        envelope.erase("sig");
        envelope["sig"] = toHex(*terminal->sign(bytesOf(*canonicalText(envelope))));
        return envelope.dump();
    }
    std::string signIn() { return message("TERM.SIGNIN", host.example("TERM.SIGNIN").at("body")); }
    std::string apply() { return message("APPLY.CREATE", host.applyBody(personT1)); }

    Exchange send(const std::string& type, const std::string& text,
                  const ClientFiles& files = goodFiles()) {
        return post(server->url() + "/v1/" + type, text, files);
    }
    bool signatureHolds(const std::string& text) {
        Json reply = Json::parse(text);
        const Bytes signature = *fromHex(reply.at("sig").get<std::string>());
        reply.erase("sig");
        return terminal->verifyProvince(bytesOf(*canonicalText(reply)), signature);
    }

    ProvinceHost host;  // makes envelopes; its own engine is not asked
    SystemClock clock;
    FaultPlan faults;
    std::unique_ptr<ProvinceEngine> engine;
    std::unique_ptr<ProvinceFront> front;
    std::unique_ptr<HttpsServer> server;
    std::unique_ptr<Sm2Terminal> terminal;
};

}  // namespace

TEST_CASE("a known terminal is let in and gets a signed answer") {
    Site site;
    const Exchange exchange = site.send("TERM.SIGNIN", site.signIn());
    REQUIRE(exchange.code == CURLE_OK);
    CHECK(exchange.status == 200);
    CHECK(Json::parse(exchange.body).at("code") == "OK");
    CHECK(site.signatureHolds(exchange.body));
    CHECK(site.send("NO.SUCH", site.signIn()).status == 404);
    CHECK(site.send("TERM.SIGNIN", "{}").status == 400);
    CHECK(site.front->auditBooks().empty());
}

TEST_CASE("an envelope touched on its way is refused, signed") {
    Site site;
    Json envelope = Json::parse(site.signIn());
    envelope["outletCode"] = "O-0002";
    const Exchange exchange = site.send("TERM.SIGNIN", envelope.dump());
    REQUIRE(exchange.code == CURLE_OK);
    CHECK(Json::parse(exchange.body).at("detail") == "SIGNATURE_WRONG");
    CHECK(site.signatureHolds(exchange.body));
}

TEST_CASE("without our authority's certificate nobody comes in") {
    Site site;
    const TemporaryPki foreign;
    const auto refusedWith = [&](const std::filesystem::path& certificate,
                                 const std::filesystem::path& key) {
        const Exchange exchange =
            site.send("TERM.SIGNIN", site.signIn(), {ourPki().authority(), certificate, key});
        CHECK(exchange.status == 0);
        return exchange.code != CURLE_OK;
    };
    CHECK(refusedWith({}, {}));
    CHECK(refusedWith(foreign.pki.terminal(), foreign.pki.terminalKey()));
    CHECK(refusedWith(ourPki().terminalExpired(), ourPki().terminalKey()));
    CHECK(refusedWith(ourPki().server(), ourPki().serverKey()));  // not made for clients
    CHECK(site.front->copyOfBooks().messages.empty());
}

TEST_CASE("a server of another authority is not believed") {
    Site site;
    const TemporaryPki foreign;
    ClientFiles files = goodFiles();
    files.authority = foreign.pki.authority();
    CHECK(site.send("TERM.SIGNIN", site.signIn(), files).code == CURLE_PEER_FAILED_VERIFICATION);
}

TEST_CASE("an ended server certificate is not believed") {
    Site site([](FaultPlan& plan) { plan.arm(Fault::provinceExpiredCertificate); });
    CHECK(site.send("TERM.SIGNIN", site.signIn()).code == CURLE_PEER_FAILED_VERIFICATION);
    CHECK(site.faults.allFired());
}

TEST_CASE("a wrong signature of the province is there to be seen") {
    Site site([](FaultPlan& plan) { plan.arm(Fault::provinceWrongSignature); });
    const Exchange exchange = site.send("TERM.SIGNIN", site.signIn());
    REQUIRE(exchange.code == CURLE_OK);
    CHECK_FALSE(site.signatureHolds(exchange.body));
    CHECK(site.faults.allFired());
}

TEST_CASE("the answer is lost once: closed without a word, and the work was done") {
    Site site([](FaultPlan& plan) { plan.arm(Fault::provinceAnswerLost); });
    CHECK(site.send("TERM.SIGNIN", site.signIn()).code == CURLE_OK);
    const Exchange lost = site.send("APPLY.CREATE", site.apply());
    CHECK(lost.code != CURLE_OK);
    CHECK(lost.code != CURLE_COULDNT_CONNECT);
    CHECK(lost.body.empty());
    CHECK(site.front->copyOfBooks().applications.size() == 1);
    CHECK(site.send("TERM.SIGNIN", site.signIn()).code == CURLE_OK);
    CHECK(site.faults.allFired());
}

TEST_CASE("the line is cut: swallowed, then nothing listens") {
    Site site([](FaultPlan& plan) { plan.arm(Fault::provinceLineCut, "APPLY.CREATE"); });
    CHECK(site.send("TERM.SIGNIN", site.signIn()).code == CURLE_OK);
    const Exchange cut = site.send("APPLY.CREATE", site.apply());
    CHECK(cut.code != CURLE_OK);
    CHECK(cut.code != CURLE_COULDNT_CONNECT);
    CHECK(site.front->copyOfBooks().applications.empty());
    CHECK(site.send("TERM.SIGNIN", site.signIn()).code == CURLE_COULDNT_CONNECT);
}

TEST_CASE("unreachable from the start: connecting fails") {
    Site site([](FaultPlan& plan) { plan.arm(Fault::provinceUnreachable); });
    CHECK(site.send("TERM.SIGNIN", site.signIn()).code == CURLE_COULDNT_CONNECT);
    CHECK(site.faults.allFired());
}

TEST_CASE("generated secrets belong to their owner alone") {
    namespace files = std::filesystem;
    for (const auto& path : {ourPki().serverKey(), ourPki().terminalKey(),
                             ourPki().terminalSigningKey(), ourPki().provinceSigningKey()}) {
        CHECK(files::status(path).permissions() ==
              (files::perms::owner_read | files::perms::owner_write));
    }
}
