// 社保密码 unlocked and reset: by the holder in person, with an attendant, on line, and one command
// to the card.
// Rules: P-06, P-07.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using policy::ServiceMode;
using screen::ActionKind;

constexpr const char* theirCard = "K00000049";
constexpr const char* theirPin = "360271";
constexpr const char* transportPin = "123456";
constexpr const char* newPin = "582047";

KioskSettings attended(std::vector<std::string> faults = {},
                       ServiceMode mode = ServiceMode::attended) {
    KioskSettings settings = shippedSettings(std::move(faults));
    settings.takesPins = true;
    for (const char* id : {"pin-unlock", "pin-reset"}) {
        policy::ServiceRule rule;
        rule.mode = mode;
        rule.basis = "Guangdong Art.20, 21";
        if (id == std::string("pin-reset")) rule.terms = {{"transportPin", 123456}};
        settings.region.services[id] = rule;
    }
    return settings;
}

struct Desk {
    explicit Desk(KioskSettings settings = attended(), const std::string& version = "3.00")
        : kiosk(std::move(settings)) {
        addAttendant(kiosk, staff::Role::attendant, Pin::own);
        kiosk.citizen().attendant = attendantTypes();
        kiosk.outside().ownCard =
            kiosk.outside().cardOf(cardHolder(), theirCard, version, theirPin);
    }
    void lock() {
        world::CardMemory memory = kiosk.outside().ownCard->memory();
        memory.pinLeft = 0;
        kiosk.outside().ownCard->setMemory(memory);
    }
    void serve(const char* service) {
        kiosk.serve(cardHolder(), service);
        kiosk.settle();
    }
    world::CardMemory card() { return kiosk.outside().ownCard->memory(); }
    std::string pin() { return toHex(card().pin); }
    const std::vector<world::PinNote>& told() { return kiosk.outside().province().pins; }
    int commandsMade() { return kiosk.outside().province().messages["CARDAUTH.SECMSG"]; }
    bool saw(const char* page) {
        return std::ranges::find(kiosk.citizen().names, page) != kiosk.citizen().names.end();
    }
    SimulatedKiosk kiosk;
};

TEST_CASE("a locked PIN is unlocked on both kinds of card, is the one it was, and is told") {
    for (const char* version : {"3.00", "2.00"}) {
        CAPTURE(version);
        Desk desk(attended(), version);
        desk.lock();
        desk.serve("pin-unlock");
        CHECK(desk.card().pinLeft == 6);
        CHECK(desk.pin() == theirPin);
        CHECK(desk.saw("pin-unlocked"));
        CHECK(desk.commandsMade() == 1);
        REQUIRE(desk.told().size() == 1);
        CHECK(desk.told()[0].messageType == "PIN.UNLOCKED");
        CHECK(desk.told()[0].operatorId == "4711");
        CHECK(!desk.told()[0].formNo.empty());
        CHECK(ordersOf(desk.kiosk) == "carriedOut");
    }
}

TEST_CASE("a forgotten PIN is reset, and another one chosen before the card is given back") {
    for (const char* version : {"3.00", "2.00"}) {
        CAPTURE(version);
        Desk desk(attended(), version);
        desk.kiosk.citizen().pins = {transportPin, newPin, newPin};
        desk.serve("pin-reset");
        CHECK(desk.pin() == newPin);
        CHECK(desk.saw("pin-was-reset"));
        CHECK(desk.saw("pin-done"));
        CHECK_FALSE(desk.saw("pin-current"));
        REQUIRE(desk.told().size() == 2);
        CHECK(desk.told()[0].messageType == "PIN.RESET");
        CHECK(ordersOf(desk.kiosk) == "carriedOut, carriedOut");
    }
}

TEST_CASE(
    "whoever walks away after a reset has the transport PIN, and was told it is none to use") {
    Desk desk;
    desk.kiosk.citizen().pins = {};
    desk.serve("pin-reset");
    CHECK(desk.pin() == transportPin);
    CHECK(desk.told().size() == 1);
}

namespace {

// The forms of the region, and a printer for them.
KioskSettings withForms() {
    KioskSettings settings = attended();
    settings.slipPrinter = "snbc-t080";
    settings.slipForms = "guangdong";
    return settings;
}

std::string slipsOf(SimulatedKiosk& kiosk) {
    std::string all;
    const auto rows = kiosk.database().query("SELECT form, state FROM slips ORDER BY slip").value();
    for (const storage::Row& row : rows)
        all += (all.empty() ? "" : ", ") + row.text(0) + " " + row.text(1);
    return all.empty() ? "-" : all;
}

}  // namespace

