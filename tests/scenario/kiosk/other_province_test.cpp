// 省外来粤用卡, 跨省服务: a card that another province issued. Its PIN is changed with the old one,
// by the card alone; for what needs keys this province's system is asked, and what it does not list
// is told of.
// Rules: P-08.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/services/catalogue.hpp"
#include "firmware/services/pin_pages.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;

constexpr const char* guangdong = "guangdong";
constexpr const char* changji = "xinjiang-changji";
constexpr const char* oldPin = "360271";
constexpr const char* newPin = "582047";
constexpr const char* elsewhere = "310100";

// The rules as they are shipped; the machine, and every card of its world, is of one city.
KioskSettings under(const std::string& name, std::vector<std::string> faults = {}) {
    KioskSettings settings = shippedSettings(std::move(faults));
    const std::string city = settings.region.regionCode;
    settings.region =
        policy::loadRegionPolicy(LIQU_SOURCE_DIR "/kiosk-config/regions/" + name + ".toml",
                                 {.termsOf = services::termsOf, .site = policy::SiteKind::bank})
            .value();
    settings.region.regionCode = city;
    settings.site = policy::SiteKind::bank;
    settings.takesPins = true;
    return settings;
}

// Nobody this province knows.
world::Document traveller() {
    world::Document document = world::documents::resident();
    document.name = "样例外省";
    document.number = world::withCheckCharacter(std::string("31000019790605001"));
    document.birth = "19790605";
    return document;
}

struct Traveller {
    explicit Traveller(KioskSettings settings, const std::string& version = "3.00",
                       const world::Document& holder = traveller())
        : kiosk(std::move(settings)), document(holder) {
        addAttendant(kiosk, staff::Role::attendant, Pin::own);
        kiosk.citizen().attendant = attendantTypes();
        kiosk.citizen().pins = {oldPin, newPin, newPin};
        Outside& outside = kiosk.outside();
        outside.ownCard = outside.cardOf(holder, number, version, oldPin);
        // Another province's code, and keys no machine of this one has.
        world::CardMemory memory = outside.ownCard->memory();
        Bytes code = outside.ownCard->item(world::card_tag::cardIdCode);
        std::ranges::copy(fromHex(elsewhere).value(), code.begin());
        memory.setItem(world::card_tag::cardIdCode, code);
        outside.ownCard->setMemory(memory);
    }
    void serve(const char* service = "pin-change") {
        kiosk.serve(document, service);
        kiosk.settle();
    }
    void serveCardAlone() {
        kiosk.citizen().cardOnly = true;
        serve();
    }
    std::string pin() { return toHex(kiosk.outside().ownCard->memory().pin); }
    int asked(const char* message) { return kiosk.outside().province().messages[message]; }
    const std::vector<world::PinNote>& told() { return kiosk.outside().province().pins; }
    bool saw(const char* page) { return sawScreen(kiosk.citizen(), page); }
    Names offered() {
        Names ids;
        for (const auto& shown : screensNamed(kiosk.citizen(), "choose-service")) {
            ids.clear();
            const auto* page = personPage(shown.content, "choose-service");
            for (const auto& choice : std::get<screen::Choices>(page->parts.back()).choices)
                ids.push_back(choice.id);
        }
        return ids;
    }

    SimulatedKiosk kiosk;
    world::Document document;
    const std::string number = world::withCheckCharacter(std::string_view("Z0000006"));
};

TEST_CASE("Guangdong: card and old PIN change it, and no key of this province goes to the card") {
    for (const char* version : {"3.00", "2.00"}) {
        CAPTURE(version);
        Traveller at(under(guangdong), version);
        at.serveCardAlone();
        CHECK(at.pin() == newPin);
        CHECK(at.saw("pin-done"));
        CHECK(at.asked("PERSON.QUERY") == 0);
        CHECK(at.asked("CARDAUTH.EXT") == 0);
        // Only what says whose it is by itself can be looked for.
        CHECK(at.asked("CARD.QUERY") == (version == std::string("2.00") ? 1 : 0));
        CHECK(ordersOf(at.kiosk) == "carriedOut");
    }
}

TEST_CASE(
    "what became of it is told once, also late, and a province that lists no such card keeps "
    "it") {
    for (const bool late : {false, true}) {
        CAPTURE(late);
        Names faults;
        if (late) faults = {"province.unreachable@PIN.CHANGED"};
        Traveller at(under(guangdong, faults));
        at.serveCardAlone();
        CHECK(at.pin() == newPin);
        if (late) {
            CHECK(outboxOf(at.kiosk) == "queued 1");
            at.kiosk.outside().faults.mend("province");
            at.kiosk.outside().front->mendLine();
            at.kiosk.outside().clock.sleepFor(std::chrono::minutes{10});
            at.kiosk.settle();
        }
        CHECK(outboxOf(at.kiosk) == "delivered 1");
        REQUIRE(at.told().size() == 1);
        CHECK(at.told()[0].cardNo == at.number);
        CHECK(at.told()[0].cardIdCode.starts_with(elsewhere));
        CHECK_FALSE(at.kiosk.outside().province().cards.contains(at.number));
    }
}

