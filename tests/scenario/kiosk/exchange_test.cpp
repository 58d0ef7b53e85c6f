// 换卡: the old card is looked at before anything is applied for, and stays its holder's until the
// new one is enabled; then an attendant takes it in, with the report to the province.
// Rules: F-03, F-04, I-01, M-14, R-03, R-06, R-09, R-10, R-11, R-13.
#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <set>

#include "firmware/desk/bin_exits.hpp"
#include "firmware/desk/day_counters.hpp"
#include "firmware/issuance/old_card.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using screen::ActionKind;
using Names = std::vector<std::string>;

constexpr const char* theirCard = "K00000049";

enum class Slot { none, fitted };

struct ExchangeKiosk {
    explicit ExchangeKiosk(Slot slot = Slot::fitted, std::vector<std::string> faults = {})
        : ExchangeKiosk(settingsWith(shippedSettings(std::move(faults)), slot)) {}
    explicit ExchangeKiosk(KioskSettings settings) : kiosk(std::move(settings)) {
        addAttendant(kiosk);
        kiosk.citizen().attendant = attendantTypes();
        if (kiosk.outside().ownCard == nullptr)
            kiosk.outside().ownCard = kiosk.outside().cardOf(cardHolder(), theirCard);
    }
    static KioskSettings settingsWith(KioskSettings settings, Slot slot) {
        settings.takesPins = slot == Slot::fitted;
        for (const char* id : {"exchange-damaged", "exchange-data", "exchange-expired",
                               "exchange-other", "quality"}) {
            policy::ServiceRule& rule = settings.region.services[id];
            rule.mode = policy::ServiceMode::attended;
            rule.basis = "Guangdong Art.27";
            rule.terms["beforeMonths"] = 0;
        }
        return settings;
    }

    void serve(const char* service = "exchange-damaged") {
        kiosk.citizen().seen.clear();
        kiosk.citizen().names.clear();
        kiosk.serve(cardHolder(), service);
    }
    bool saw(std::string_view page) const { return sawScreen(kiosk.citizen(), page); }
    world::Card& oldCard() { return kiosk.outside().province().cards.at(theirCard); }
    std::string kinds() {
        std::string kinds;
        for (const auto& [number, one] : kiosk.outside().province().applications)
            kinds += one.kind + " ";
        return kinds;
    }
    std::int64_t number(const std::string& sql) { return kiosk.database().number(sql).value(); }
    std::int64_t takenIn() {
        return number("SELECT count(*) FROM old_cards WHERE taken_at IS NOT NULL");
    }
    std::string proofOfOldCard() {
        const auto rows = kiosk.database()
                              .query(
                                  "SELECT reference || ' ' || result FROM checks WHERE what = "
                                  "'old-card'")
                              .value();
        return rows.size() == 1 ? rows[0].text(0) : std::to_string(rows.size()) + " checks";
    }
    ErrorCode told() {
        const auto problems = problemsTold(kiosk.citizen());
        return problems.empty() ? ErrorCode::changeCarriedOut : problems.front().reason;
    }
    bool saidAt(std::string_view page, const char* key) {
        return std::ranges::any_of(
            screensNamed(kiosk.citizen(), page), [&](const screen::Screen& screen) {
                const auto& beside = personPage(screen.content, page)->beside;
                return std::ranges::any_of(beside, [&](const screen::PagePart& part) {
                    const auto* said = std::get_if<screen::Paragraph>(&part);
                    return said != nullptr && said->text.key == key;
                });
            });
    }
    // Nothing was begun, and the card is its holder's as before.
    void checkUntouched() {
        kiosk.settle();
        CHECK(kinds() == "");
        CHECK(ordersOf(kiosk) == "-");
        CHECK(cardsInBooks(kiosk) == "-");
        CHECK(takenIn() == 0);
        CHECK(oldCard().recoveredAs.empty());
        CHECK(disagreements(kiosk) == Names{});
    }
    mutable SimulatedKiosk kiosk;
};

struct Kind {
    const char* service;
    const char* application;
    const char* reason;
};
constexpr Kind allKinds[] = {{"exchange-damaged", "DAMAGED ", "DAMAGED"},
                             {"exchange-data", "INFO ", "INFO"},
                             {"exchange-expired", "EXPIRED ", "EXPIRED"},
                             {"exchange-other", "OTHER ", "OTHER"},
                             {"quality", "WARRANTY ", "QUALITY"}};

