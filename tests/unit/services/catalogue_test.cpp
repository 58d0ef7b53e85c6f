// Rules.
#include "firmware/services/catalogue.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>
#include <string>

#include "firmware/services/who_may.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::services {
namespace {

TEST_CASE("each service has a name of its own, and is found by it") {
    std::set<std::string_view> ids;
    for (const Service* service : catalogue()) {
        CAPTURE(std::string(service->id));
        CHECK(ids.insert(service->id).second);
        CHECK(serviceNamed(service->id) == service);
        // Part of keys of words and of policy, and of what the robot touches.
        const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
        CHECK(std::ranges::all_of(service->id, fits));
    }
    CHECK(serviceNamed("firstCard") == nullptr);
    CHECK(serviceNamed("") == nullptr);
}

TEST_CASE("a service makes a card, changes something, or answers a question") {
    for (const Service* service : catalogue()) {
        CAPTURE(std::string(service->id));
        const bool answers = service->ask != nullptr;
        const bool changes = service->change != nullptr;
        const bool ofPin = service->isOfPin;
        const bool withdraws = service->isOfApplication;
        const bool ofPerson = service->isOfPerson;
        CHECK(service->makesCard() + answers + changes + ofPin + withdraws + ofPerson == 1);
        CHECK((service->plan != nullptr) == !answers);
        CHECK(planOf(service->id) == service->plan);
        if (!changes && !ofPin && !withdraws && !ofPerson) continue;
        // Nobody waits for it, and no card of the machine is in it.
        for (const issuance::PlanRow& row : service->plan->rows())
            CHECK_FALSE(issuance::keepsMachine(row.holds));
    }
    CHECK(planOf("dance") == nullptr);
}

TEST_CASE("an application is of the service that makes it") {
    CHECK(serviceFor(province::ApplicationKind::newCard) == &firstCard);
    CHECK(serviceFor(province::ApplicationKind::lost) == &replacement);
    CHECK(serviceFor(province::ApplicationKind::warranty) == &quality);
    CHECK(serviceFor(province::ApplicationKind::bankChanged) == nullptr);
}

TEST_CASE("the terms of a service are known by its id") {
    CHECK_FALSE(termsOf("first-crad"));
    CHECK(termsOf("first-card")->size() == 2);
    CHECK(termsOf("loss-temporary")->size() == 4);
}

// A province's system that has every message but one.
class OlderSystem final : public province::Adapter {
  public:
    OlderSystem(Clock& clock, Random& random, std::optional<province::MessageType> lacks)
        : Adapter(clock, random, {}), lacks_(lacks) {}
    bool can(province::MessageType type) const override { return type != lacks_; }
    Result<province::Proof> proofOf(const province::Outgoing&) override {
        return fail(ErrorCode::provinceUnreachable, "nobody there");
    }

