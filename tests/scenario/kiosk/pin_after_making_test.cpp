// 初始密码: whoever has a new card in the hand goes on to a PIN of their own in the same visit,
// where the machine has a slot and the region lets it; elsewhere the page and the slip say where.
// Rules: P-03.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using policy::ServiceMode;
using screen::ActionKind;

constexpr const char* ownPin = "582047";

struct NewCard {
    explicit NewCard(ServiceMode mode, bool hasSlot = true) : kiosk(settingsWith(mode, hasSlot)) {
        addAttendant(kiosk);
        kiosk.citizen().attendant = attendantTypes();
        kiosk.citizen().onScreen = [this](std::string_view name) {
            if (name == "next-steps") takeInHand();
        };
        kiosk.citizen().touchesFirst["next-steps"] = {ActionKind::choose};
        kiosk.citizen().chooses = "pin-first";
    }
    static KioskSettings settingsWith(ServiceMode mode, bool hasSlot) {
        KioskSettings settings = shippedSettings();
        settings.takesPins = hasSlot;
        policy::ServiceRule& rule = settings.region.services["pin-first"];
        rule.mode = mode;
        rule.basis = "Guangdong Art.18";
        rule.terms = {{"offline", 0}};
        return settings;
    }
    // The card that came out of the mouth is the one that goes into the slot.
    void takeInHand() {
        const auto rows =
            kiosk.database().query("SELECT card_number FROM cards WHERE place = 'holder'").value();
        REQUIRE(rows.size() == 1);
        chip = &kiosk.outside().chipOf(rows[0].text(0));
        firstPin = toHex(chip->memory().pin);
        kiosk.outside().ownCard = std::shared_ptr<world::CardEngine>(chip, [](auto*) {});
        kiosk.citizen().pins = {ownPin, ownPin};
        if (!firstPin.empty()) kiosk.citizen().pins.push_front(firstPin);
    }
    void serve() {
        kiosk.serve(world::documents::resident(), "first-card");
        kiosk.settle();
    }
    bool saw(std::string_view page) const { return sawScreen(kiosk.citizen(), page); }
    bool saysOnNextSteps(const char* key) const {
        const auto shown = screensNamed(kiosk.citizen(), "next-steps");
        REQUIRE(!shown.empty());
        const auto& parts = personPage(shown.back().content, "next-steps")->parts;
        const auto& items = std::get<screen::NumberedList>(parts.front()).items;
        return std::ranges::any_of(items,
                                   [&](const screen::Phrase& item) { return item.key == key; });
    }
    world::CardEngine* chip = nullptr;
    std::string firstPin;
    mutable SimulatedKiosk kiosk;
};

TEST_CASE("the new card's holder sets a PIN of their own before they go") {
    for (const ServiceMode mode : {ServiceMode::self, ServiceMode::attended}) {
        NewCard at(mode);
        at.serve();
        CHECK(at.saysOnNextSteps("next.pin-here"));
        CHECK_FALSE(at.saysOnNextSteps("next.pin-social"));
        REQUIRE(at.chip != nullptr);
        CHECK(toHex(at.chip->memory().pin) == ownPin);
        CHECK(at.firstPin != ownPin);
        CHECK(at.saw("attendant") == (mode == ServiceMode::attended));
        CHECK(ordersOf(at.kiosk) == "handedOver, carriedOut");
        CHECK(at.kiosk.outside().province().pins.size() == 1);
        CHECK(cardsInBooks(at.kiosk) == "holder 1");
        CHECK(standing(at.kiosk) == "welcome");
        CHECK(disagreements(at.kiosk) == std::vector<std::string>{});
    }
}

TEST_CASE(
    "where the machine cannot do it, or the region has the counter do it, the counter is named") {
    for (const auto& [mode, hasSlot] : std::vector<std::pair<ServiceMode, bool>>{
             {ServiceMode::guide, true}, {ServiceMode::self, false}}) {
        NewCard at(mode, hasSlot);
        at.kiosk.citizen().touchesFirst.clear();
        at.serve();
        CHECK(at.saysOnNextSteps("next.pin-social"));
        CHECK_FALSE(at.saysOnNextSteps("next.pin-here"));
        CHECK_FALSE(at.saw("citizens-card"));
        CHECK(ordersOf(at.kiosk) == "handedOver");
    }
}

TEST_CASE("whoever is done goes, and another card than theirs sets nothing") {
    NewCard leaves(ServiceMode::self);
    leaves.kiosk.citizen().touchesFirst.clear();
    leaves.serve();
    CHECK_FALSE(leaves.saw("citizens-card"));
    CHECK(toHex(leaves.chip->memory().pin) == leaves.firstPin);

    NewCard other(ServiceMode::self);
    other.kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name == "next-steps")
            other.kiosk.outside().ownCard = other.kiosk.outside().cardOf(cardHolder(), "K00000049");
    };
    other.serve();
    CHECK(other.saw("card-of-another"));
    CHECK(ordersOf(other.kiosk) == "handedOver");
    CHECK(cardsInBooks(other.kiosk) == "holder 1");
}

}  // namespace
}  // namespace liqu::scenario
