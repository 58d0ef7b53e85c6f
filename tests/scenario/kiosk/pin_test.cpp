// 社保密码: set and changed with the card in the slot, one deliberate try at a time; what became of
// it is told from the card's own word, and the bank's PIN is never meant.
// Rules: P-02, P-03, P-04, P-05.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using screen::ActionKind;
using Names = std::vector<std::string>;
using policy::ServiceMode;

constexpr const char* theirCard = "K00000049";
constexpr const char* oldPin = "360271";
constexpr const char* newPin = "582047";

KioskSettings withSlot(std::vector<std::string> faults = {}, ServiceMode mode = ServiceMode::self) {
    KioskSettings settings = shippedSettings(std::move(faults));
    settings.takesPins = true;
    for (const char* id : {"pin-change", "pin-first"}) {
        policy::ServiceRule rule;
        rule.mode = mode;
        rule.basis = "Guangdong Art.18";
        rule.terms = {{"offline", 0}, {"idRequired", 1}, {"otherProvinces", 0}};
        settings.region.services[id] = rule;
    }
    return settings;
}

struct PinKiosk {
    explicit PinKiosk(KioskSettings settings = withSlot(), const std::string& version = "3.00",
                      const std::string& pin = oldPin)
        : kiosk(std::move(settings)) {
        kiosk.outside().ownCard = kiosk.outside().cardOf(cardHolder(), theirCard, version, pin);
        kiosk.citizen().pins = {oldPin, newPin, newPin};
    }
    void serve(const char* service = "pin-change") { kiosk.serve(cardHolder(), service); }
    std::string pin() const { return toHex(kiosk.outside().ownCard->memory().pin); }
    int triesLeft() const { return kiosk.outside().ownCard->memory().pinLeft; }
    const std::vector<world::PinNote>& told() { return kiosk.outside().province().pins; }
    bool saw(const char* page) {
        return std::ranges::find(kiosk.citizen().names, page) != kiosk.citizen().names.end();
    }
    // What the pad said beside its keys, entry by entry.
    Names saidAt(const char* entry) {
        Names keys;
        for (const screen::Screen& screen : screensNamed(kiosk.citizen(), entry)) {
            for (const screen::Notice& notice : std::get<screen::PinScreen>(screen.content).notices)
                keys.push_back(notice.text.key);
        }
        return keys;
    }
    std::string journal() {
        std::string all;
        const auto rows = kiosk.database().query("SELECT step, phase, detail FROM journal").value();
        for (const storage::Row& row : rows)
            all += row.text(0) + " " + row.text(1) + " " + row.text(2) + "; ";
        return all;
    }
    mutable SimulatedKiosk kiosk;
};

TEST_CASE("a social PIN is changed on both kinds of card, and the province is told once") {
    for (const char* version : {"3.00", "2.00"}) {
        CAPTURE(version);
        PinKiosk at(withSlot(), version);
        at.serve();
        at.kiosk.settle();
        CHECK(at.pin() == newPin);
        CHECK(at.triesLeft() == 6);
        CHECK(at.saw("pin-done"));
        CHECK(at.saw("take-citizens-card"));
        CHECK(ordersOf(at.kiosk) == "carriedOut");
        REQUIRE(at.told().size() == 1);
        CHECK(at.told()[0].cardNo == theirCard);
        CHECK_FALSE(at.told()[0].first);
        CHECK(outboxOf(at.kiosk) == "delivered 1");
        CHECK(standing(at.kiosk) == "welcome");
    }
}

TEST_CASE("no digit of a PIN is in the journal, in the log or on a screen; the tries before are") {
    PinKiosk at;
    at.serve();
    CHECK(at.journal().find("changePin intent card=420100D15600000500009001FFFFFFFF tries=6") !=
          std::string::npos);
    std::string everything = at.journal();
    for (const std::string& line : at.kiosk.logLines()) everything += line;
    for (const char* pin : {oldPin, newPin}) CHECK(everything.find(pin) == std::string::npos);
    for (const screen::Screen& screen : at.kiosk.citizen().seen) {
        const auto* entry = std::get_if<screen::PinScreen>(&screen.content);
        if (entry != nullptr) CHECK(entry->cardTail.reveal() == "049");
    }
}

TEST_CASE("a wrong old PIN costs one try, is said, and is typed again by the person alone") {
    PinKiosk at;
    at.kiosk.citizen().pins = {"111213", newPin, newPin, oldPin, newPin, newPin};
    at.serve();
    CHECK(at.pin() == newPin);
    CHECK(at.saidAt("pin-current") ==
          Names{"pin-entry.tries", "pin-entry.wrong", "pin-entry.tries"});
    CHECK(ordersOf(at.kiosk) == "resumable, carriedOut");
}

