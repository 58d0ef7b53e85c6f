// What is the same on every screen: language, more time, calling the assistant; the attendant who
// vouches for the person; and a kiosk that must stop with a card inside.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/staff/accounts.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;
using screen::ActionKind;

std::vector<screen::Screen> screensNamed(const Citizen& citizen, std::string_view name) {
    std::vector<screen::Screen> found;
    for (const screen::Screen& screen : citizen.seen) {
        if (screen::nameOf(screen.content) == name) found.push_back(screen);
    }
    return found;
}

TEST_CASE("a language chosen on the way stays for the visit, and not for the next person") {
    SimulatedKiosk kiosk;
    kiosk.citizen().touchesFirst["is-this-you"] = {ActionKind::switchLanguage};
    kiosk.serve();
    CHECK(screensNamed(kiosk.citizen(), "consent").at(0).frame.language ==
          screen::Language::english);
    CHECK(screensNamed(kiosk.citizen(), "next-steps").at(0).frame.language ==
          screen::Language::english);
    CHECK(kiosk.citizen().seen.back().frame.language == screen::Language::chinese);
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

// Acknowledges so long after it was asked.
class SimulatedSite final : public ports::AttentionCaller {
  public:
    explicit SimulatedSite(Duration answersAfter) : answersAfter_(answersAfter) {}

    void call(ports::CallReason reason) override {
        reasons.push_back(reason);
        state_ = ports::CallState::asked;
        askedAt_ = clock->now();
    }
    ports::CallState state() const override {
        const bool answered =
            state_ == ports::CallState::asked && clock->now() - askedAt_ >= answersAfter_;
        return answered ? ports::CallState::acknowledged : state_;
    }
    void clear() override { state_ = ports::CallState::none; }

    const Clock* clock = nullptr;
    std::vector<ports::CallReason> reasons;

  private:
    Duration answersAfter_;
    ports::CallState state_ = ports::CallState::none;
    Instant askedAt_{};
};

TEST_CASE("staff who were called are said to be called when they have acknowledged, not before") {
    SimulatedSite site(std::chrono::seconds(1));
    KioskSettings settings = shippedSettings();
    settings.attention = &site;
    SimulatedKiosk kiosk(settings);
    site.clock = &kiosk.outside().clock;
    kiosk.citizen().touchesFirst["consent"] = {ActionKind::callAssistant};
    kiosk.serve();
    using screen::StaffCall;
    CHECK(screensNamed(kiosk.citizen(), "is-this-you").at(0).frame.call == StaffCall::ready);
    std::vector<std::optional<StaffCall>> seen;
    for (const screen::Screen& screen : screensNamed(kiosk.citizen(), "consent")) {
        seen.push_back(screen.frame.call);
    }
    CHECK(seen == std::vector<std::optional<StaffCall>>{StaffCall::ready, StaffCall::asked,
                                                        StaffCall::acknowledged});
    CHECK(site.reasons == std::vector{ports::CallReason::person});
    // For the next person nobody was called yet.
    CHECK(kiosk.citizen().seen.back().frame.call.value_or(StaffCall::ready) == StaffCall::ready);
}

TEST_CASE("where there is nothing to call with, no such control is drawn") {
    SimulatedKiosk kiosk;
    kiosk.serve();
    for (const screen::Screen& screen : kiosk.citizen().seen) CHECK_FALSE(screen.frame.call);
}

TEST_CASE("more time is given on a question and before the mouth") {
    SimulatedKiosk kiosk;
    kiosk.citizen().touchesFirst["consent"] = {ActionKind::moreTime};
    kiosk.citizen().touchesFirst["take-card"] = {ActionKind::moreTime};
    kiosk.serve();
    for (const char* name : {"consent", "take-card"}) {
        CAPTURE(std::string(name));
        const auto shown = screensNamed(kiosk.citizen(), name);
        REQUIRE(shown.size() >= 2);
        CHECK(*shown.back().frame.deadline > *shown.front().frame.deadline);
    }
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

screen::Action vouching(const char* pin) {
    screen::Action action{ActionKind::attendantConfirm};
    action.typed.emplace("badge", SecretText("4711"));
    action.typed.emplace("pin", SecretText(pin));
    return action;
}

// A kiosk whose region asks for somebody who vouches, and one account that may.
struct AttendedKiosk {
    static KioskSettings settings() {
        KioskSettings settings = shippedSettings();
        settings.region.presence = policy::Presence::staff;
        return settings;
    }
    SimulatedKiosk kiosk{settings()};
    SeededRandom random{5};
    staff::Accounts accounts{kiosk.database(), random};

    explicit AttendedKiosk(staff::Role role = staff::Role::attendant, bool ownPin = true) {
        staff::Account account;
        account.number = "4711";
        account.name = "样品";
        account.roles = {role};
        const WallTime now = kiosk.outside().clock.wallTime();
        REQUIRE(accounts.add(account, SecretText(ownPin ? "405060" : "246810"), "root", now));
        if (ownPin) REQUIRE(accounts.setFirstPin("4711", SecretText("246810"), now));
    }
    std::int64_t lines(const std::string& act) {
        return kiosk.database()
            .number("SELECT count(*) FROM staff_audit WHERE act = '" + act + "'")
            .value();
    }
};

void refusesToVouch(AttendedKiosk& attended, const char* pin) {
    SimulatedKiosk& kiosk = attended.kiosk;
    kiosk.citizen().attendant = vouching(pin);
    // The citizen answers a screen once; these are the two further tries.
    kiosk.citizen().touchesFirst["attendant"] = {ActionKind::attendantConfirm,
                                                 ActionKind::attendantConfirm};
    kiosk.serve();
    const auto problems = problemsTold(kiosk.citizen());
    REQUIRE(!problems.empty());
    CHECK(nameOf(problems[0].reason) == "personNotInFront");
    CHECK(kiosk.outside().province().messages["PERSON.QUERY"] == 0);
}

TEST_CASE("an account vouches for the person, and each time is a line of the record") {
    AttendedKiosk attended;
    attended.kiosk.citizen().attendant = vouching("246810");
    attended.kiosk.serve();
    attended.kiosk.settle();
    CHECK(cardsInBooks(attended.kiosk) == "holder 1");
    CHECK(disagreements(attended.kiosk) == Names{});
    CHECK(attended.lines("vouch-for-holder") == 1);
    CHECK(attended.kiosk.database().number("SELECT operator_id = '4711' FROM orders") == 1);
}

TEST_CASE("three wrong PINs end the visit before the province is asked, and the number waits") {
    AttendedKiosk attended;
    refusesToVouch(attended, "000000");
    CHECK(attended.lines("sign-in-refused") >= 1);
    CHECK(attended.lines("vouch-for-holder") == 0);
    const auto shown = screensNamed(attended.kiosk.citizen(), "attendant");
    CHECK(std::get<screen::AttendantScreen>(shown.back().content).waitSeconds > 0);
}

TEST_CASE("neither an auditor nor a PIN somebody else chose vouches; both are recorded") {
    const auto recorded = [](AttendedKiosk& attended, const std::string& ending) {
        return attended.kiosk.database()
            .number(
                "SELECT count(*) FROM staff_audit WHERE act = 'vouch-for-holder' AND object "
                "LIKE '%" +
                ending + "'")
            .value();
    };
    AttendedKiosk auditor(staff::Role::auditor);
    refusesToVouch(auditor, "246810");
    CHECK(recorded(auditor, "refused 90204") > 0);
    AttendedKiosk newcomer(staff::Role::attendant, false);
    refusesToVouch(newcomer, "246810");
    CHECK(recorded(newcomer, "refused 90210") > 0);
}

TEST_CASE("a kiosk that must stop takes a card at the mouth back into its hold bin") {
    SimulatedKiosk kiosk(shippedSettings({"holder.walks-away@take-card"}));
    kiosk.citizen().onScreen = [&kiosk](std::string_view name) {
        if (name == "take-card") kiosk.stop();
    };
    kiosk.serve();
    CHECK(cardsInBooks(kiosk) == "hold-bin 1");
    CHECK(ordersOf(kiosk) == "held");
    CHECK(disagreements(kiosk) == Names{});
}

}  // namespace
}  // namespace liqu::scenario
