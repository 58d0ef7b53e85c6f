#include "firmware/policy/region_policy.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <string>

#include "tests/support/scratch.hpp"

namespace liqu::policy {
namespace {

constexpr const char* good = R"(policyId = "p-1"
regionCode = "420100"

[[bank]]
code = "B01"
name = "示范银行"
cardPrefix = "621700"

[identity]
presence = "none"

[consent]
clauses = ["consent.data"]
)";

Result<RegionPolicy> load(const std::string& text) {
    const test::Scratch scratch;
    std::ofstream(scratch.file("region.toml")) << text;
    return loadRegionPolicy(scratch.file("region.toml"));
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
    const auto policy = loadRegionPolicy(LIQU_SOURCE_DIR "/kiosk-config/regions/simulator.toml");
    REQUIRE(policy.has_value());
    CHECK(policy->presence == Presence::none);
    CHECK(policy->offers("first-card"));
    CHECK(policy->noPhotoUnderAge == 7);
    CHECK(policy->bankNames.at("B01") == "示范银行");
    CHECK(policy->consentClauses.size() == 3);
    CHECK(policy->unverifiedDeadline == std::chrono::minutes{30});
}

TEST_CASE("what a region leaves out, the machine does not do there") {
    const auto policy = load(good);
    REQUIRE(policy.has_value());
    CHECK(!policy->offers("first-card"));
    CHECK(!policy->offers("replacement"));
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
                 ErrorCode::configWrongType, "region.toml:16");
    checkRefused(std::string(good) + "\n[screen]\npatienceS = 5\n", ErrorCode::configBadValue,
                 "region.toml:16");
    checkRefused(std::string(good) + "\n[screen]\npatienceS = 60\nspeed = 1\n",
                 ErrorCode::configUnknownKey, "region.toml:17");
    checkRefused("policyId = \"p-1\"\n", ErrorCode::configMissingKey, "regionCode");
    checkRefused("policyId = \n", ErrorCode::configSyntax, "region.toml:1");
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

TEST_CASE("a PIN at issuance is refused as long as the machine sets none") {
    checkRefused(std::string(good) + "\n[pin]\nsetAtIssuance = true\n", ErrorCode::configBadValue,
                 "pin.setAtIssuance");
}

}  // namespace
}  // namespace liqu::policy
