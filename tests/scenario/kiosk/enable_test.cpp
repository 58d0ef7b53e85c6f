// 领卡启用: a card from elsewhere comes into force with its holder, its first PIN where the rules
// ask for it, and an attendant; on the province's word alone.
// Rules: E-01, E-02, E-03, E-06, P-03, T-04.
#include <algorithm>
#include <doctest/doctest.h>
#include <map>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using policy::ServiceMode;
using screen::ActionKind;
using Names = std::vector<std::string>;

constexpr const char* theirCard = "K00000049";
constexpr const char* initialPin = "123456";
constexpr const char* newPin = "582047";

enum class Rules { guangdong, shangluo, changji };

KioskSettings settingsOf(Rules rules, std::vector<std::string> faults) {
    KioskSettings settings = shippedSettings(std::move(faults));
    settings.takesPins = true;
    policy::ServiceRule rule;
    rule.mode = ServiceMode::attended;
    rule.basis = "Guangdong Art.16(1)";
    rule.terms = {{"firstPin", rules == Rules::changji ? 0 : 1},
                  {"temporaryCardBlocks", rules == Rules::shangluo ? 1 : 0}};
    settings.region.services["enable"] = rule;
    return settings;
}

struct EnableDesk {
    explicit EnableDesk(Rules rules = Rules::guangdong, std::vector<std::string> faults = {},
                        const std::string& version = "3.00", const std::string& pin = initialPin)
        : kiosk(settingsOf(rules, std::move(faults))) {
        addAttendant(kiosk, staff::Role::attendant, Pin::own);
        kiosk.citizen().attendant = attendantTypes();
        kiosk.outside().ownCard = kiosk.outside().cardOf(cardHolder(), theirCard, version, pin);
        kiosk.citizen().pins = {initialPin, newPin, newPin};
        becomes("NOT_ENABLED");
    }
    void becomes(const char* state) {
        card().state = state;
        card().everEnabled = false;
    }
    void serve(const char* service = "enable") {
        kiosk.serve(cardHolder(), service);
        kiosk.settle();
    }
    world::Card& card() { return kiosk.outside().province().cards.at(theirCard); }
    world::Person& person() { return kiosk.outside().province().persons.at(cardHolder().number); }
    std::string pin() { return toHex(kiosk.outside().ownCard->memory().pin); }
    int triesLeft() { return kiosk.outside().ownCard->memory().pinLeft; }
    int sent() { return kiosk.outside().province().messages["CARD.ENABLE"]; }
    std::size_t pinsTold() { return kiosk.outside().province().pins.size(); }
    bool saw(const char* page) { return sawScreen(kiosk.citizen(), page); }
    Names saidOn(const char* page) {
        Names keys;
        for (const screen::Screen& shown : screensNamed(kiosk.citizen(), page)) {
            keys.clear();
            for (const auto& part : personPage(shown.content, page)->parts) {
                if (const auto* said = std::get_if<screen::Paragraph>(&part))
                    keys.push_back(said->text.key);
                if (const auto* said = std::get_if<screen::Notice>(&part))
                    keys.push_back(said->text.key);
            }
        }
        return keys;
    }
    bool says(const char* page, const char* key) {
        const Names keys = saidOn(page);
        return std::ranges::find(keys, key) != keys.end();
    }
    SimulatedKiosk kiosk;
};

TEST_CASE("a new card: its own PIN first, then it is in force, and the bank is told of") {
    for (const Rules rules : {Rules::guangdong, Rules::shangluo}) {
        for (const char* version : {"3.00", "2.00"}) {
            CAPTURE(version);
            EnableDesk desk(rules, {}, version);
            desk.serve();
            CHECK(desk.card().state == "NORMAL");
            CHECK(desk.pin() == newPin);
            CHECK(desk.sent() == 1);
            CHECK(desk.pinsTold() == 1);
            CHECK(desk.saw("enable-done"));
            CHECK(desk.saw("take-citizens-card"));
            CHECK(desk.says("enable-done", "enable.bank"));
            CHECK(desk.says("enable-done", "enable.pin-set"));
            CHECK(ordersOf(desk.kiosk) == "carriedOut, carriedOut");
            CHECK(disagreements(desk.kiosk) == Names{});
            CHECK(standing(desk.kiosk) == "welcome");
        }
    }
}

TEST_CASE("where a PIN is not asked for card and document are enough, and its change is advised") {
    EnableDesk desk(Rules::changji);
    desk.serve();
    CHECK(desk.card().state == "NORMAL");
    CHECK(desk.pin() == initialPin);
    CHECK_FALSE(desk.saw("pin-current"));
    CHECK(desk.says("enable-done", "enable-done.pin"));
    CHECK_FALSE(desk.says("enable-done", "enable.pin-set"));
    CHECK(ordersOf(desk.kiosk) == "carriedOut");
}

