// Rules: G-18, Z-04.
#include "firmware/policy/region_policy.hpp"

#include <array>
#include <doctest/doctest.h>
#include <fstream>
#include <string>

#include "firmware/services/catalogue.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::policy {
namespace {

constexpr const char* good = R"(policyId = "p-1"
version = 1
document = { Guangdong = "a rule" }
words = "."
basis = "ground 1"
regionCode = "420100"

[[bank]]
code = "B01"
name = "示范银行"
cardPrefix = "621700"

[identity]
presence = "none"
basis = "ground 2"

[consent]
basis = "ground 3"
clauses = ["consent.data"]
)";

// A catalogue of this test's own: one service with terms, one without.
std::optional<Terms> termsOf(std::string_view service) {
    static constexpr std::array<Term, 3> ofLoss = {
        Term{.key = "days", .kind = Term::Kind::number, .least = 0, .most = 60},
        Term{.key = "linkedBank"}, Term{.key = "told", .usual = 1}};
    if (service == "loss") return ofLoss;
    if (service == "card") return Terms();
    return std::nullopt;
}

Result<RegionPolicy> load(const std::string& text, std::optional<SiteKind> site = std::nullopt) {
    const test::Scratch scratch;
    std::ofstream(scratch.file("region.toml")) << text;
    return loadRegionPolicy(scratch.file("region.toml"), {.termsOf = termsOf, .site = site});
}

void checkRefused(const std::string& text, ErrorCode code, const std::string& where) {
    CAPTURE(text);
    const auto policy = load(text);
    REQUIRE(!policy);
    CHECK(nameOf(policy.error().code) == nameOf(code));
    CAPTURE(policy.error().cause);
    CHECK(policy.error().cause.find(where) != std::string::npos);
}

TEST_CASE("the shipped region of the simulator is right") {
    const auto policy = loadRegionPolicy(LIQU_SOURCE_DIR "/kiosk-config/regions/simulator.toml",
                                         {.termsOf = services::termsOf});
    REQUIRE(policy.has_value());
    CHECK(policy->presence == Presence::none);
    CHECK(policy->rule("first-card").mode == ServiceMode::self);
    CHECK(policy->noPhotoUnderAge == 7);
    CHECK(policy->bankNames.at("B01") == "示范银行");
    CHECK(policy->consentClauses.size() == 3);
    CHECK(policy->unverifiedDeadline == std::chrono::minutes{30});
}

TEST_CASE("what a region leaves out, the machine does not do there") {
    const auto policy = load(good);
    REQUIRE(policy.has_value());
    CHECK(policy->services.empty());
    CHECK(!policy->setPinStep);
    CHECK(policy->unattendedFromAge == 16);
    CHECK(policy->noPhotoUnderAge == 0);
    CHECK(policy->screenPatience == std::chrono::seconds{60});
    CHECK(policy->contacts.hotline.empty());
}

TEST_CASE("a wrong file is refused with file and line") {
    checkRefused(std::string(good) + "\n[service]\nfirstCard = true\n", ErrorCode::configBadValue,
                 "must be a table [service.firstCard]");
    checkRefused(std::string("colour = 1\n") + good, ErrorCode::configUnknownKey, "region.toml:1");
    checkRefused(std::string(good) + "\n[screen]\npatienceS = \"long\"\n",
                 ErrorCode::configWrongType, "region.toml:22");
    checkRefused(std::string(good) + "\n[screen]\npatienceS = 5\n", ErrorCode::configBadValue,
                 "region.toml:22");
    checkRefused(std::string(good) + "\n[screen]\nbasis = \"a\"\nspeed = 1\n",
                 ErrorCode::configUnknownKey, "region.toml:23");
    checkRefused("policyId = \"p-1\"\n", ErrorCode::configMissingKey, "version");
    checkRefused("policyId = \n", ErrorCode::configSyntax, "region.toml:1");
}

constexpr const char* loss = R"(
[service.loss]
mode = "self"
basis = "Guangdong Art.24"
days = 7
linkedBank = true
)";

TEST_CASE("a service has a mode, the article it stands on, and terms of its own") {
    const auto policy = load(std::string(good) + loss);
    REQUIRE(policy.has_value());
    const ServiceRule& rule = policy->rule("loss");
    CHECK(rule.mode == ServiceMode::self);
    CHECK(rule.basis == "Guangdong Art.24");
    CHECK(rule.number("days") == 7);
    CHECK(rule.flag("linkedBank"));
    CHECK(rule.flag("told"));
}