TEST_CASE("each kind: the old card is read, the new one enabled, then the old one taken in") {
    for (const Kind& kind : allKinds) {
        CAPTURE(std::string(kind.service));
        ExchangeKiosk at;
        at.oldCard().expiryDate = "20240101";
        at.serve(kind.service);
        at.kiosk.settle();
        CHECK(at.kinds() == kind.application);
        CHECK(cardsInBooks(at.kiosk) == "holder 1, old-card-bin 1");
        CHECK(at.oldCard().state == "CANCELLED");
        CHECK(at.oldCard().recoveredAs == kind.reason);
        CHECK(at.proofOfOldCard() == "chip 0");
        CHECK(at.saw("take-citizens-card"));
        CHECK(at.saidAt("next-steps", "old-card.taken"));
        // 社保待遇发放账户变更: a page and a yes of its own.
        CHECK(at.number("SELECT count(*) FROM consents WHERE clause = 'exchange-agree' AND answer "
                        "= 'yes'") == 1);
        // By whom and when: the act, the line and the move say the same person.
        CHECK(at.number("SELECT count(*) FROM old_cards JOIN moves ON moves.card_number = "
                        "old_cards.card_number WHERE taken_by = '4711' AND operator = '4711' AND "
                        "to_place = 'old-card-bin' AND moves.at = taken_at") == 1);
        CHECK(at.number("SELECT max(entry) FROM journal WHERE step = 'enable' AND phase = 'fact'") <
              at.number("SELECT min(entry) FROM journal WHERE step = 'takeOldCard'"));
        CHECK(disagreements(at.kiosk) == Names{});
    }
}

TEST_CASE("what no chip says the attendant says, with the card in the hand") {
    for (const Slot slot : {Slot::none, Slot::fitted}) {
        ExchangeKiosk at(slot);
        at.kiosk.outside().ownCard = nullptr;  // in the slot nothing answers
        at.serve();
        at.kiosk.settle();
        CHECK(at.saw("old-card") == (slot == Slot::fitted));
        CHECK(at.proofOfOldCard() == "seen 0");
        CHECK(at.number("SELECT count(*) FROM orders WHERE operator_id = '4711'") == 1);
        CHECK(cardsInBooks(at.kiosk) == "holder 1, old-card-bin 1");
        const auto screens = screensNamed(at.kiosk.citizen(), "attendant");
        REQUIRE(screens.size() >= 2);
        const auto& first = std::get<screen::AttendantScreen>(screens.front().content);
        CHECK(first.act == "act.exchange-damaged");
        CHECK(first.cardTail.reveal() == "049");
        const auto& last = std::get<screen::AttendantScreen>(screens.back().content);
        CHECK(last.act == "act.take-old-card");
        CHECK(last.cardTail.reveal() == "049");
        CHECK_FALSE(last.bank.empty());
    }
}

TEST_CASE("somebody else's card is given back, and nothing is begun") {
    for (const bool otherNumber : {true, false}) {
        CAPTURE(otherNumber);
        ExchangeKiosk at;
        at.kiosk.outside().ownCard =
            otherNumber ? at.kiosk.outside().cardOf(cardHolder(), "K00000065")
                        : at.kiosk.outside().cardOf(lostCardHolder(), theirCard, "2.00");
        at.serve();
        CHECK(at.told() == ErrorCode::cardOfAnother);
        CHECK(at.saw("take-citizens-card"));
        CHECK(at.proofOfOldCard() == "chip " + std::to_string(numberOf(ErrorCode::cardOfAnother)));
        at.checkUntouched();
        CHECK(at.oldCard().state == "NORMAL");
    }
}

TEST_CASE("a card that is no social security card is asked back, and never taken for the old one") {
    ExchangeKiosk at;
    auto bankCard = at.kiosk.outside().ownCard;
    world::CardMemory memory = bankCard->memory();
    std::erase_if(memory.applications, [](const world::ChipApplication& application) {
        return application.environment == world::card_id::socialSecurity;
    });
    bankCard->setMemory(memory);
    at.serve();
    const auto shown = screensNamed(at.kiosk.citizen(), "old-card");
    CHECK(std::ranges::any_of(shown, [](const screen::Screen& screen) {
        const auto& parts = personPage(screen.content, "old-card")->parts;
        return parts.size() == 2 &&
               std::get<screen::Notice>(parts[1]).text.key == "citizens-card.other";
    }));
    at.checkUntouched();
}

