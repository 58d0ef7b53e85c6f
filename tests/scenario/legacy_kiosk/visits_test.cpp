// Before an older province each service that its system has is done, to the end and no further; and
// every other one is told about in the guide, which never says that it is done here.
#include <algorithm>
#include <doctest/doctest.h>
#include <set>

#include "firmware/services/catalogue.hpp"
#include "firmware/services/guidance.hpp"
#include "tests/scenario/kiosk/told.hpp"
#include "tests/scenario/legacy_kiosk/older_desk.hpp"

namespace liqu::scenario {
namespace {

using world::LegacyCardState;
using Names = std::vector<std::string>;

const std::set<std::string>& doneIn(const std::string& province) {
    static const std::set<std::string> ofAll = {"loss-temporary", "loss-formal", "loss-release",
                                                "enable",         "pin-first",   "pin-change",
                                                "progress",       "card-state"};
    static const std::set<std::string> ofJilin = {"progress"};
    return province == "jl" ? ofJilin : ofAll;
}

TEST_CASE("a lost card, a found one, a new one: done there once, and told as done") {
    for (const char* province : {"hn", "hb"}) {
        for (const OlderChange& change : olderChanges()) {
            CAPTURE(province);
            CAPTURE(change.service);
            OlderDesk desk(province);
            desk.becomes(change.before);
            desk.serve(change.service);
            CHECK(desk.card().state == change.after);
            CHECK(desk.there().act(change.act, theirCard).done == 1);
            CHECK(desk.saw(change.donePage));
            CHECK(desk.amiss() == Names{});
            CHECK(standing(desk.kiosk) == "welcome");
        }
    }
}

TEST_CASE("a PIN is set and changed on the card, and the branch tells the province") {
    for (const char* province : {"hn", "hb"}) {
        for (const char* service : {"pin-first", "pin-change"}) {
            CAPTURE(province);
            CAPTURE(service);
            OlderDesk desk(province);
            desk.serve(service);
            CHECK(toHex(desk.kiosk.outside().ownCard->memory().pin) == "582047");
            CHECK(desk.branchList() == "PIN.CHANGED");
            CHECK(outboxOf(desk.kiosk) == "delivered 1");
            CHECK(desk.amiss() == Names{});
        }
    }
}

TEST_CASE("how far it is, and how their card stands, is told from the province's own words") {
    for (const char* province : {"hn", "hb", "jl"}) {
        CAPTURE(province);
        OlderDesk desk(province);
        desk.serve("progress");
        CHECK(desk.saw("progress"));
        if (doneIn(province).contains("card-state")) {
            desk.becomes(LegacyCardState::temporarilyLost);
            desk.serve("card-state");
            CHECK(desk.saw("card-state"));
        }
        CHECK(desk.there().acts.empty());
        CHECK(desk.amiss() == Names{});
    }
}

// What the guide's page of that service says of this machine.
Names saidInGuideOf(const std::string& province, const std::string& service) {
    OlderDesk desk(province);
    desk.kiosk.citizen().readsGuideAt = "welcome";
    desk.kiosk.citizen().readsOf = service;
    desk.kiosk.citizen().onlyLooks = true;
    desk.kiosk.serve(cardHolder(), service);
    const auto said = noticesTold(desk.kiosk.citizen(), "guide-topic");
    return said.value_or(Names{"no such page"});
}

bool tellsOf(const KioskSettings& settings, const std::string& service) {
    return settings.region.services.contains(service) && services::groupOf(service).has_value();
}

TEST_CASE("the guide says \"here\" of what is done here, and of nothing else") {
    for (const char* province : {"hn", "hb", "jl"}) {
        for (const services::Service* service : services::catalogue()) {
            const std::string id(service->id);
            if (!tellsOf(olderDeskSettings(province), id)) continue;
            CAPTURE(province);
            CAPTURE(id);
            const Names said = saidInGuideOf(province, id);
            const bool isSaid = std::ranges::any_of(
                said, [](const std::string& key) { return key.starts_with("guide.here"); });
            CHECK(isSaid == doneIn(province).contains(id));
        }
    }
}

// What the citizen was asked to choose among.
std::set<std::string> offeredTo(const Citizen& citizen) {
    std::set<std::string> offered;
    for (const screen::Screen& shown : citizen.seen) {
        for (const char* page : {"choose-group", "choose-service"}) {
            const screen::PersonPage* asks = personPage(shown.content, page);
            if (asks == nullptr) continue;
            for (const screen::PagePart& part : asks->parts) {
                const auto* choices = std::get_if<screen::Choices>(&part);
                if (choices == nullptr) continue;
                for (const screen::Choice& choice : choices->choices) offered.insert(choice.id);
            }
        }
    }
    return offered;
}

TEST_CASE("who comes is offered what the system has, and no card") {
    OlderDesk henan("hn");
    for (const char* service : {"loss-temporary", "pin-change", "progress"}) {
        henan.kiosk.citizen().seen.clear();
        henan.serve(service);
        const auto offered = offeredTo(henan.kiosk.citizen());
        CHECK(offered.contains(service));
        for (const char* making : {"apply", "exchange", "first-card", "replacement"})
            CHECK_FALSE(offered.contains(making));
    }
    OlderDesk jilin("jl");
    jilin.serve("progress");
    const auto offered = offeredTo(jilin.kiosk.citizen());
    CHECK(offered.contains("progress"));
    CHECK_FALSE(offered.contains("card-state"));
    CHECK(henan.there().applications.empty());
    CHECK(henan.amiss() == Names{});
    CHECK(jilin.amiss() == Names{});
}

TEST_CASE("the first page says that no card is made here, and nothing of a machine in trouble") {
    for (const char* province : {"hn", "hb", "jl"}) {
        OlderDesk desk(province);
        desk.serve("progress");
        const auto pages = screensNamed(desk.kiosk.citizen(), "welcome");
        REQUIRE_FALSE(pages.empty());
        for (const screen::Screen& page : pages)
            CHECK_FALSE(std::get<screen::WelcomeScreen>(page.content).makesCards);
        CHECK_FALSE(desk.saw("queries-only"));
    }
}

}  // namespace
}  // namespace liqu::scenario
