// What the shipped regions' own files say of the terms that their articles ask for: a scenario
// writes terms of its own, and proves nothing of these.
// Rules: E-01, E-02, E-03, R-03, R-07, R-11, T-04.
#include <doctest/doctest.h>

#include "firmware/services/catalogue.hpp"

namespace liqu::services {
namespace {

using policy::ServiceMode;
using policy::SiteKind;

const std::filesystem::path regions = LIQU_SOURCE_DIR "/kiosk-config/regions";
constexpr const char* guangdong = "guangdong";
constexpr const char* shangluo = "shaanxi-shangluo";
constexpr const char* changji = "xinjiang-changji";

policy::RegionPolicy regionAt(const std::string& name, SiteKind site) {
    auto region =
        policy::loadRegionPolicy(regions / (name + ".toml"), {.termsOf = termsOf, .site = site});
    REQUIRE_MESSAGE(region, (region ? "" : describe(region.error())));
    return *region;
}

constexpr SiteKind sites[] = {SiteKind::bank, SiteKind::hrss};

TEST_CASE(
    "enabling: a PIN of one's own first where the texts have it, a temporary card in Shangluo") {
    for (const SiteKind site : sites) {
        for (const char* name : {guangdong, shangluo, changji}) {
            CAPTURE(std::string(name));
            const policy::RegionPolicy region = regionAt(name, site);
            const policy::ServiceRule& rule = region.rule(enable.id);
            CHECK(rule.mode == ServiceMode::attended);
            CHECK(rule.flag("firstPin") == (name != changji));
            CHECK(rule.flag("temporaryCardBlocks") == (name == shangluo));
        }
    }
}

TEST_CASE(
    "withdrawing: alone in Guangdong, elsewhere with an attendant; what is a first card, too") {
    for (const SiteKind site : sites) {
        for (const char* name : {guangdong, shangluo, changji}) {
            CAPTURE(std::string(name));
            const policy::RegionPolicy region = regionAt(name, site);
            const policy::ServiceRule& rule = region.rule(withdraw.id);
            CHECK(rule.mode == (name == guangdong ? ServiceMode::self : ServiceMode::attended));
            CHECK(rule.flag("firstCard"));
        }
    }
}

TEST_CASE("Guangdong's five causes of an exchange: four with an attendant, the bank's is told") {
    for (const SiteKind site : sites) {
        const policy::RegionPolicy region = regionAt(guangdong, site);
        for (const Service* cause :
             {&exchangeDamaged, &exchangeData, &exchangeExpired, &exchangeOther})
            CHECK(region.rule(cause->id).mode == ServiceMode::attended);
        CHECK(region.rule("exchange-bank").mode == ServiceMode::guide);
    }
}

// The copies of the texts name no number of months that can be read.
TEST_CASE("no shipped region exchanges a card before its last day is over") {
    for (const SiteKind site : sites) {
        for (const char* name : {guangdong, shangluo, changji})
            CHECK(regionAt(name, site).rule(exchangeExpired.id).number("beforeMonths") == 0);
    }
}

}  // namespace
}  // namespace liqu::services