TEST_CASE("with one try left stopping is what is offered first, and then nothing is sent") {
    for (const bool dares : {false, true}) {
        CAPTURE(dares);
        PinKiosk at;
        world::CardMemory memory = at.kiosk.outside().ownCard->memory();
        memory.pinLeft = 1;
        at.kiosk.outside().ownCard->setMemory(memory);
        at.kiosk.citizen().daresLastTry = dares;
        at.kiosk.citizen().pins = {"111213", newPin, newPin};
        at.serve();
        CHECK(at.saw("pin-last-try"));
        const auto shown = screensNamed(at.kiosk.citizen(), "pin-last-try");
        const auto& buttons = personPage(shown.back().content, "pin-last-try")->buttons;
        CHECK(buttons.front().primary);
        CHECK(buttons.front().action == ActionKind::decline);
        CHECK(at.triesLeft() == (dares ? 0 : 1));
        CHECK(at.saw("pin-locked") == dares);
        CHECK(ordersOf(at.kiosk) == (dares ? "resumable" : "-"));
        CHECK(at.told().empty());
    }
}

TEST_CASE("a locked PIN is not tried, and where it is unlocked is told") {
    PinKiosk at;
    world::CardMemory memory = at.kiosk.outside().ownCard->memory();
    memory.pinLeft = 0;
    at.kiosk.outside().ownCard->setMemory(memory);
    at.serve();
    CHECK(at.saw("pin-locked"));
    CHECK_FALSE(at.saw("pin-current"));
    CHECK(ordersOf(at.kiosk) == "-");
}

TEST_CASE("a card without a PIN gets its first one, and no old one is asked for") {
    PinKiosk at(withSlot(), "3.00", "");
    at.kiosk.citizen().pins = {newPin, newPin};
    at.serve("pin-first");
    at.kiosk.settle();
    CHECK(at.pin() == newPin);
    CHECK_FALSE(at.saw("pin-current"));
    REQUIRE(at.told().size() == 1);
    CHECK(at.told()[0].first);
}

TEST_CASE("weak ones, the holder's own date, the old one and two different ones are asked again") {
    PinKiosk at;
    at.kiosk.citizen().pins = {oldPin,   "123456", "790605", "888888", oldPin,
                               "582047", "582048", newPin,   newPin};
    at.serve();
    CHECK(at.pin() == newPin);
    CHECK(at.saidAt("pin-fresh") == Names{"pin-entry.weak", "pin-entry.weak", "pin-entry.weak",
                                          "pin-entry.hint", "pin-entry.hint", "pin-entry.unchanged",
                                          "pin-entry.hint", "pin-entry.differ"});
    CHECK(at.triesLeft() == 6);
}

TEST_CASE("too few digits are no PIN") {
    PinKiosk at;
    at.kiosk.citizen().pins = {"1234", oldPin, newPin, newPin};
    at.serve();
    CHECK(at.pin() == newPin);
    const Names said = at.saidAt("pin-current");
    CHECK(std::ranges::find(said, "pin-entry.short") != said.end());
    CHECK(at.triesLeft() == 6);
}

TEST_CASE("another person's card is told so before anything is asked of it") {
    for (const char* version : {"3.00", "2.00"}) {
        PinKiosk at;
        at.kiosk.outside().ownCard =
            at.kiosk.outside().cardOf(lostCardHolder(), "K00000057", version);
        at.serve();
        CHECK(at.saw("card-of-another"));
        CHECK_FALSE(at.saw("pin-current"));
        CHECK(at.triesLeft() == 6);
    }
}

TEST_CASE("a card the province does not count as in force changes no PIN") {
    for (const char* state : {"TEMP_LOST", "FORMAL_LOST", "CANCELLED", "NOT_ENABLED"}) {
        CAPTURE(state);
        PinKiosk at;
        at.kiosk.outside().province().cards.at(theirCard).state = state;
        at.serve();
        CHECK(at.saw("pin-not-now"));
        CHECK(at.pin() == oldPin);
        CHECK(ordersOf(at.kiosk) == "-");
    }
    PinKiosk first(withSlot(), "3.00", "");
    first.kiosk.outside().province().cards.at(theirCard).state = "NOT_ENABLED";
    first.kiosk.citizen().pins = {newPin, newPin};
    first.serve("pin-first");
    CHECK(first.pin() == newPin);
}