TEST_CASE("a card without any PIN gets its first one; none is enabled before it has one") {
    EnableDesk desk(Rules::guangdong, {}, "3.00", "");
    desk.kiosk.citizen().pins = {newPin, newPin};
    desk.serve();
    CHECK(desk.pin() == newPin);
    CHECK(desk.card().state == "NORMAL");

    EnableDesk leaves;
    leaves.kiosk.citizen().pins = {initialPin};
    leaves.serve();
    CHECK(leaves.card().state == "NOT_ENABLED");
    CHECK(leaves.sent() == 0);
    CHECK(leaves.pin() == initialPin);
    CHECK(ordersOf(leaves.kiosk) == "-");
}

TEST_CASE("a wrong initial PIN is typed again by the person alone; a locked one is not tried") {
    EnableDesk desk;
    desk.kiosk.citizen().pins = {"111213", newPin, newPin, initialPin, newPin, newPin};
    desk.serve();
    CHECK(desk.card().state == "NORMAL");
    CHECK(ordersOf(desk.kiosk) == "resumable, carriedOut, carriedOut");

    EnableDesk locked;
    world::CardMemory memory = locked.kiosk.outside().ownCard->memory();
    memory.pinLeft = 0;
    locked.kiosk.outside().ownCard->setMemory(memory);
    locked.serve();
    CHECK(locked.saw("pin-locked"));
    CHECK(locked.sent() == 0);
    CHECK(locked.card().state == "NOT_ENABLED");
}

TEST_CASE("a card in another state is told by its own words, before anything is entered") {
    const std::map<std::string, std::pair<std::string, std::string>> words = {
        {"NORMAL", {"enable-already", "enable.bank"}},
        {"TEMP_LOST", {"enable-not-now", "enable-not-now.release-first"}},
        {"FORMAL_LOST", {"enable-not-now", "card-state.formal-lost"}},
        {"REPLACING", {"enable-not-now", "card-state.replacing"}},
        {"CANCELLED", {"enable-not-now", "card-state.cancelled"}},
        {"UNKNOWN", {"enable-not-now", "card-state.unknown"}}};
    for (const auto& [state, told] : words) {
        CAPTURE(state);
        EnableDesk desk;
        desk.becomes(state.c_str());
        desk.serve();
        CHECK(desk.says(told.first.c_str(), told.second.c_str()));
        CHECK_FALSE(desk.saw("pin-current"));
        CHECK(desk.sent() == 0);
        CHECK(desk.card().state == state);
        CHECK(ordersOf(desk.kiosk) == "-");
    }
}

TEST_CASE("a card the register does not have of the person is not enabled") {
    EnableDesk desk;
    desk.kiosk.outside().ownCard = desk.kiosk.outside().cardOf(cardHolder(), "K00000065");
    desk.serve();
    CHECK(desk.says("enable-not-now", "enable-not-now.not-listed"));
    CHECK_FALSE(desk.saw("pin-current"));
    CHECK(desk.sent() == 0);
}

TEST_CASE("another person's card is given back with its own words, and nothing is sent for it") {
    for (const char* version : {"3.00", "2.00"}) {
        EnableDesk desk;
        desk.kiosk.outside().province().cards.at("K00000057").state = "NOT_ENABLED";
        desk.kiosk.outside().ownCard =
            desk.kiosk.outside().cardOf(lostCardHolder(), "K00000057", version, initialPin);
        desk.serve();
        CHECK(desk.saw("card-of-another"));
        CHECK(desk.saw("take-citizens-card"));
        CHECK_FALSE(desk.saw("pin-current"));
        CHECK(desk.sent() == 0);
        CHECK(desk.kiosk.outside().province().cards.at("K00000057").state == "NOT_ENABLED");
    }
}

TEST_CASE("a card of another city is enabled all the same") {
    EnableDesk desk;
    desk.card().regionCode = "440300";
    desk.serve();
    CHECK(desk.card().state == "NORMAL");
    CHECK(desk.saw("enable-done"));
}

TEST_CASE("a temporary card is handed in first where the rules say so, before the PIN") {
    EnableDesk desk(Rules::shangluo);
    desk.person().temporaryCard = true;
    desk.serve();
    CHECK(desk.saw("enable-temporary-card"));
    CHECK_FALSE(desk.saw("pin-current"));
    CHECK(desk.sent() == 0);
    CHECK(desk.card().state == "NOT_ENABLED");
    desk.person().temporaryCard = false;
    desk.serve();
    CHECK(desk.card().state == "NORMAL");
    // The province has the last word also where the region's file forgets it.
    EnableDesk elsewhere;
    elsewhere.person().temporaryCard = true;
    elsewhere.serve();
    CHECK(elsewhere.says("enable-failed", "enable-temporary-card.how"));
    CHECK(elsewhere.card().state == "NOT_ENABLED");
}