TEST_CASE("a making that fails leaves the old card its holder's, and is led on with it") {
    ExchangeKiosk at(Slot::fitted, {"chip.6581@name"});
    at.serve();
    at.kiosk.settle();
    CHECK(cardsInBooks(at.kiosk) == "reject-bin 1");
    CHECK(at.saidAt("problem", "old-card.yours"));
    CHECK(at.takenIn() == 0);
    CHECK(at.oldCard().state != "CANCELLED");
    CHECK(disagreements(at.kiosk) == Names{});
    // The same application, whatever is chosen, and the old card is shown again.
    at.serve("exchange-damaged");
    at.kiosk.settle();
    CHECK(at.saw("old-card"));
    CHECK(cardsInBooks(at.kiosk) == "holder 1, old-card-bin 1, reject-bin 1");
    CHECK(at.takenIn() == 1);
    CHECK(disagreements(at.kiosk) == Names{});
}

TEST_CASE("before the card is fed, too, nothing of the old one is gone") {
    ExchangeKiosk at(Slot::fitted, {"printer.misfeed"});
    at.serve();
    at.kiosk.settle();
    CHECK(ordersOf(at.kiosk) == "resumable");
    CHECK(at.saidAt("problem", "old-card.yours"));
    CHECK(at.takenIn() == 0);
    CHECK(disagreements(at.kiosk) == Names{});
}

TEST_CASE("nobody takes the old card: the new one waits, and staff take the old one with it") {
    ExchangeKiosk at;
    bool asked = false;
    at.kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name == "making") asked = true;
        if (name == "attendant" && asked)
            at.kiosk.citizen().attendant = screen::Action{ActionKind::decline};
    };
    at.serve();
    at.kiosk.settle();
    CHECK(cardsInBooks(at.kiosk) == "hold-bin 1");
    CHECK(ordersOf(at.kiosk) == "held");
    CHECK(at.saidAt("problem", "old-card.bring"));
    CHECK(at.takenIn() == 0);
    const auto rows = at.kiosk.database().query("SELECT order_id, pickup_code FROM orders").value();
    desk::HandOver handOver{
        .pickupCode = rows[0].text(1), .identityChecked = true, .signatureEvidence = "P-1"};
    handOver.oldCardNumber = "K00000065";
    const auto give = [&] {
        return desk::handOverFromHold(at.kiosk.stock(), rows[0].text(0), handOver,
                                      {"1001", "1002"});
    };
    const auto other = give();
    REQUIRE_FALSE(other);
    CHECK(other.error().code == ErrorCode::handoverNotProven);
    CHECK(cardsInBooks(at.kiosk) == "hold-bin 1");
    handOver.oldCardNumber = theirCard;
    REQUIRE(give());
    at.kiosk.settle();
    CHECK(cardsInBooks(at.kiosk) == "holder 1, old-card-bin 1");
    CHECK(at.oldCard().recoveredAs == "DAMAGED");
    CHECK(at.number("SELECT taken_by = '1001, 1002' FROM old_cards") == 1);
    CHECK(custody::checkInvariants(at.kiosk.database()));
}

TEST_CASE("who lost the old card meanwhile gets the new one; the report says what is out") {
    ExchangeKiosk at(Slot::fitted, {"holder.walks-away@take-card"});
    bool asked = false;
    at.kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name == "making") asked = true;
        if (name == "attendant" && asked)
            at.kiosk.citizen().attendant = screen::Action{ActionKind::decline};
    };
    at.serve();
    at.kiosk.settle();
    const auto rows = at.kiosk.database().query("SELECT order_id, pickup_code FROM orders").value();
    REQUIRE(desk::handOverFromHold(
        at.kiosk.stock(), rows[0].text(0),
        {.pickupCode = rows[0].text(1), .identityChecked = true, .signatureEvidence = "P-1"},
        {"1001", "1002"}));
    const std::string day =
        at.kiosk.database().query("SELECT max(day) FROM days").value()[0].text(0);
    const auto figures = desk::countersOf(at.kiosk.stock(), day).value();
    CHECK(figures.oldCards.empty());
    CHECK(figures.oldCardsOut == 1);
}