TEST_CASE("what is no social security card is asked back, and a real one is waited for") {
    PinKiosk at;
    auto mine = at.kiosk.outside().ownCard;
    auto bankCard = at.kiosk.outside().cardOf(cardHolder(), theirCard);
    world::CardMemory memory = bankCard->memory();
    std::erase_if(memory.applications, [](const world::ChipApplication& application) {
        return application.environment == world::card_id::socialSecurity;
    });
    bankCard->setMemory(memory);
    at.kiosk.outside().ownCard = nullptr;
    at.kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name != "citizens-card") return;
        at.kiosk.outside().slot.insert(bankCard);
        const Instant now = at.kiosk.outside().clock.now();
        at.kiosk.outside().hands.at(now + std::chrono::seconds{5},
                                    [&] { at.kiosk.outside().slot.remove(); });
        at.kiosk.outside().hands.at(now + std::chrono::seconds{8}, [&] {
            at.kiosk.outside().ownCard = mine;
            at.kiosk.outside().slot.insert(mine);
        });
    };
    at.serve();
    const auto shown = screensNamed(at.kiosk.citizen(), "citizens-card");
    CHECK(std::ranges::any_of(shown, [](const screen::Screen& screen) {
        const auto& parts = personPage(screen.content, "citizens-card")->parts;
        return parts.size() == 2 &&
               std::get<screen::Notice>(parts[1]).text.key == "citizens-card.other";
    }));
    CHECK(mine->memory().pin == fromHex(newPin).value());
}

TEST_CASE(
    "a card that is pulled before the new PIN goes to it, or changed for another, keeps its") {
    for (const bool swapped : {false, true}) {
        CAPTURE(swapped);
        PinKiosk at;
        auto mine = at.kiosk.outside().ownCard;
        at.kiosk.citizen().onScreen = [&](std::string_view name) {
            if (name != "pin-repeated") return;
            at.kiosk.outside().slot.remove();
            if (swapped)
                at.kiosk.outside().slot.insert(
                    at.kiosk.outside().cardOf(cardHolder(), "K00000065"));
        };
        at.serve();
        CHECK(at.saw("pin-failed"));
        CHECK(mine->memory().pin == fromHex(oldPin).value());
        CHECK(mine->memory().pinLeft == 6);
        CHECK(ordersOf(at.kiosk) == "resumable");
        CHECK(at.told().empty());
    }
}

// The power of the card fails as the command is carried out, or right before.
TEST_CASE("no answer to the change: nobody says what became of it until card and person have") {
    for (const auto& [fault, done] :
         std::map<std::string, bool>{{"chip.reset@after-1", true}, {"chip.reset@pin", false}}) {
        CAPTURE(fault);
        PinKiosk at(withSlot({fault}));
        at.kiosk.citizen().pins = {oldPin, newPin, newPin, newPin};
        if (!done) {
            // The old one holds: with it they begin anew.
            for (const char* pin : {oldPin, newPin, newPin}) at.kiosk.citizen().pins.push_back(pin);
        }
        at.serve();
        at.kiosk.settle();
        CHECK(at.saw("pin-unknown"));
        CHECK(at.saw("pin-done"));
        CHECK(at.pin() == newPin);
        CHECK(ordersOf(at.kiosk) == (done ? "carriedOut" : "resumable, carriedOut"));
        CHECK(at.told().size() == 1);
    }
}

TEST_CASE("whoever leaves it unknown is told nothing else, and the next visit asks the card") {
    PinKiosk at(withSlot({"chip.reset@after-1"}));
    at.kiosk.citizen().touchesFirst["pin-unknown"] = {ActionKind::decline};
    at.serve();
    CHECK_FALSE(at.saw("pin-done"));
    CHECK_FALSE(at.saw("pin-failed"));
    CHECK(at.pin() == newPin);
    at.kiosk.settle();
    CHECK(ordersOf(at.kiosk) == "resumable");
    CHECK(at.told().empty());
    at.kiosk.citizen().touchesFirst.clear();
    at.kiosk.citizen().pins = {newPin, "741906", "741906"};
    at.serve();
    at.kiosk.settle();
    CHECK(at.pin() == "741906");
    CHECK(at.told().size() == 1);
}