TEST_CASE("nor is a card made while a temporary one is out: nothing is fed") {
    EnableDesk desk(Rules::shangluo);
    world::Person& lost = desk.kiosk.outside().province().persons.at(lostCardHolder().number);
    lost.temporaryCard = true;
    desk.kiosk.serve(lostCardHolder(), "replacement");
    const auto problems = problemsTold(desk.kiosk.citizen());
    REQUIRE(!problems.empty());
    CHECK(problems.back().reason == ErrorCode::temporaryCardOpen);
    CHECK(cardsInBooks(desk.kiosk) == "-");
}

// 个人须交还临时卡后，方可启用正式社会保障卡 (Shangluo Window Art.20): what was applied for before
// the temporary card was given out is asked about anew, right before it would be made.
TEST_CASE("nor is one led on that was applied for before the temporary card was given out") {
    EnableDesk desk(Rules::shangluo, {"printer.misfeed"});
    desk.kiosk.serve(lostCardHolder(), "replacement");
    desk.kiosk.settle();
    REQUIRE(ordersOf(desk.kiosk) == "resumable");
    REQUIRE(desk.kiosk.outside().province().applications.size() == 1);
    world::Person& lost = desk.kiosk.outside().province().persons.at(lostCardHolder().number);
    lost.temporaryCard = true;
    desk.kiosk.serve(lostCardHolder(), "replacement");
    const auto problems = problemsTold(desk.kiosk.citizen());
    REQUIRE(!problems.empty());
    CHECK(problems.back().reason == ErrorCode::temporaryCardOpen);
    CHECK(cardsInBooks(desk.kiosk) == "-");
    lost.temporaryCard = false;
    desk.kiosk.serve(lostCardHolder(), "replacement");
    desk.kiosk.settle();
    CHECK(cardsInBooks(desk.kiosk) == "holder 1");
}

TEST_CASE("the bank's side that did not go through is told; what another channel did is so") {
    EnableDesk partial(Rules::guangdong, {"province.enable-partial"});
    partial.serve();
    CHECK(partial.card().state == "NORMAL");
    CHECK(partial.says("enable-done", "enable-done.bank-missing"));

    EnableDesk already;
    already.kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name == "pin-repeated") already.card().state = "NORMAL";
    };
    already.serve();
    CHECK(already.saw("enable-done"));
    CHECK(ordersOf(already.kiosk) == "carriedOut, carriedOut");
}

TEST_CASE("the PIN is set and the enabling is not: told so, and the next visit goes on there") {
    for (const char* fault : {"province.enable-refused", "province.unreachable@CARD.ENABLE"}) {
        CAPTURE(fault);
        EnableDesk desk(Rules::guangdong, {fault});
        desk.serve();
        CHECK(desk.pin() == newPin);
        CHECK(desk.card().state == "NOT_ENABLED");
        CHECK(desk.saw("enable-failed"));
        CHECK(desk.says("enable-failed", "enable.pin-set"));
        CHECK_FALSE(desk.saw("enable-done"));
        CHECK(ordersOf(desk.kiosk) == "carriedOut, resumable");
        desk.kiosk.outside().faults.mend("province");
        desk.kiosk.outside().front->mendLine();
        // The PIN is theirs already: nothing is typed.
        desk.kiosk.citizen().pins = {};
        desk.serve();
        CHECK(desk.card().state == "NORMAL");
        CHECK(desk.pin() == newPin);
        CHECK(desk.pinsTold() == 1);
        CHECK(ordersOf(desk.kiosk) == "carriedOut, resumable, carriedOut");
    }
}

TEST_CASE("without the line it is not begun, and nothing is entered") {
    EnableDesk desk(Rules::guangdong, {"province.unreachable@CARD.QUERY"});
    desk.serve();
    CHECK(desk.saw("enable-failed"));
    CHECK_FALSE(desk.saw("pin-current"));
    CHECK(desk.pin() == initialPin);
    CHECK(ordersOf(desk.kiosk) == "-");
}