TEST_CASE("the day's report has the card, why, when and who took it in") {
    ExchangeKiosk at;
    at.serve("exchange-other");
    at.kiosk.settle();
    const std::string day =
        at.kiosk.database().query("SELECT max(day) FROM days").value()[0].text(0);
    const auto figures = desk::countersOf(at.kiosk.stock(), day).value();
    REQUIRE(figures.oldCards.size() == 1);
    CHECK(figures.oldCards[0].cardNumber == theirCard);
    CHECK(figures.oldCards[0].reason == "OTHER");
    CHECK(figures.oldCards[0].people == "4711");
    CHECK(figures.oldCards[0].time.size() == 5);
    REQUIRE(figures.oldCardsInMonth.size() == 1);
    CHECK(figures.oldCardsInMonth[0].count == 1);
    CHECK(figures.oldCardsOut == 0);
}

TEST_CASE("a card in another state is not exchanged, and what helps is said and offered") {
    struct State {
        const char* state;
        const char* said;
        const char* leadsTo;
    };
    constexpr State states[] = {{"TEMP_LOST", "card-state.temp-lost", ""},
                                {"FORMAL_LOST", "card-state.formal-lost", "replacement"},
                                {"NOT_ENABLED", "card-state.not-enabled", ""},
                                {"CANCELLED", "card-state.cancelled", ""}};
    for (const State& one : states) {
        CAPTURE(std::string(one.state));
        ExchangeKiosk at;
        at.oldCard().state = one.state;
        at.serve();
        const auto shown = screensNamed(at.kiosk.citizen(), "exchange-none");
        REQUIRE(!shown.empty());
        const screen::PersonPage& page = *personPage(shown.back().content, "exchange-none");
        CHECK(page.buttons.front().choice == one.leadsTo);
        CHECK_FALSE(at.saw("old-card"));
        at.checkUntouched();
        CHECK(at.oldCard().state == one.state);
    }
}

TEST_CASE("from a formal loss one goes on to the replacement, which takes no card in") {
    ExchangeKiosk at;
    at.oldCard().state = "FORMAL_LOST";
    at.kiosk.citizen().touchesFirst["exchange-none"] = {ActionKind::choose};
    at.kiosk.citizen().chooses = "replacement";
    at.serve();
    at.kiosk.settle();
    CHECK(at.kinds() == "LOST ");
    CHECK(cardsInBooks(at.kiosk) == "holder 1");
    CHECK(at.number("SELECT count(*) FROM old_cards") == 0);
    CHECK_FALSE(at.saw("old-card"));
    CHECK(at.oldCard().recoveredAs.empty());
}

TEST_CASE("a faulty card is exchanged before it was ever enabled, and for nothing") {
    ExchangeKiosk at;
    at.oldCard().state = "NOT_ENABLED";
    at.kiosk.outside().province().persons.at(cardHolder().number).feeCents = 2000;
    at.serve("quality");
    at.kiosk.settle();
    CHECK(at.kinds() == "WARRANTY ");
    CHECK(at.saw("fee-free-agree"));
    CHECK(cardsInBooks(at.kiosk) == "holder 1, old-card-bin 1");
    CHECK(at.number("SELECT count(*) FROM journal WHERE step = 'quoteFee' AND detail LIKE "
                    "'fen=0 exempt=QUALITY%'") == 1);
    CHECK(at.number("SELECT count(*) FROM fee_orders") == 0);
}

TEST_CASE("a broken card costs its fee: where nothing collects it, nothing is begun") {
    ExchangeKiosk at;
    at.kiosk.outside().province().persons.at(cardHolder().number).feeCents = 2000;
    at.serve();
    CHECK(at.told() == ErrorCode::feeDue);
    at.checkUntouched();
}

TEST_CASE("by its date only: the last day of a card is still one of its days") {
    for (const auto& [expiry, done] : std::map<std::string, bool>{
             {"20240531", true}, {"20240601", false}, {"99991231", false}}) {
        CAPTURE(expiry);
        ExchangeKiosk at;
        at.oldCard().expiryDate = expiry;
        at.serve("exchange-expired");
        at.kiosk.settle();
        CHECK(at.saw("exchange-not-expired") == !done);
        CHECK((at.takenIn() == 1) == done);
    }
}

TEST_CASE("where the region says some months before, it is so long before, to the day") {
    // Today is the first of June 2024.
    for (const auto& [expiry, done] : std::map<std::string, bool>{
             {"20240901", true}, {"20240902", false}, {"20240531", true}, {"99991231", false}}) {
        CAPTURE(expiry);
        KioskSettings settings = ExchangeKiosk::settingsWith(shippedSettings(), Slot::fitted);
        settings.region.services.at("exchange-expired").terms["beforeMonths"] = 3;
        ExchangeKiosk at(std::move(settings));
        at.oldCard().expiryDate = expiry;
        at.serve("exchange-expired");
        at.kiosk.settle();
        CHECK(at.saw("exchange-not-expired") == !done);
        CHECK((at.takenIn() == 1) == done);
    }
}