  private:
    Result<province::Reply> exchange(const province::Outgoing&) override {
        return fail(ErrorCode::provinceUnreachable, "nobody there");
    }
    std::optional<province::MessageType> lacks_;
};

constexpr Date day{std::chrono::year{2028}, std::chrono::April, std::chrono::day{30}};
constexpr Date dayAfter{std::chrono::year{2028}, std::chrono::May, std::chrono::day{1}};

TEST_CASE("who may: the strictest word of region and province; what is left out is guidance") {
    world::VirtualClock clock;
    SeededRandom random{1};
    OlderSystem whole(clock, random, std::nullopt);
    OlderSystem older(clock, random, province::MessageType::lossTemp);
    const province::Province ofWhole(whole);
    const province::Province ofOlder(older);
    policy::RegionPolicy region;
    const Setting all{region, ofWhole, day};
    const Setting withoutLosses{region, ofOlder, day};
    CHECK(whoMay(replacement, all) == policy::ServiceMode::guide);
    region.services["replacement"].mode = policy::ServiceMode::attended;
    region.services["loss-temporary"].mode = policy::ServiceMode::self;
    CHECK(whoMay(replacement, all) == policy::ServiceMode::attended);
    CHECK(isOffered(replacement, withoutLosses));
    CHECK_FALSE(isOffered(firstCard, all));
    CHECK(whoMay(lossTemporary, all) == policy::ServiceMode::self);
    CHECK(whoMay(lossTemporary, withoutLosses) == policy::ServiceMode::guide);
}

TEST_CASE("who may: a PIN only where a card can be put in; unlocked and reset never alone") {
    world::VirtualClock clock;
    SeededRandom random{1};
    OlderSystem whole(clock, random, std::nullopt);
    const province::Province province(whole);
    policy::RegionPolicy region;
    for (const Service* service : {&pinFirst, &pinChange, &pinUnlock, &pinReset})
        region.services[std::string(service->id)].mode = policy::ServiceMode::self;
    const Setting without{region, province, day};
    const Setting with{region, province, day, true};
    CHECK(whoMay(pinChange, without) == policy::ServiceMode::guide);
    CHECK(whoMay(pinChange, with) == policy::ServiceMode::self);
    CHECK(whoMay(pinFirst, with) == policy::ServiceMode::self);
    CHECK(whoMay(pinUnlock, with) == policy::ServiceMode::attended);
    CHECK(whoMay(pinReset, with) == policy::ServiceMode::attended);
    region.services["pin-reset"].mode = policy::ServiceMode::guide;
    CHECK(whoMay(pinReset, with) == policy::ServiceMode::guide);
}

TEST_CASE("who may: an exchange never alone, and not where the province takes no old card in") {
    world::VirtualClock clock;
    SeededRandom random{1};
    OlderSystem whole(clock, random, std::nullopt);
    OlderSystem older(clock, random, province::MessageType::cardRecover);
    const province::Province ofWhole(whole);
    const province::Province ofOlder(older);
    policy::RegionPolicy region;
    for (const Service* service :
         {&exchangeDamaged, &exchangeData, &exchangeExpired, &exchangeOther, &quality}) {
        CAPTURE(std::string(service->id));
        region.services[std::string(service->id)].mode = policy::ServiceMode::self;
        CHECK(whoMay(*service, {region, ofWhole, day}) == policy::ServiceMode::attended);
        CHECK(whoMay(*service, {region, ofOlder, day}) == policy::ServiceMode::guide);
    }
}

TEST_CASE("where a card is exchanged: everywhere in Guangdong and Changji, at banks in Shangluo") {
    world::VirtualClock clock;
    SeededRandom random{1};
    OlderSystem whole(clock, random, std::nullopt);
    const province::Province province(whole);
    struct Expected {
        const char* region;
        policy::SiteKind site;
        std::string offered;
    };
    const std::string three = "exchange-damaged exchange-data exchange-expired ";
    const Expected all[] = {
        {"guangdong", policy::SiteKind::bank, three + "exchange-other quality "},
        {"guangdong", policy::SiteKind::hrss, three + "exchange-other quality "},
        {"shaanxi-shangluo", policy::SiteKind::bank, three + "quality "},
        {"shaanxi-shangluo", policy::SiteKind::hrss, "quality "},
        {"xinjiang-changji", policy::SiteKind::bank, three + "quality "},
        {"xinjiang-changji", policy::SiteKind::hrss, three + "quality "}};
    for (const Expected& one : all) {
        CAPTURE(std::string(one.region) + " " + std::string(nameOf(one.site)));
        const auto region = policy::loadRegionPolicy(
            std::string(LIQU_SOURCE_DIR) + "/kiosk-config/regions/" + one.region + ".toml",
            {.termsOf = termsOf, .site = one.site});
        REQUIRE(region);
        std::string offered;
        for (const Service* service : catalogue()) {
            if (service->exchange != nullptr && isOffered(*service, {*region, province, day}))
                offered += std::string(service->id) + " ";
        }
        CHECK(offered == one.offered);
    }
}

TEST_CASE("who may: outside their term the rules let nobody change anything; questions go on") {
    world::VirtualClock clock;
    SeededRandom random{1};
    OlderSystem whole(clock, random, std::nullopt);
    const province::Province province(whole);
    policy::RegionPolicy region;
    region.services["first-card"].mode = policy::ServiceMode::self;
    region.services["loss-temporary"].mode = policy::ServiceMode::self;
    region.services["progress"].mode = policy::ServiceMode::self;
    region.term.to = day;
    for (const Service* service : {&firstCard, &lossTemporary, &progress}) {
        CAPTURE(service->id);
        CHECK(isOffered(*service, {region, province, day}));
        CHECK(isOffered(*service, {region, province, dayAfter}) == (service == &progress));
    }
    region.term = {.from = dayAfter, .to = {}};
    CHECK_FALSE(isOffered(firstCard, {region, province, day}));
    CHECK(isOffered(firstCard, {region, province, dayAfter}));
}

}  // namespace
}  // namespace liqu::services