TEST_CASE("a memory that fails leaves it open, and the card is asked by the citizen's own word") {
    PinKiosk at(withSlot({"chip.6581@pin"}));
    at.kiosk.citizen().pins = {oldPin, newPin, newPin, newPin};
    at.serve();
    CHECK(at.saw("pin-unknown"));
    CHECK_FALSE(at.saw("pin-done"));
    CHECK(at.pin() == oldPin);
    CHECK(at.triesLeft() == 5);
    CHECK(ordersOf(at.kiosk) == "resumable");
    CHECK(at.told().empty());
}

TEST_CASE("where card and PIN are all that may be asked for, no ID card is") {
    KioskSettings settings = withSlot();
    settings.region.services.at("pin-change").terms["idRequired"] = 0;
    PinKiosk at(std::move(settings));
    at.kiosk.citizen().cardOnly = true;
    at.serve();
    at.kiosk.settle();
    CHECK(at.pin() == newPin);
    CHECK(at.kiosk.outside().province().messages["PERSON.QUERY"] == 0);
    CHECK(at.told().size() == 1);
    CHECK_FALSE(at.saw("is-this-you"));
}

TEST_CASE("off line a PIN is changed where the region says so, and the fact goes out once, later") {
    for (const bool allowed : {true, false}) {
        CAPTURE(allowed);
        KioskSettings settings =
            withSlot({"province.unreachable@CARDAUTH.EXT", "province.unreachable@PIN.CHANGED"});
        auto& terms = settings.region.services.at("pin-change").terms;
        terms["idRequired"] = 0;
        terms["offline"] = allowed ? 1 : 0;
        PinKiosk at(std::move(settings));
        at.kiosk.citizen().cardOnly = true;
        at.serve();
        CHECK(at.pin() == (allowed ? newPin : oldPin));
        CHECK(at.saw(allowed ? "pin-done" : "pin-failed"));
        at.kiosk.outside().faults.mend("province");
        at.kiosk.outside().front->mendLine();
        at.kiosk.outside().clock.sleepFor(std::chrono::minutes{10});
        at.kiosk.settle();
        CHECK(at.told().size() == (allowed ? 1 : 0));
        CHECK(outboxOf(at.kiosk) == (allowed ? "delivered 1" : "-"));
    }
}

TEST_CASE("an attended change is confirmed by an attendant first, and not done without one") {
    for (const bool confirmed : {true, false}) {
        CAPTURE(confirmed);
        PinKiosk at(withSlot({}, ServiceMode::attended));
        addAttendant(at.kiosk, staff::Role::attendant, Pin::own);
        at.kiosk.citizen().attendant =
            confirmed ? attendantTypes() : screen::Action{ActionKind::decline};
        at.serve();
        at.kiosk.settle();
        CHECK(at.pin() == (confirmed ? newPin : oldPin));
        CHECK(at.saw("citizens-card") == confirmed);
        if (confirmed) CHECK(at.told().at(0).operatorId == "4711");
    }
}

TEST_CASE("without a slot the service is not offered, whatever the region says") {
    KioskSettings settings = withSlot();
    settings.takesPins = false;
    settings.region.services.at("pin-change").terms["idRequired"] = 0;
    PinKiosk at(std::move(settings));
    at.serve("card-state");
    for (const screen::Screen& screen : at.kiosk.citizen().seen) {
        const auto* page = personPage(screen.content, "choose-service");
        if (page == nullptr) continue;
        const auto& choices = std::get<screen::Choices>(page->parts.back()).choices;
        CHECK(std::ranges::find(choices, "pin-change", &screen::Choice::id) == choices.end());
    }
    for (const screen::Screen& screen : screensNamed(at.kiosk.citizen(), "lay-down-id-card"))
        CHECK_FALSE(std::get<screen::LayDownIdCardScreen>(screen.content).pinOffered);
    CHECK(at.pin() == oldPin);
}

TEST_CASE("a power cut between the command and its fact claims nothing, and opens no business") {
    PinKiosk at(withSlot({"chip.slow@pin"}));
    bool armed = false;
    at.kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name != "waiting" || armed || !at.saw("pin-repeated")) return;
        armed = true;
        at.kiosk.cutPowerAt(at.kiosk.outside().clock.now() + std::chrono::seconds{4});
    };
    REQUIRE(at.kiosk.serveUntilPowerCut(cardHolder(), "pin-change"));
    at.kiosk.restart();
    at.kiosk.settle();
    CHECK(ordersOf(at.kiosk) == "resumable");
    CHECK(at.told().empty());
    CHECK(at.triesLeft() == 6);
}

}  // namespace
}  // namespace liqu::scenario
