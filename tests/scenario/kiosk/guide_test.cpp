// 办事指南: read at a machine that serves, that can only be asked, and that is out of service; and
// in the middle of a visit. Nothing is read from a document, and nothing is asked of the province.
// Rules: Z-01.
#include <algorithm>
#include <doctest/doctest.h>
#include <map>

#include "firmware/services/catalogue.hpp"
#include "firmware/services/guidance.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;

// Nobody lays anything down.
Names readAt(const std::string& screen, std::vector<std::string> faults = {}) {
    SimulatedKiosk kiosk(shippedSettings(std::move(faults)));
    kiosk.citizen().readsGuideAt = screen;
    kiosk.citizen().onlyLooks = true;
    kiosk.serve();
    CHECK(kiosk.outside().idReader->readings() == 0);
    CHECK(ordersOf(kiosk) == "-");
    CHECK(outboxOf(kiosk) == "-");
    return kiosk.citizen().names;
}

bool leadThere(const Names& names, const std::string& from) {
    const Names way = {from,           "guide",       "guide-group", "guide-topic",
                       "guide-papers", "guide-group", "guide",       from};
    return std::ranges::search(names, way).begin() != names.end();
}

TEST_CASE("the guide is read and left again, whatever the machine can do just then") {
    CHECK(leadThere(readAt("welcome"), "welcome"));
    CHECK(leadThere(readAt("queries-only", {"province.unreachable"}), "queries-only"));
    CHECK(leadThere(readAt("out-of-service", {"printer.absent"}), "out-of-service"));
}

TEST_CASE("a topic says how, with what, how long, by which article and where to complain") {
    SimulatedKiosk kiosk;
    kiosk.citizen().readsGuideAt = "welcome";
    kiosk.citizen().onlyLooks = true;
    kiosk.serve();
    std::vector<std::string> said;
    for (const char* name : {"guide-topic", "guide-papers"}) {
        const auto pages = screensNamed(kiosk.citizen(), name);
        REQUIRE(!pages.empty());
        const auto* page = personPage(pages.front().content, name);
        REQUIRE(page != nullptr);
        CHECK(page->question.key == "service.loss-formal");
        for (const auto* parts : {&page->parts, &page->beside}) {
            for (const auto& part : *parts) {
                const auto* paragraph = std::get_if<screen::Paragraph>(&part);
                if (paragraph != nullptr) said.push_back(paragraph->text.key);
            }
        }
    }
    CHECK(said == Names{"guide.loss-formal.how", "guide.papers", "guide.loss-formal.papers",
                        "guide.time", "guide.loss-formal.time", "guide.basis", "guide.article",
                        "guide.complaint", "guide.complain"});
}

// What the page of that topic says of this machine; empty: nothing.
std::string saidOfHere(const std::string& screen, std::vector<std::string> faults) {
    SimulatedKiosk kiosk(shippedSettings(std::move(faults)));
    kiosk.citizen().readsGuideAt = screen;
    kiosk.citizen().readsOf = "loss-temporary";
    kiosk.citizen().onlyLooks = true;
    kiosk.serve();
    const auto said = noticesTold(kiosk.citizen(), "guide-topic");
    REQUIRE(said.has_value());
    return said->empty() ? "" : said->front();
}

TEST_CASE("the guide says that it can be done here only while it can") {
    CHECK(saidOfHere("welcome", {}) == "guide.here");
    CHECK(saidOfHere("queries-only", {"province.unreachable"}).empty());
    CHECK(saidOfHere("out-of-service", {"printer.absent"}).empty());
}

TEST_CASE("in a visit the guide is one of the ways, and the visit goes on after it") {
    SimulatedKiosk kiosk;
    kiosk.citizen().readsGuideAt = "choose-service";
    kiosk.serve();
    CHECK(leadThere(kiosk.citizen().names, "choose-service"));
    CHECK(std::ranges::find(kiosk.citizen().names, "next-steps") != kiosk.citizen().names.end());
}

// 社保卡补换卡和零星制卡期间 (Shangluo Art.27): a first card too. They ask how far it is, or come
// for another one and hear that it is under way; each page leads to the other's papers, and back.
struct Waiting {
    Waiting(const std::string& region, const std::string& service, std::string page)
        : kiosk(settingsOf(region)), where(std::move(page)) {
        addAttendant(kiosk);
        Citizen& citizen = kiosk.citizen();
        citizen.attendant = attendantTypes();
        // The application is at the province from here on.
        if (service != "replacement") kiosk.serve(world::documents::resident(), "replacement");
        if (services::tellsOfTemporaryCard(kiosk.stock().region))
            citizen.touchesFirst[where] = {screen::ActionKind::choose};
        citizen.chooses = services::temporaryCardId;
        citizen.onScreen = [&citizen](std::string_view name) {
            if (name == "guide-papers") citizen.touchesFirst.clear();
        };
        kiosk.serve(world::documents::resident(), service);
    }
    static KioskSettings settingsOf(const std::string& name) {
        KioskSettings settings = shippedSettings({"province.person-pending"});
        const std::string city = settings.region.regionCode;
        settings.region =
            policy::loadRegionPolicy(LIQU_SOURCE_DIR "/kiosk-config/regions/" + name + ".toml",
                                     {.termsOf = services::termsOf, .site = policy::SiteKind::bank})
                .value();
        settings.region.regionCode = city;
        settings.site = policy::SiteKind::bank;
        return settings;
    }
    bool isOffered() {
        for (const screen::Screen& screen : screensNamed(kiosk.citizen(), where)) {
            for (const screen::Button& button : personPage(screen.content, where)->buttons)
                if (button.choice == services::temporaryCardId) return true;
        }
        return false;
    }
    bool wasLedThere() {
        const Names way = {where, "guide-topic", "guide-papers", where};
        const Names& names = kiosk.citizen().names;
        return std::ranges::search(names, way).begin() != names.end();
    }
    SimulatedKiosk kiosk;
    std::string where;
};

TEST_CASE("who waits for a first card in Shangluo is led to the temporary one, and back") {
    for (const auto& [service, page] : std::map<std::string, std::string>{
             {"progress", "progress"}, {"replacement", "already-have"}}) {
        CAPTURE(service);
        Waiting shangluo("shaanxi-shangluo", service, page);
        CHECK(shangluo.isOffered());
        CHECK(shangluo.wasLedThere());
        CHECK(shangluo.kiosk.truth().lies() == Names{});
        Waiting changji("xinjiang-changji", service, page);
        REQUIRE_FALSE(screensNamed(changji.kiosk.citizen(), page).empty());
        CHECK_FALSE(changji.isOffered());
    }
}

TEST_CASE("where the region has no guide, no way leads to one") {
    KioskSettings settings = shippedSettings();
    settings.region.services.erase(std::string(services::helpId));
    SimulatedKiosk kiosk(settings);
    kiosk.serve();
    for (const screen::Screen& screen : kiosk.citizen().seen)
        CHECK_FALSE(screen.frame.canReadGuide);
}

}  // namespace
}  // namespace liqu::scenario