TEST_CASE("the form is printed and signed before the PIN is unlocked, and once") {
    Desk desk(withForms());
    desk.lock();
    std::string before;
    desk.kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name == "attendant") before = slipsOf(desk.kiosk);
    };
    SUBCASE("its number is typed") {
        desk.serve("pin-unlock");
        CHECK(desk.card().pinLeft == 6);
        CHECK(slipsOf(desk.kiosk) == "application printed, done printed");
        CHECK(desk.kiosk.database()
                  .number("SELECT count(*) FROM checks WHERE what = 'form'")
                  .value() == 1);
    }
    SUBCASE("nobody types it") {
        desk.kiosk.citizen().attendant.typed.erase("form");
        desk.serve("pin-unlock");
        CHECK(desk.card().pinLeft == 0);
        CHECK(desk.commandsMade() == 0);
        CHECK(slipsOf(desk.kiosk) == "application printed");
    }
    CHECK(before == "application printed");
    CHECK(desk.kiosk.truth().lies() == std::vector<std::string>{});
}

TEST_CASE("a form that does not come out is the counter's, and the PIN is unlocked all the same") {
    Desk desk(withForms());
    desk.lock();
    desk.kiosk.paper().rowsLeft = 0;
    desk.kiosk.citizen().attendant.typed.erase("form");
    desk.serve("pin-unlock");
    CHECK(desk.card().pinLeft == 6);
    CHECK(slipsOf(desk.kiosk) == "application notPrinted, done notPrinted, application notPrinted");
    CHECK(desk.kiosk.truth().lies() == std::vector<std::string>{});
}

TEST_CASE("a reset is signed for before it is done, also where another PIN follows") {
    Desk desk(withForms());
    desk.kiosk.citizen().pins = {transportPin, newPin, newPin};
    desk.serve("pin-reset");
    CHECK(desk.pin() == newPin);
    CHECK(slipsOf(desk.kiosk) == "application printed, done printed, done printed");
    CHECK(desk.kiosk.truth().lies() == std::vector<std::string>{});
}

TEST_CASE("a PIN that is not locked is not unlocked, and no command is made") {
    Desk desk;
    desk.serve("pin-unlock");
    CHECK(desk.saw("pin-not-locked"));
    CHECK(desk.commandsMade() == 0);
    CHECK(ordersOf(desk.kiosk) == "-");
}

TEST_CASE("nobody does it alone, whatever the region's file says") {
    Desk desk(attended({}, ServiceMode::self));
    desk.lock();
    desk.kiosk.citizen().attendant = screen::Action{ActionKind::decline};
    desk.serve("pin-unlock");
    CHECK(desk.saw("attendant"));
    CHECK_FALSE(desk.saw("citizens-card"));
    CHECK(desk.card().pinLeft == 0);
    CHECK(desk.commandsMade() == 0);
}

TEST_CASE("the card of somebody else is given back before its unlock key is asked") {
    Desk desk;
    desk.kiosk.outside().ownCard = desk.kiosk.outside().cardOf(lostCardHolder(), "K00000057");
    desk.lock();
    desk.serve("pin-unlock");
    CHECK(desk.saw("card-of-another"));
    CHECK(desk.commandsMade() == 0);
    CHECK(desk.card().pinLeft == 0);
}

TEST_CASE("off line nothing is unlocked, and nothing is promised from a queue") {
    for (const char* fault :
         {"province.unreachable@CARDAUTH.SECMSG", "province.unreachable@CARD.QUERY"}) {
        CAPTURE(fault);
        Desk desk(attended({fault}));
        desk.lock();
        desk.serve("pin-unlock");
        CHECK(desk.saw("pin-failed"));
        CHECK(desk.card().pinLeft == 0);
        CHECK(desk.told().empty());
        CHECK(outboxOf(desk.kiosk) == "-");
    }
}

TEST_CASE("no answer to the command: the same card says by its tries what became of it") {
    for (const char* fault : {"chip.reset@after-1", "chip.reset@pin"}) {
        CAPTURE(fault);
        const bool done = std::string(fault) == "chip.reset@after-1";
        Desk desk(attended({fault}));
        desk.lock();
        desk.serve("pin-unlock");
        CHECK(desk.saw("pin-unsure"));
        CHECK(desk.saw("pin-unlocked") == done);
        CHECK(desk.card().pinLeft == (done ? 6 : 0));
        CHECK(desk.told().size() == (done ? 1 : 0));
        // One command, whatever became of it.
        CHECK(desk.commandsMade() == 1);
    }
}

TEST_CASE("a dead unlock key means another card, and is tried no further") {
    Desk desk;
    desk.lock();
    world::CardMemory memory = desk.card();
    memory.keys.at(static_cast<std::uint8_t>(world::KeyName::pinUnlock)).left = 0;
    desk.kiosk.outside().ownCard->setMemory(memory);
    desk.serve("pin-unlock");
    CHECK(desk.saw("pin-failed"));
    CHECK(desk.commandsMade() == 0);
    CHECK(ordersOf(desk.kiosk) == "resumable");
}

}  // namespace
}  // namespace liqu::scenario