TEST_CASE("a province that refuses it all the same loses nothing: it waits for people") {
    Traveller at(under(guangdong, {"province.refuses@PIN.CHANGED"}));
    at.serveCardAlone();
    CHECK(at.saw("pin-done"));
    CHECK(outboxOf(at.kiosk) == "parked 1");
}

TEST_CASE("where the rules do not provide for it the card is told of, and keeps its PIN") {
    KioskSettings settings = under(guangdong);
    settings.region.services.at("pin-change").terms["otherProvinces"] = 0;
    Traveller at(std::move(settings));
    at.serveCardAlone();
    CHECK(at.saw("other-province"));
    CHECK_FALSE(at.saw("pin-current"));
    CHECK(at.pin() == oldPin);
    CHECK(at.told().empty());
    CHECK(at.asked("CARDAUTH.EXT") == 0);
}

TEST_CASE("Changji: whom the province does not know is offered the PIN alone, with an attendant") {
    for (const char* version : {"3.00", "2.00"}) {
        CAPTURE(version);
        Traveller at(under(changji), version);
        at.serve();
        CHECK(at.offered() == Names{"pin-change", "pin-unlock", "pin-reset", "help"});
        CHECK(at.pin() == newPin);
        CHECK(at.saw("pin-done"));
        REQUIRE(at.told().size() == 1);
        CHECK(at.told()[0].operatorId == "4711");
        CHECK(at.asked("CARDAUTH.EXT") == 0);
    }
}

TEST_CASE("unlock and reset: this province's system is asked, and what it does not list is told") {
    for (const char* service : {"pin-unlock", "pin-reset"}) {
        for (const char* region : {guangdong, changji}) {
            CAPTURE(service);
            CAPTURE(region);
            Traveller at(under(region));
            at.serve(service);
            CHECK(at.asked("CARD.QUERY") == 1);
            CHECK(at.saw("other-province"));
            CHECK(at.asked("CARDAUTH.EXT") == 0);
            CHECK(at.asked("CARDAUTH.SECMSG") == 0);
            CHECK(at.kiosk.outside().ownCard->memory().pinLeft == 6);
            CHECK(ordersOf(at.kiosk) == "-");
        }
    }
}

TEST_CASE("what this province does say of such a card counts") {
    Traveller at(under(guangdong), "3.00", cardHolder());
    world::Card card = at.kiosk.outside().province().cards.at("K00000049");
    card.number = at.number;
    card.state = "TEMP_LOST";
    at.kiosk.outside().province().cards.erase("K00000049");
    at.kiosk.outside().province().cards[at.number] = card;
    at.serve();
    CHECK(at.saw("pin-not-now"));
    CHECK(at.pin() == oldPin);
}

TEST_CASE("another person's is told so, where the card says whose it is") {
    Traveller at(under(changji), "2.00");
    at.document.number = world::withCheckCharacter(std::string("31000019790605003"));
    at.serve();
    CHECK(at.saw("card-of-another"));
    CHECK(at.pin() == oldPin);
}

TEST_CASE("an answer that never came is no word about a card") {
    Traveller at(under(changji, {"province.unreachable@CARD.QUERY"}));
    at.serve();
    CHECK(at.saw("pin-failed"));
    CHECK_FALSE(at.saw("other-province"));
    CHECK(at.pin() == oldPin);
}

TEST_CASE("whom the province does not know is turned away where nothing is done for them") {
    KioskSettings settings = under(changji);
    settings.region.services.at("pin-change").terms["otherProvinces"] = 0;
    Traveller at(std::move(settings));
    at.serve();
    CHECK_FALSE(at.saw("choose-service"));
    const auto problems = problemsTold(at.kiosk.citizen());
    REQUIRE(!problems.empty());
    CHECK(problems.front().reason == ErrorCode::personUnknown);
}

// A lie told on purpose: of a card that is in the province's books.
TEST_CASE("\"not listed\" is found to be a lie of a card that is") {
    for (const bool listed : {false, true}) {
        CAPTURE(listed);
        Traveller at(under(guangdong));
        if (listed)
            at.kiosk.outside().province().cards[at.number] =
                at.kiosk.outside().province().cards.at("K00000049");
        screen::Screen screen;
        screen.content = services::cardOfOtherProvincePage();
        CHECK(at.kiosk.truth().liesIn(screen).size() == (listed ? 1 : 0));
    }
}

}  // namespace
}  // namespace liqu::scenario