TEST_CASE("the mode may depend on whose outlet the machine stands in") {
    const std::string text = std::string(good) +
                             "\n[service.card]\nmode = { usual = \"self\", hrss = \"guide\", "
                             "bank = \"attended\" }\nbasis = \"a\"\n";
    CHECK(load(text)->rule("card").mode == ServiceMode::guide);
    CHECK(load(text, SiteKind::authorised)->rule("card").mode == ServiceMode::self);
    CHECK(load(text, SiteKind::hrss)->rule("card").mode == ServiceMode::guide);
    CHECK(load(text, SiteKind::bank)->rule("card").mode == ServiceMode::attended);
}

TEST_CASE("a service that is wrong in a region is refused with file and line") {
    const auto refused = [](std::string from, const std::string& to, ErrorCode code,
                            const std::string& where) {
        std::string text = std::string(good) + loss;
        text.replace(text.find(from), from.size(), to);
        checkRefused(text, code, where);
    };
    refused("[service.loss]", "[service.los]", ErrorCode::configBadValue, "region.toml:21");
    refused("days = 7", "days = 61", ErrorCode::configBadValue, "region.toml:24");
    refused("days = 7", "days = -1", ErrorCode::configBadValue, "region.toml:24");
    refused("days = 7", "days = \"seven\"", ErrorCode::configWrongType, "region.toml:24");
    refused("days = 7\n", "", ErrorCode::configMissingKey, "service.loss.days");
    refused("linkedBank = true", "", ErrorCode::configMissingKey, "service.loss.linkedBank");
    refused("linkedBank = true", "linkedBank = 1", ErrorCode::configWrongType, "region.toml:25");
    refused("linkedBank", "linkedbank", ErrorCode::configMissingKey, "service.loss.linkedBank");
    refused("linkedBank = true", "linkedBank = true\nweeks = 1", ErrorCode::configUnknownKey,
            "region.toml:26");
    refused("basis = \"Guangdong Art.24\"", "", ErrorCode::configMissingKey, "service.loss.basis");
    refused("basis = \"Guangdong Art.24\"", "basis = \"\"", ErrorCode::configBadValue,
            "region.toml:23");
    refused("mode = \"self\"", "mode = \"alone\"", ErrorCode::configBadValue, "region.toml:22");
    refused("mode = \"self\"", "mode = { hrss = \"self\" }", ErrorCode::configMissingKey,
            "service.loss.mode.usual");
    refused("mode = \"self\"", "mode = { usual = \"self\", shop = \"self\" }",
            ErrorCode::configUnknownKey, "region.toml:22");
    refused("mode = \"self\"", "mode = { usual = \"self\", hrss = \"alone\" }",
            ErrorCode::configBadValue, "region.toml:22");
}

TEST_CASE("where nobody does it, its terms need not be known") {
    const auto policy =
        load(std::string(good) + "\n[service.loss]\nmode = \"guide\"\nbasis = \"a\"\n");
    REQUIRE(policy.has_value());
    CHECK(policy->rule("loss").mode == ServiceMode::guide);
}

TEST_CASE("every key says by which article it stands, in one text for its table or one for each") {
    const std::string text = good;
    const auto with = [&](const std::string& from, const std::string& to) {
        return std::string(text).replace(text.find(from), from.size(), to);
    };
    const std::string ofIdentity = "basis = \"ground 2\"";
    const auto identity = [&](const std::string& basis) { return with(ofIdentity, basis); };
    CHECK(load(identity("basis = { presence = \"silent; default\" }")));
    checkRefused(identity(""), ErrorCode::configMissingKey, "identity.basis");
    checkRefused(identity("basis = \"\""), ErrorCode::configBadValue, "region.toml:15");
    checkRefused(identity("basis = 2"), ErrorCode::configWrongType, "region.toml:15");
    checkRefused(identity("unattendedFromAge = 16\nbasis = { presence = \"ground 2\" }"),
                 ErrorCode::configMissingKey, "unattendedFromAge has none");
    checkRefused(identity("basis = { presence = \"ground 2\", age = \"ground 2\" }"),
                 ErrorCode::configUnknownKey, "identity.basis.age");
    checkRefused(identity("basis = { presence = \"\" }"), ErrorCode::configBadValue,
                 "identity.basis.presence");
    const std::string ofTop = "basis = \"ground 1\"";
    // A day that is left out has a ground, too.
    std::string ofEach =
        "basis = { policyId = \"a\", version = \"a\", document = \"a\", "
        "words = \"a\", regionCode = \"GB/T 2260\", validFrom = \"no date\" }";
    CHECK(load(with(ofTop, ofEach)));
    checkRefused(with(ofTop, ofEach.replace(ofEach.find("regionCode"), 10, "validTo")),
                 ErrorCode::configMissingKey, "regionCode has none");
    checkRefused(with(ofTop, ""), ErrorCode::configMissingKey, "basis");
}