TEST_CASE("what the province leaves to people is not begun, and the card stays its holder's") {
    ExchangeKiosk at;
    at.kiosk.outside().province().persons.at(cardHolder().number).needsStaff = true;
    at.serve();
    CHECK(at.told() == ErrorCode::notEligible);
    at.checkUntouched();
    CHECK(at.oldCard().state == "NORMAL");
}

TEST_CASE("without the attendant's yes nothing is begun") {
    ExchangeKiosk at;
    at.kiosk.citizen().attendant = screen::Action{ActionKind::decline};
    at.serve();
    CHECK(at.told() == ErrorCode::actNotConfirmed);
    at.checkUntouched();
}

TEST_CASE("a full old-card bin, and a card that was taken in before, are told before the making") {
    ExchangeKiosk full;
    REQUIRE(storage::Transaction::begin(full.kiosk.database())
                .and_then([](storage::Transaction transaction) -> Result<void> {
                    TRY(
                        transaction.run("UPDATE places SET capacity = 0 WHERE place = "
                                        "'old-card-bin'"));
                    return transaction.commit();
                }));
    full.serve();
    CHECK(full.told() == ErrorCode::placeFull);
    full.checkUntouched();

    ExchangeKiosk twice;
    twice.serve();
    twice.kiosk.settle();
    REQUIRE(twice.takenIn() == 1);
    CHECK_FALSE(custody::requireOldCard(twice.kiosk.database(), theirCard));
    // The new one is its holder's: it can be exchanged again.
    const auto made = twice.kiosk.database()
                          .query("SELECT card_number FROM cards WHERE place = 'holder'")
                          .value();
    CHECK(custody::requireOldCard(twice.kiosk.database(), made[0].text(0)));
}

// What must hold whenever the power went.
void checkAfterCut(ExchangeKiosk& at) {
    at.kiosk.restart();
    at.kiosk.settle();
    CHECK(at.number("SELECT count(*) FROM orders WHERE state = 'open'") == 0);
    CHECK(at.number("SELECT count(*) FROM outbox WHERE state <> 'delivered'") == 0);
    CHECK(disagreements(at.kiosk) == Names{});
    const std::int64_t taken = at.takenIn();
    // The books, the report and the province say the same of it.
    CHECK(at.number("SELECT balance FROM places WHERE place = 'old-card-bin'") == taken);
    CHECK(at.number("SELECT count(*) FROM outbox WHERE message_type = 'CARD.RECOVER'") == taken);
    CHECK(at.oldCard().recoveredAs.empty() == (taken == 0));
    // Never without a new card that works.
    if (taken == 1) CHECK(at.oldCard().state == "CANCELLED");
    // The order knows what is still out.
    const std::int64_t finished =
        at.number("SELECT count(*) FROM orders WHERE state IN ('held','handedOver')");
    if (finished > taken)
        CHECK(at.number("SELECT count(*) FROM old_cards WHERE taken_at IS NULL") >= 1);
}

TEST_CASE("power goes at any row: one end for each card, and the order knows of the old one") {
    int from = 0;
    int to = 0;
    {
        ExchangeKiosk at(ExchangeKiosk::settingsWith(oneOfMany(), Slot::none));
        from = at.kiosk.looks();
        at.serve();
        to = at.kiosk.looks();
        REQUIRE(at.takenIn() == 1);
    }
    std::set<std::string> stopped;
    for (int look = from + 1; look <= to; look += 3) {
        CAPTURE(look);
        ExchangeKiosk at(ExchangeKiosk::settingsWith(oneOfMany(), Slot::none));
        at.kiosk.cutPowerAtLook(look);
        if (!at.kiosk.serveUntilPowerCut(cardHolder(), "exchange-damaged")) continue;
        checkAfterCut(at);
        const auto rows =
            at.kiosk.database().query("SELECT step FROM journal ORDER BY entry").value();
        for (const storage::Row& row : rows) stopped.insert(row.text(0));
    }
    CHECK(stopped.contains("takeOldCard"));
}

}  // namespace
}  // namespace liqu::scenario
