// Rules that contradict themselves are refused; those that ship do not.
#include "firmware/services/contradictions.hpp"

#include <array>
#include <doctest/doctest.h>

#include "firmware/services/catalogue.hpp"

using namespace liqu;

namespace {

const std::filesystem::path regions =
    std::filesystem::path(LIQU_SOURCE_DIR) / "kiosk-config/regions";

policy::RegionPolicy rulesOf(const std::string& name, std::optional<policy::SiteKind> site) {
    return policy::loadRegionPolicy(regions / (name + ".toml"),
                                    {.termsOf = services::termsOf, .site = site})
        .value();
}

struct Plant {
    const char* service;
    policy::ServiceMode mode;
    std::vector<std::pair<const char*, std::int64_t>> terms;
    const char* key;  // of the refusal
};

const std::array plants = {
    Plant{"loss-formal",
          policy::ServiceMode::attended,
          {{"final", 1}, {"releasable", 1}},
          "loss-formal.releasable"},
    Plant{"loss-release", policy::ServiceMode::attended, {{"formal", 1}}, "loss-release.formal"},
    Plant{"loss-formal", policy::ServiceMode::self, {}, "loss-formal.mode"},
    Plant{"loss-release", policy::ServiceMode::self, {{"formal", 1}}, "loss-release.mode"},
    Plant{"pin-unlock", policy::ServiceMode::self, {}, "pin-unlock.mode"},
    Plant{"pin-reset", policy::ServiceMode::self, {}, "pin-reset.mode"},
    Plant{"same-number", policy::ServiceMode::attended, {}, "same-number.mode"},
};

policy::RegionPolicy planted(const Plant& plant, policy::RegionPolicy region) {
    policy::ServiceRule& rule = region.services[plant.service];
    rule.mode = plant.mode;
    for (const auto& [key, value] : plant.terms) rule.terms[key] = value;
    return region;
}

}  // namespace

TEST_CASE("the rules that ship agree with themselves, at every kind of site") {
    using policy::SiteKind;
    for (const char* name :
         {"guangdong", "shaanxi-shangluo", "xinjiang-changji", "simulator", "simulator-apart"}) {
        for (const std::optional<SiteKind> site :
             {std::optional<SiteKind>(), std::optional(SiteKind::bank),
              std::optional(SiteKind::hrss), std::optional(SiteKind::authorised)}) {
            CAPTURE(std::string(name));
            CHECK(services::agreesWithItself(rulesOf(name, site)));
        }
    }
}

TEST_CASE("each contradiction that is planted is refused, with its keys") {
    policy::RegionPolicy base = rulesOf("shaanxi-shangluo", policy::SiteKind::bank);
    base.services["loss-formal"].terms["final"] = 1;
    for (const Plant& plant : plants) {
        CAPTURE(std::string(plant.key));
        const auto refused = services::agreesWithItself(planted(plant, base));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::configBadValue);
        Faults faults;
        CHECK(services::agreesWithItself(planted(plant, base), &faults));
        CHECK(std::ranges::any_of(faults, [&plant](const Error& fault) {
            return fault.cause.find(plant.key) != std::string::npos;
        }));
    }
}

TEST_CASE("all of them are told together") {
    policy::RegionPolicy region = rulesOf("shaanxi-shangluo", policy::SiteKind::bank);
    region.services["loss-formal"].terms["final"] = 1;
    for (const Plant& plant : plants) region = planted(plant, region);
    Faults faults;
    CHECK(services::agreesWithItself(region, &faults));
    CHECK(faults.size() == plants.size());
}
