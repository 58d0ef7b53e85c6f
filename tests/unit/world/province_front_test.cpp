// The province in-process on a virtual clock: what the line does to a message; and the portrait.
#include <doctest/doctest.h>

#include "firmware/base/bytes.hpp"
#include "tests/unit/world/province_host.hpp"
#include "tests/world/province/in_process_link.hpp"
#include "tests/world/province/portrait.hpp"
#include "tests/world/virtual_clock.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

struct Line {
    ProvinceHost host;
    VirtualClock clock;
    ProvinceFront front{host.engine(), host.faults()};
    InProcessLink link{front, clock, testTerminal};

    Result<std::string> exchange(const std::string& type, Json body) {
        host.now = clock.wallTime();
        return link.exchange("/v1/" + type, host.envelope(type, std::move(body)).dump(),
                             std::chrono::seconds{15});
    }
    ErrorCode errorOf(const std::string& type, const Json& body) {
        const auto reply = exchange(type, body);
        REQUIRE_FALSE(reply.has_value());
        return reply.error().code;
    }
    Json signIn() { return host.example("TERM.SIGNIN").at("body"); }
};

}  // namespace

TEST_CASE("a good answer takes its time") {
    Line line;
    const Instant before = line.clock.now();
    CHECK(line.exchange("TERM.SIGNIN", line.signIn()).has_value());
    CHECK(line.clock.now() - before == ProvinceTimes{}.answer);
}

TEST_CASE("unreachable is not the same as unknown") {
    Line line;
    SUBCASE("never there") {
        line.host.faults().arm(Fault::provinceUnreachable);
        CHECK(line.errorOf("TERM.SIGNIN", line.signIn()) == ErrorCode::provinceUnreachable);
        CHECK(line.host.books().messages.empty());
    }
    SUBCASE("gone from one message on") {
        line.host.faults().arm(Fault::provinceUnreachable, "APPLY.CREATE");
        CHECK(line.exchange("TERM.SIGNIN", line.signIn()).has_value());
        const Json apply = line.host.applyBody(personT1);
        CHECK(line.errorOf("APPLY.CREATE", apply) == ErrorCode::provinceUnreachable);
        CHECK(line.errorOf("TERM.SIGNIN", line.signIn()) == ErrorCode::provinceUnreachable);
        CHECK(line.host.books().applications.empty());
    }
    SUBCASE("the answer is lost, once, and the work was done") {
        line.host.faults().arm(Fault::provinceAnswerLost);
        CHECK(line.exchange("TERM.SIGNIN", line.signIn()).has_value());
        const Json apply = line.host.applyBody(personT1);
        CHECK(line.errorOf("APPLY.CREATE", apply) == ErrorCode::provinceOutcomeUnknown);
        CHECK(line.host.books().applications.size() == 1);
        CHECK(line.exchange("TERM.SIGNIN", line.signIn()).has_value());
    }
    SUBCASE("the line is cut: swallowed, then dead") {
        line.host.faults().arm(Fault::provinceLineCut, "APPLY.CREATE");
        const Json apply = line.host.applyBody(personT1);
        CHECK(line.errorOf("APPLY.CREATE", apply) == ErrorCode::provinceOutcomeUnknown);
        CHECK(line.errorOf("TERM.SIGNIN", line.signIn()) == ErrorCode::provinceUnreachable);
        CHECK(line.host.books().applications.empty());
    }
    SUBCASE("an ended certificate") {
        line.host.faults().arm(Fault::provinceExpiredCertificate);
        CHECK(line.errorOf("TERM.SIGNIN", line.signIn()) == ErrorCode::provinceCertificateWrong);
    }
    CHECK(line.host.faults().allFired());
}

