// 卡面个人信息变更换卡: the chip of the old card has the name or the number from before; the card
// is known by its own number, which the province lists, and nobody else's is taken for it.
// Rules: R-10.
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/told.hpp"
#include "tests/world/chip/card_memory.hpp"

namespace liqu::scenario {
namespace {

constexpr const char* theirCard = "K00000049";
constexpr const char* strangersCard = "K00000065";

KioskSettings settingsForExchange() {
    KioskSettings settings = shippedSettings();
    settings.takesPins = true;
    for (const char* id : {"exchange-damaged", "exchange-data", "exchange-other"}) {
        policy::ServiceRule& rule = settings.region.services[id];
        rule.mode = policy::ServiceMode::attended;
        rule.basis = "Guangdong Art.29";
    }
    return settings;
}

// The card in the slot: whose number its chip has, and the card's own.
struct InSlot {
    world::Document holder = cardHolder();
    const char* number = theirCard;
    const char* version = "3.00";
};

struct ChangedData {
    explicit ChangedData(const InSlot& card) : kiosk(settingsForExchange()) {
        addAttendant(kiosk);
        kiosk.citizen().attendant = attendantTypes();
        kiosk.outside().ownCard = kiosk.outside().cardOf(card.holder, card.number, card.version);
    }
    void serve(const char* service = "exchange-data") {
        kiosk.serve(cardHolder(), service);
        kiosk.settle();
    }
    std::string proof() {
        const auto rows =
            kiosk.database()
                .query("SELECT reference || ' ' || result FROM checks WHERE what = 'old-card'")
                .value();
        return rows.size() == 1 ? rows[0].text(0) : std::to_string(rows.size()) + " checks";
    }
    bool asked(std::string_view act) const {
        for (const screen::Screen& screen : screensNamed(kiosk.citizen(), "attendant")) {
            if (std::get<screen::AttendantScreen>(screen.content).act == act) return true;
        }
        return false;
    }
    bool endedAs(ErrorCode why) const {
        const auto problems = problemsTold(kiosk.citizen());
        return !problems.empty() && problems.front().reason == why;
    }
    void checkUntouched() {
        CHECK(ordersOf(kiosk) == "-");
        CHECK(cardsInBooks(kiosk) == "-");
        CHECK(kiosk.outside().province().cards.at(theirCard).state == "NORMAL");
        CHECK(disagreements(kiosk) == std::vector<std::string>{});
    }
    mutable SimulatedKiosk kiosk;
};

TEST_CASE("a changed number: the old card has the former one, is looked at, and is exchanged") {
    for (const char* version : {"2.00", "3.00"}) {
        CAPTURE(std::string(version));
        ChangedData at({.holder = lostCardHolder(), .version = version});
        at.serve();
        CHECK(at.asked("act.exchange-former-number"));
        CHECK_FALSE(at.asked("act.exchange-data"));
        CHECK(at.proof() == "seen 0");
        CHECK(cardsInBooks(at.kiosk) == "holder 1, old-card-bin 1");
        const world::Card& old = at.kiosk.outside().province().cards.at(theirCard);
        CHECK(old.state == "CANCELLED");
        CHECK(old.recoveredAs == "INFO");
        CHECK(disagreements(at.kiosk) == std::vector<std::string>{});
    }
}

TEST_CASE("a changed name: the chip's is not compared, and the number in it says enough") {
    ChangedData at({.version = "2.00"});
    world::CardMemory memory = at.kiosk.outside().ownCard->memory();
    memory.setItem(world::card_tag::name, fromHex("CCFDC8CB").value());
    at.kiosk.outside().ownCard->setMemory(memory);
    at.serve();
    CHECK(at.asked("act.exchange-data"));
    CHECK_FALSE(at.asked("act.exchange-former-number"));
    CHECK(at.proof() == "chip 0");
    CHECK(cardsInBooks(at.kiosk) == "holder 1, old-card-bin 1");
}

TEST_CASE("a stranger's card is refused, whatever has changed") {
    for (const world::Document& holder : {lostCardHolder(), cardHolder()}) {
        ChangedData at({.holder = holder, .number = strangersCard});
        at.serve();
        CHECK(at.endedAs(ErrorCode::cardOfAnother));
        CHECK(at.proof() == "chip " + std::to_string(numberOf(ErrorCode::cardOfAnother)));
        CHECK_FALSE(at.asked("act.exchange-former-number"));
        at.checkUntouched();
    }
}

TEST_CASE("where the number is not what changed, another one in the chip is another person's") {
    for (const char* service : {"exchange-damaged", "exchange-other"}) {
        CAPTURE(std::string(service));
        ChangedData at({.holder = lostCardHolder()});
        at.serve(service);
        CHECK(at.endedAs(ErrorCode::cardOfAnother));
        at.checkUntouched();
    }
}

TEST_CASE("an attendant who does not find it the person's card ends it") {
    ChangedData at({.holder = lostCardHolder()});
    at.kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name == "exchange-agree")
            at.kiosk.citizen().attendant = screen::Action{screen::ActionKind::decline};
    };
    at.serve();
    CHECK(at.asked("act.exchange-former-number"));
    CHECK(at.endedAs(ErrorCode::actNotConfirmed));
    CHECK(at.proof() == "0 checks");
    at.checkUntouched();
}

}  // namespace
}  // namespace liqu::scenario