TEST_CASE("rules hold from their first day to their last; either may be left out") {
    const auto term = [](const std::string& days) {
        std::string text = good;
        text.insert(text.find("words ="), days);
        return load(text);
    };
    const auto date = [](int year, unsigned month, unsigned day) {
        return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    };
    const auto guangdong = term("validFrom = 2023-05-01\nvalidTo = 2028-04-30\n");
    REQUIRE(guangdong.has_value());
    CHECK_FALSE(guangdong->term.holdsOn(date(2023, 4, 30)));
    CHECK(guangdong->term.holdsOn(date(2023, 5, 1)));
    CHECK(guangdong->term.holdsOn(date(2028, 4, 30)));
    CHECK_FALSE(guangdong->term.holdsOn(date(2028, 5, 1)));
    const auto open = term("");
    REQUIRE(open.has_value());
    CHECK(open->term.holdsOn(date(1990, 1, 1)));
    CHECK(open->term.holdsOn(date(2990, 1, 1)));
    CHECK(term("validFrom = 2023-05-01\nvalidTo = 2023-05-01\n"));
    for (const char* wrong :
         {"validFrom = 2023-05-02\nvalidTo = 2023-05-01\n", "validTo = 2023-02-29\n",
          "validTo = \"2023-05-01\"\n", "validTo = 2023-05-01T00:00:00Z\n"}) {
        CAPTURE(wrong);
        CHECK_FALSE(term(wrong));
    }
}

TEST_CASE("the words of a region lie in a folder that is there") {
    std::string text = good;
    text.replace(text.find("words = \".\""), 11, "words = \"nowhere\"");
    checkRefused(text, ErrorCode::configBadValue, "region.toml:4");
}

TEST_CASE("who vouches is in the books: a list of attendants in the file is refused") {
    std::string staffed = good;
    staffed.replace(staffed.find("\"none\""), 6, "\"staff\"");
    const auto policy = load(staffed);
    REQUIRE(policy.has_value());
    CHECK(policy->presence == Presence::staff);
    checkRefused(staffed + "\n[[attendant]]\nbadge = \"7\"\npinVerifier = \"16:8:1:00:00\"\n",
                 ErrorCode::configUnknownKey, "attendant");
}

TEST_CASE("a presence the machine does not know is refused") {
    std::string unknown = good;
    unknown.replace(unknown.find("\"none\""), 6, "\"face\"");
    checkRefused(unknown, ErrorCode::configBadValue, "identity.presence");
}

TEST_CASE("the languages of the screen begin with the one the rules are written in, each once") {
    const auto with = [](const std::string& list) {
        return std::string(good) + "[screen]\nbasis = \"ground 9\"\nlanguages = " + list + "\n";
    };
    const auto policy = load(with("[\"zh-CN\", \"ug\"]"));
    REQUIRE(policy);
    CHECK(policy->languages == std::vector<std::string>{"zh-CN", "ug"});
    CHECK_FALSE(policy->draftWords);
    CHECK(load(good)->languages == std::vector<std::string>{"zh-CN", "en"});
    for (const char* wrong : {"[]", "[\"en\", \"zh-CN\"]", "[\"zh-CN\", \"en\", \"en\"]"}) {
        checkRefused(with(wrong), ErrorCode::configBadValue, "screen.languages");
    }
}

TEST_CASE("a PIN at issuance is refused as long as the machine sets none") {
    checkRefused(std::string(good) + "\n[pin]\nsetAtIssuance = true\n", ErrorCode::configBadValue,
                 "pin.setAtIssuance");
}

}  // namespace
}  // namespace liqu::policy
