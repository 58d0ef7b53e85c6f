// No dead control: whatever a page draws to be touched, touched, changes what is shown.
// Rules: M-14.
#include "tests/support/controls.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <set>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "ui/screens/pages.hpp"

namespace liqu::scenario {
namespace {

using screen::ActionKind;

// Asked, and nobody answers.
class SilentSite final : public ports::AttentionCaller {
  public:
    void call(ports::CallReason) override { state_ = ports::CallState::asked; }
    ports::CallState state() const override { return state_; }
    void clear() override { state_ = ports::CallState::none; }

  private:
    ports::CallState state_ = ports::CallState::none;
};

// A visit in which certain pages come.
struct Walk {
    const char* title;
    std::vector<std::string> faults{};
    bool staffed = false;
    bool usesQueries = false;
    bool reportsProblem = false;
    const char* readsGuideAt = "";
};

const std::vector<Walk>& walks() {
    static const std::vector<Walk> all = {
        {.title = "a card"},
        {.title = "an attendant, and a problem with the card",
         .staffed = true,
         .reportsProblem = true},
        {.title = "an ID card forgotten", .faults = {"holder.forgets-id-card"}},
        {.title = "a pending application", .faults = {"province.person-pending"}},
        {.title = "no province", .faults = {"province.unreachable"}, .usesQueries = true},
        {.title = "no printer", .faults = {"printer.absent"}},
        {.title = "the guide", .readsGuideAt = "welcome"},
        {.title = "a cable pulled out", .faults = {"printer.unplug@print"}},
    };
    return all;
}

KioskSettings settingsOf(const Walk& walk, SilentSite& site) {
    KioskSettings settings = shippedSettings(walk.faults);
    settings.attention = &site;
    if (walk.staffed) settings.region.presence = policy::Presence::staff;
    return settings;
}

struct Played {
    // By page: what it draws to be touched.
    std::map<std::string, std::set<test::Control>> controls;
    bool touched = false;
    bool changed = false;
    Duration unheard{};
};

std::string looksOf(const screen::Screen& screen) {
    const auto deadline = screen.frame.deadline.value_or(Instant{}).time_since_epoch().count();
    return std::string(screen::nameOf(screen.content)) + " " +
           std::string(nameOf(screen.frame.comfort.language)) + " " +
           std::to_string(screen.frame.call ? static_cast<int>(*screen.frame.call) : -1) + " " +
           std::to_string(deadline);
}

// Touches one control of one page; none: only looks which there are.
Played play(const Walk& walk, const std::string& page, std::optional<test::Control> touch) {
    SilentSite site;
    SimulatedKiosk kiosk(settingsOf(walk, site));
    if (walk.staffed) addAttendant(kiosk);
    Citizen& citizen = kiosk.citizen();
    Played played;
    citizen.usesQueries = walk.usesQueries;
    citizen.readsGuideAt = walk.readsGuideAt;
    citizen.attendant = attendantTypes();
    if (walk.reportsProblem) citizen.touchesFirst["next-steps"] = {ActionKind::reportProblem};
    if (touch) {
        citizen.touchesFirst[page] = {touch->action};
        citizen.chooses = touch->choice;
        citizen.handsAfter = std::chrono::seconds(5);
    }
    std::size_t shownBefore = 0;
    citizen.onTouch = [&](ActionKind kind) {
        const auto& last = citizen.seen.back();
        if (played.touched || !touch || kind != touch->action ||
            screen::nameOf(last.content) != page)
            return;
        played.touched = true;
        citizen.touchesFirst.erase(page);
        shownBefore = citizen.seen.size();
    };
    kiosk.serve();
    played.unheard = citizen.longestUnheard;
    for (const screen::Screen& screen : citizen.seen) {
        auto& controls = played.controls[std::string(screen::nameOf(screen.content))];
        for (const test::Control& control : test::controlsOf(screen)) controls.insert(control);
    }
    played.changed = played.touched && shownBefore < citizen.seen.size() &&
                     looksOf(citizen.seen[shownBefore - 1]) != looksOf(citizen.seen[shownBefore]);
    return played;
}

// Cut in the middle of a print; the recovery waits for the printer, and is touched meanwhile.
TEST_CASE("language and call act while the machine settles what was begun before") {
    for (const ActionKind control : {ActionKind::adjust, ActionKind::callAssistant}) {
        CAPTURE(std::string(nameOf(control)));
        SilentSite site;
        SimulatedKiosk kiosk(settingsOf(walks()[0], site));
        Citizen& citizen = kiosk.citizen();
        citizen.onScreen = [&kiosk](std::string_view name) {
            if (name == "making") {
                kiosk.cutPowerAt(kiosk.outside().clock.now() + std::chrono::seconds(20));
            }
        };
        REQUIRE(kiosk.serveUntilPowerCut(world::documents::resident()));
        citizen.onScreen = [](std::string_view) {};
        citizen.touchesFirst["recovering"] = {control};
        const std::size_t before = citizen.seen.size();
        kiosk.restart();
        kiosk.settle();
        std::set<std::string> looks;
        for (std::size_t i = before; i < citizen.seen.size(); ++i) {
            const auto* page = std::get_if<screen::RecoveringScreen>(&citizen.seen[i].content);
            if (page == nullptr) continue;
            CHECK(page->restarted);
            looks.insert(looksOf(citizen.seen[i]));
        }
        CHECK(looks.size() == 2);
    }
}

// One touch of it shows nothing, by design: it is known to staff alone and wants three.
bool isHidden(ActionKind kind) {
    return kind == ActionKind::staffCorner;
}

TEST_CASE("whatever a page draws to be touched acts, on every page") {
    std::set<std::string> walked;
    for (const Walk& walk : walks()) {
        const Played looks = play(walk, "", std::nullopt);
        for (const auto& [page, controls] : looks.controls) {
            if (page == "recovering" || !walked.insert(page).second) continue;
            for (const test::Control& control : controls) {
                if (isHidden(control.action)) continue;
                CAPTURE(std::string(walk.title));
                CAPTURE(page);
                CAPTURE(std::string(nameOf(control.action)) + " " + control.choice);
                const Played played = play(walk, page, control);
                CHECK(played.touched);
                CHECK(played.changed);
                CHECK(played.unheard <= std::chrono::seconds(1));
            }
        }
    }
    const std::set<std::string> all = {"starting",     "out-of-service",    "queries-only",
                                       "welcome",      "lay-down-id-card",  "waiting",
                                       "attendant",    "is-this-you",       "choose-service",
                                       "already-have", "consent",           "making",
                                       "take-card",    "take-id-card",      "next-steps",
                                       "problem",      "problem-with-card", "guide",
                                       "guide-group",  "guide-papers",      "guide-topic"};
    for (const std::string& page : all) CHECK_MESSAGE(walked.contains(page), page);
}

TEST_CASE("while nobody is listened to, nothing is drawn to be touched") {
    SilentSite site;
    SimulatedKiosk kiosk(settingsOf(walks()[0], site));
    kiosk.serve();
    int deaf = 0;
    for (const screen::Screen& screen : kiosk.citizen().seen) {
        const auto* place = std::get_if<screen::LayDownIdCardScreen>(&screen.content);
        const bool isDeaf = std::holds_alternative<screen::StartingScreen>(screen.content) ||
                            std::holds_alternative<screen::WaitingScreen>(screen.content) ||
                            (place != nullptr && place->reading);
        if (!isDeaf) continue;
        ++deaf;
        CHECK(test::controlsOf(screen).empty());
    }
    CHECK(deaf > 5);
}

}  // namespace
}  // namespace liqu::scenario