TEST_CASE("slower than the sender's patience: carried out, outcome unknown") {
    Line line;
    line.host.faults().arm(Fault::provinceSlow, "APPLY.CREATE");
    const Json envelope = line.host.envelope("APPLY.CREATE", line.host.applyBody(personT1));
    const Instant before = line.clock.now();
    const auto reply =
        line.link.exchange("/v1/APPLY.CREATE", envelope.dump(), std::chrono::seconds{2});
    CHECK(reply.error().code == ErrorCode::provinceOutcomeUnknown);
    CHECK(line.clock.now() - before == std::chrono::seconds{2});
    CHECK(line.host.books().applications.size() == 1);
}

TEST_CASE("the line is cut between write and read-back") {
    Line line;
    line.host.faults().arm(Fault::provinceLineCut, "read-back");
    const Json perso = line.host.permitFor(personT1, "A10000007");
    Json auth = line.host.example("CARDAUTH.EXT").at("body");
    auth["cardIdCode"] = chipCodeOf("A10000007");
    auth["permitId"] = "";
    auth["key"] = "READ_HOLDER";
    CHECK(line.exchange("CARDAUTH.EXT", auth).has_value());  // before the write: no read-back
    auth["permitId"] = perso.at("body").at("permitId");
    auth["key"] = "UPDATE_CARD";
    CHECK(line.exchange("CARDAUTH.EXT", auth).has_value());
    auth["key"] = "READ_HOLDER";
    CHECK(line.errorOf("CARDAUTH.EXT", auth) == ErrorCode::provinceOutcomeUnknown);
    CHECK(line.host.faults().allFired());
}

TEST_CASE("refusals and a wrong signature on request") {
    ProvinceHost host;
    SUBCASE("where a wish is decided") {
        host.faults().arm(Fault::provinceRefuses);
        CHECK(host.ask("TERM.SIGNIN", host.example("TERM.SIGNIN").at("body")).at("code") == "OK");
        const Json check{{"socialNumber", personT1}, {"kind", "NEW"}, {"ageClass", "ADULT"}};
        CHECK(host.ask("ELIG.CHECK", check).at("code") == "BIZ_REFUSED");
    }
    SUBCASE("at a place") {
        host.faults().arm(Fault::provinceRefuses, "PERSO.GET");
        CHECK(host.permitFor(personT1, "A10000007").at("detail") == "PERMIT_REFUSED");
    }
    SUBCASE("wrong signature: the host checks it on every reply") {
        host.faults().arm(Fault::provinceWrongSignature, "TERM.SIGNIN");
        host.ask("TERM.SIGNIN", host.example("TERM.SIGNIN").at("body"));
    }
    CHECK(host.faults().allFired());
}

TEST_CASE("the encryption machine behind the province may be down") {
    ProvinceHost host;
    host.engine().setHsmReady(false);
    const Json signIn = host.ask("TERM.SIGNIN", host.example("TERM.SIGNIN").at("body"));
    CHECK(signIn.at("body").at("hsmReady") == false);
    const Json reply = host.ask("CARDAUTH.INT", host.example("CARDAUTH.INT").at("body"));
    CHECK(reply.at("code") == "RETRY_LATER");
    CHECK(reply.at("detail") == "HSM_DOWN");
}

TEST_CASE("a portrait is one person's, always the same, and small") {
    const Look look{lookSeed(personT1), false, 39};
    const Bytes jpeg = portraitJpeg(look);
    CHECK(jpeg == portraitJpeg(look));
    CHECK(jpeg != portraitJpeg({lookSeed("another"), false, 39}));
    CHECK(jpeg.size() < 20 * 1024);
    CHECK(jpeg.size() > 5 * 1024);
    CHECK(toHex(ByteView(jpeg).first(3)) == "FFD8FF");
    // Width and height stand in the frame header (marker FFC0).
    const std::string hex = toHex(jpeg);
    CHECK(hex.find("FFC0001108"
                   "01B9"
                   "0166") != std::string::npos);
    // The background is white to the corners, the face is not.
    const Bytes pixels = drawPortrait(look);
    CHECK(pixels[0] == 0xFF);
    CHECK(pixels[(200 * portraitWidth + 179) * 4] < 0xF0);
}
