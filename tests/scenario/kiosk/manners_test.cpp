// What is the same on every screen: language, more time, calling the assistant; the attendant who
// vouches for the person; and a kiosk that must stop with a card inside.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/security/pin_verifier.hpp"
#include "tests/scenario/kiosk/agreement.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;
using session::ActionKind;

std::vector<session::Screen> screensNamed(const Citizen& citizen, std::string_view name) {
    std::vector<session::Screen> found;
    for (const session::Screen& screen : citizen.seen) {
        if (session::nameOf(screen.content) == name) found.push_back(screen);
    }
    return found;
}

TEST_CASE("a language chosen on the way stays for the visit, and not for the next person") {
    SimulatedKiosk kiosk;
    kiosk.citizen().touchesFirst["is-this-you"] = {ActionKind::switchLanguage};
    kiosk.serve();
    CHECK(screensNamed(kiosk.citizen(), "consent").at(0).frame.language ==
          session::Language::english);
    CHECK(screensNamed(kiosk.citizen(), "next-steps").at(0).frame.language ==
          session::Language::english);
    CHECK(kiosk.citizen().seen.back().frame.language == session::Language::chinese);
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

TEST_CASE("an assistant who was called is shown as called from then on") {
    SimulatedKiosk kiosk;
    kiosk.citizen().touchesFirst["consent"] = {ActionKind::callAssistant};
    kiosk.serve();
    CHECK(!screensNamed(kiosk.citizen(), "is-this-you").at(0).frame.assistantCalled);
    CHECK(screensNamed(kiosk.citizen(), "next-steps").at(0).frame.assistantCalled);
    CHECK(std::ranges::count(kiosk.logLines(), "assistant called") == 1);
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

session::Action vouching(const char* pin) {
    session::Action action{ActionKind::attendantConfirm};
    action.typed.emplace("badge", SecretText("4711"));
    action.typed.emplace("pin", SecretText(pin));
    return action;
}

KioskSettings staffed(const char* pin) {
    KioskSettings settings = shippedSettings();
    SeededRandom random(5);
    settings.region.presence = policy::Presence::staff;
    settings.region.attendants = {
        {"4711", security::makePinVerifier(SecretText(pin), random).value()}};
    return settings;
}

TEST_CASE("an attendant's badge and PIN vouch for the person") {
    SimulatedKiosk kiosk(staffed("246810"));
    kiosk.citizen().attendant = vouching("246810");
    kiosk.serve();
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "holder 1");
    CHECK(disagreements(kiosk) == Names{});
}

TEST_CASE("three wrong PINs end the visit before the province is asked") {
    SimulatedKiosk kiosk(staffed("246810"));
    kiosk.citizen().attendant = vouching("000000");
    // The citizen answers a screen once; these are the two further tries.
    kiosk.citizen().touchesFirst["attendant"] = {ActionKind::attendantConfirm,
                                                 ActionKind::attendantConfirm};
    kiosk.serve();
    const auto problems = screensNamed(kiosk.citizen(), "problem");
    REQUIRE(!problems.empty());
    CHECK(nameOf(std::get<session::ProblemScreen>(problems[0].content).reason) ==
          "personNotInFront");
    CHECK(kiosk.outside().province().messages["PERSON.QUERY"] == 0);
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