TEST_CASE("an answer that is late, lost or false: enabled, or not known, and never the other") {
    struct Row {
        const char* fault;
        const char* page;
    };
    for (const Row& row : {Row{"province.answer-lost@CARD.ENABLE", "enable-done"},
                           Row{"province.slow@CARD.ENABLE", "enable-done"},
                           Row{"province.wrong-signature@CARD.ENABLE", "enable-unconfirmed"},
                           Row{"province.lies@CARD.ENABLE/cardNo", "enable-unconfirmed"},
                           Row{"province.lies@CARD.ENABLE/socialNumber", "enable-unconfirmed"},
                           Row{"province.lies@CARD.ENABLE/state", "enable-unconfirmed"}}) {
        CAPTURE(row.fault);
        EnableDesk desk(Rules::guangdong, {row.fault});
        desk.serve();
        CHECK(desk.saw(row.page));
        CHECK_FALSE(desk.saw("enable-failed"));
        desk.kiosk.outside().faults.mend("province");
        desk.kiosk.settle();
        CHECK(desk.card().state == "NORMAL");
        CHECK(ordersOf(desk.kiosk) == "carriedOut, carriedOut");
        // Nobody is enabled twice by the next visit.
        desk.serve();
        CHECK(desk.saw("enable-already"));
    }
}

TEST_CASE("a card pulled out, or changed for another, before it is enabled: nothing is sent") {
    for (const bool swapped : {false, true}) {
        CAPTURE(swapped);
        // Such a card says whose it is at once, and is looked at again right before the act.
        EnableDesk desk(Rules::changji, {}, "2.00");
        bool done = false;
        desk.kiosk.citizen().onScreen = [&](std::string_view name) {
            if (name != "waiting" || done || !desk.saw("citizens-card")) return;
            done = true;
            desk.kiosk.outside().slot.remove();
            if (swapped)
                desk.kiosk.outside().slot.insert(
                    desk.kiosk.outside().cardOf(cardHolder(), "K00000065"));
        };
        desk.serve();
        CHECK(done);
        CHECK_FALSE(desk.saw("enable-done"));
        CHECK(desk.says("enable-failed",
                        swapped ? "enable-failed.other-card" : "enable-failed.card-gone"));
        CHECK(ordersOf(desk.kiosk) == "resumable");
        CHECK(desk.sent() == 0);
        CHECK(desk.card().state == "NOT_ENABLED");
    }
}

TEST_CASE("a card pulled out while its PIN is entered keeps its PIN and is not enabled") {
    EnableDesk desk;
    desk.kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name == "pin-repeated") desk.kiosk.outside().slot.remove();
    };
    desk.serve();
    CHECK(desk.pin() == initialPin);
    CHECK(desk.says("enable-failed", "enable-failed.card-gone"));
    CHECK_FALSE(desk.says("enable-failed", "enable.pin-set"));
    CHECK(desk.sent() == 0);
    CHECK(ordersOf(desk.kiosk) == "resumable");
}

TEST_CASE("an attendant stands by, or nothing is done") {
    EnableDesk desk;
    desk.kiosk.citizen().attendant = screen::Action{ActionKind::decline};
    desk.serve();
    CHECK_FALSE(desk.saw("citizens-card"));
    CHECK(desk.sent() == 0);
    CHECK(desk.card().state == "NOT_ENABLED");
}

TEST_CASE("whoever does not agree is asked for nothing") {
    EnableDesk desk;
    desk.kiosk.citizen().touchesFirst["enable-agree"] = {ActionKind::decline};
    desk.serve();
    CHECK_FALSE(desk.saw("citizens-card"));
    CHECK(desk.sent() == 0);
}

TEST_CASE("what was checked and agreed to is kept with the order") {
    EnableDesk desk;
    desk.serve();
    const auto rows = desk.kiosk.database()
                          .query(
                              "SELECT clause FROM consents JOIN orders USING(order_id) WHERE "
                              "service = 'enable'")
                          .value();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].text(0) == "enable-agree");
}

TEST_CASE("a power cut at any moment: the books say what the province did, and it is done once") {
    int looks = 0;
    int cuts = 0;
    {
        EnableDesk desk;
        desk.serve();
        looks = desk.kiosk.looks();
    }
    for (int look = 1; look < looks; look += 3) {
        CAPTURE(look);
        EnableDesk desk;
        desk.kiosk.cutPowerAtLook(look);
        if (!desk.kiosk.serveUntilPowerCut(cardHolder(), "enable")) continue;
        ++cuts;
        desk.kiosk.restart();
        desk.kiosk.settle();
        CHECK(desk.sent() <= 1);
        const std::string orders = ordersOf(desk.kiosk);
        const bool inForce = desk.card().state == "NORMAL";
        CHECK(inForce == (orders == "carriedOut, carriedOut"));
        CHECK(orders.find("open") == std::string::npos);
        // Never in force with the initial PIN.
        if (inForce) CHECK(desk.pin() == newPin);
        CHECK(desk.triesLeft() == 6);
    }
    CHECK(cuts > 10);
}

}  // namespace
}  // namespace liqu::scenario
