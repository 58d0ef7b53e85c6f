// 办事指南: read at a machine that serves, that can only be asked, and that is out of service; and
// in the middle of a visit. Nothing is read from a document, and nothing is asked of the province.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/services/guidance.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
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
