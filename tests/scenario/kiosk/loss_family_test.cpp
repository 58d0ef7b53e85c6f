// 正式挂失 and 解除挂失: with an attendant, at once or not at all, and said as what it is.
// Rules: L-04, L-05, L-06, L-07, L-08.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;

constexpr const char* formalLoss = "loss-formal";
constexpr const char* release = "loss-release";
constexpr const char* cardAtStake = "K00000049";

// guangdong: linked, released until replaced; else as in Shangluo: apart, and for good.
enum class Rules : std::uint8_t { guangdong, shangluo };

KioskSettings settingsOf(Rules rules, std::vector<std::string> faults) {
    KioskSettings settings = shippedSettings(std::move(faults));
    const std::int64_t linked = rules == Rules::guangdong ? 1 : 0;
    policy::ServiceRule& formal = settings.region.services.at(formalLoss);
    formal.mode = policy::ServiceMode::attended;
    formal.terms["linkedBank"] = linked;
    formal.terms["final"] = 1 - linked;
    formal.terms["releasable"] = linked;
    policy::ServiceRule& released = settings.region.services.at(release);
    released.mode = policy::ServiceMode::attended;
    released.terms["linkedBank"] = linked;
    released.terms["formal"] = linked;
    formal.terms["ownBankOnly"] = released.terms["ownBankOnly"] = 1;
    return settings;
}

KioskSettings at(std::optional<policy::SiteKind> site, KioskSettings settings) {
    settings.site = site;
    return settings;
}

// With a card in force, and an attendant who stands by.
struct LossDesk {
    explicit LossDesk(Rules rules = Rules::guangdong, std::vector<std::string> faults = {},
                      std::optional<policy::SiteKind> site = std::nullopt)
        : kiosk(at(site, settingsOf(rules, std::move(faults)))) {
        addAttendant(kiosk);
        kiosk.citizen().attendant = attendantTypes();
        kiosk.outside().province().lossRule.linksBank = rules == Rules::guangdong;
        kiosk.outside().province().lossRule.formalIsReleased = rules == Rules::guangdong;
    }
    world::Card& card() { return kiosk.outside().province().cards.at(cardAtStake); }
    void becomes(const char* state) {
        card().state = state;
        card().bankBlocked = kiosk.outside().province().lossRule.linksBank;
    }
    void serve(const char* service) { kiosk.serve(cardHolder(), service); }
    std::optional<Names> told(std::string_view page) { return noticesTold(kiosk.citizen(), page); }
    int sent(const std::string& message) { return kiosk.outside().province().messages[message]; }
    std::string order() {
        const auto rows = kiosk.database().query("SELECT state FROM orders").value();
        return rows.empty() ? "-" : rows.back().text(0);
    }
    SimulatedKiosk kiosk;
};

TEST_CASE("a formal loss: the card is blocked, with the bank where the rules link it") {
    LossDesk linked;
    linked.serve(formalLoss);
    CHECK(linked.card().state == "FORMAL_LOST");
    CHECK(linked.card().bankBlocked);
    CHECK(linked.told("loss-formal-done") == Names{"loss.both-blocked"});
    CHECK(linked.order() == "carriedOut");
    CHECK(disagreements(linked.kiosk) == Names{});

    LossDesk apart(Rules::shangluo);
    apart.serve(formalLoss);
    CHECK(apart.card().state == "FORMAL_LOST");
    CHECK(apart.told("loss-formal-agree") == Names{"formal.final"});
    CHECK(apart.told("loss-formal-done") == Names{"loss.bank-apart-phone"});
}

TEST_CASE("after a temporary loss, and directly; of a card that is lost formally nothing is sent") {
    LossDesk desk;
    desk.becomes("TEMP_LOST");
    desk.serve(formalLoss);
    CHECK(desk.card().state == "FORMAL_LOST");
    CHECK(desk.sent("LOSS.FORMAL") == 1);
    desk.serve(formalLoss);
    CHECK(desk.told("loss-formal-already").has_value());
    CHECK(desk.sent("LOSS.FORMAL") == 1);
    desk.becomes("CANCELLED");
    desk.serve(formalLoss);
    CHECK(desk.told("loss-none") == Names{"card-state.cancelled"});
    CHECK(desk.sent("LOSS.FORMAL") == 1);
}

TEST_CASE("what is for good is asked twice, and the number of the form is kept") {
    LossDesk forGood(Rules::shangluo);
    forGood.serve(formalLoss);
    CHECK(sawScreen(forGood.kiosk.citizen(), "loss-formal-sure-agree"));
    LossDesk refused(Rules::shangluo);
    refused.kiosk.citizen().touchesFirst["loss-formal-sure-agree"] = {screen::ActionKind::decline};
    refused.serve(formalLoss);
    CHECK(refused.card().state == "NORMAL");
    CHECK(refused.sent("LOSS.FORMAL") == 0);
    LossDesk releasable;
    releasable.serve(formalLoss);
    CHECK_FALSE(sawScreen(releasable.kiosk.citizen(), "loss-formal-sure-agree"));
    for (LossDesk* desk : {&forGood, &releasable}) {
        const auto forms = desk->kiosk.database()
                               .query("SELECT reference, order_id FROM checks WHERE what = 'form'")
                               .value();
        REQUIRE(forms.size() == 1);
        CHECK(forms[0].text(0) == "20240000042");
        CHECK_FALSE(forms[0].text(1).empty());
    }
}

TEST_CASE("without a form's number nobody stands by what is done in writing") {
    LossDesk desk;
    desk.kiosk.citizen().attendant.typed.erase("form");
    desk.serve(formalLoss);
    CHECK(desk.sent("LOSS.FORMAL") == 0);
    CHECK(desk.card().state == "NORMAL");
    const auto problems = problemsTold(desk.kiosk.citizen());
    REQUIRE(!problems.empty());
    // Badge and PIN alone were refused, and nobody typed more.
    CHECK(problems[0].reason == ErrorCode::visitTimedOut);
}

TEST_CASE("a formal loss leads on to the new card, in the same visit") {
    LossDesk desk(Rules::shangluo);
    desk.kiosk.citizen().chooses = "replacement";
    desk.kiosk.citizen().touchesFirst["loss-formal-done"] = {screen::ActionKind::choose};
    desk.serve(formalLoss);
    desk.kiosk.settle();
    CHECK(desk.card().state == "CANCELLED");
    CHECK(cardsInBooks(desk.kiosk) == "holder 1");
    CHECK(desk.sent("PERSON.QUERY") == 1);
    CHECK(disagreements(desk.kiosk) == Names{});

    // Where no card can be made here, nothing leads there.
    KioskSettings alone = settingsOf(Rules::shangluo, {});
    alone.region.services.at("replacement").mode = policy::ServiceMode::guide;
    SimulatedKiosk kiosk(alone);
    addAttendant(kiosk);
    kiosk.citizen().attendant = attendantTypes();
    kiosk.serve(cardHolder(), formalLoss);
    const auto done = screensNamed(kiosk.citizen(), "loss-formal-done");
    REQUIRE(!done.empty());
    for (const screen::Button& button : std::get<screen::PersonPage>(done.back().content).buttons)
        CHECK(button.action != screen::ActionKind::choose);
}

TEST_CASE("a card that was found is released, and the bank with it") {
    LossDesk desk;
    desk.becomes("TEMP_LOST");
    desk.serve(release);
    CHECK(desk.card().state == "NORMAL");
    CHECK_FALSE(desk.card().bankBlocked);
    CHECK(desk.told("release-done") == Names{"card-state.normal", "release.bank-free"});
    CHECK(desk.order() == "carriedOut");
    CHECK(disagreements(desk.kiosk) == Names{});
    desk.serve(release);
    CHECK(desk.told("release-none") == Names{"card-state.normal"});
    CHECK(desk.sent("LOSS.RELEASE") == 1);
}

TEST_CASE("a formal loss is released where the rules allow it, until another card is applied for") {
    LossDesk guangdong;
    guangdong.becomes("FORMAL_LOST");
    guangdong.serve(release);
    CHECK(guangdong.card().state == "NORMAL");

    LossDesk shangluo(Rules::shangluo);
    shangluo.becomes("FORMAL_LOST");
    shangluo.serve(release);
    CHECK(shangluo.told("release-none") == Names{"card-state.formal-lost"});
    CHECK(shangluo.sent("LOSS.RELEASE") == 0);

    LossDesk replaced;
    replaced.becomes("REPLACING");
    replaced.serve(release);
    CHECK(replaced.told("release-none") == Names{"card-state.replacing"});
}

TEST_CASE("the bank's side apart is said so; one that is away is a duty, not a success") {
    LossDesk apart(Rules::shangluo);
    apart.becomes("TEMP_LOST");
    apart.serve(release);
    CHECK(apart.told("release-done") == Names{"card-state.normal", "release.bank-apart"});
    LossDesk away(Rules::guangdong, {"province.bank-not-blocked"});
    away.becomes("TEMP_LOST");
    away.serve(release);
    CHECK(away.card().state == "NORMAL");
    CHECK(away.told("release-done") == Names{"card-state.normal", "release.bank-apart"});
}

TEST_CASE("one that was never enabled is not said to work when it is released") {
    LossDesk desk;
    desk.card().state = "NOT_ENABLED";
    desk.serve(formalLoss);
    CHECK(desk.card().state == "FORMAL_LOST");
    desk.serve(release);
    CHECK(desk.card().state == "NOT_ENABLED");
    CHECK(desk.told("release-done") == Names{"card-state.not-enabled", "release.bank-free"});
}

TEST_CASE("at a bank nothing is done to another bank's card; at the agency it is") {
    for (const char* service : {formalLoss, release}) {
        LossDesk desk;
        desk.card().bankCode = "B02";
        desk.becomes("TEMP_LOST");
        desk.serve(service);
        CHECK(desk.told("loss-other-bank").has_value());
        CHECK(desk.card().state == "TEMP_LOST");
        CHECK(desk.sent("LOSS.FORMAL") + desk.sent("LOSS.RELEASE") == 0);
        LossDesk agency(Rules::guangdong, {}, policy::SiteKind::hrss);
        agency.card().bankCode = "B02";
        agency.becomes("TEMP_LOST");
        agency.serve(service);
        CHECK_FALSE(agency.told("loss-other-bank").has_value());
        CHECK(agency.sent("LOSS.FORMAL") + agency.sent("LOSS.RELEASE") == 1);
    }
}

TEST_CASE("the attendant sees which card it is") {
    LossDesk desk;
    desk.becomes("TEMP_LOST");
    desk.serve(release);
    const auto shown = screensNamed(desk.kiosk.citizen(), "attendant");
    REQUIRE(!shown.empty());
    const auto& screen = std::get<screen::AttendantScreen>(shown.back().content);
    CHECK(screen.cardTail.reveal() == "049");
    CHECK(screen.bank == "示范银行");
}

TEST_CASE(
    "rules that end while the person stands there let nothing through, with or without them") {
    for (const bool attended : {true, false}) {
        KioskSettings settings = settingsOf(Rules::guangdong, {});
        const char* service = attended ? formalLoss : "loss-temporary";
        const world::VirtualClock clock;
        settings.region.term.to = chinaDate(clock.wallTime());
        SimulatedKiosk kiosk(std::move(settings));
        addAttendant(kiosk);
        kiosk.citizen().attendant = attendantTypes();
        const std::string page = attended ? "loss-formal-agree" : "loss-agree";
        kiosk.citizen().onScreen = [&](std::string_view name) {
            if (name != page) return;
            kiosk.truth().breaks(&truth::Truth::rulesOver);
            kiosk.clock().goWrongBy(std::chrono::hours(24));
        };
        kiosk.serve(cardHolder(), service);
        CHECK(kiosk.outside().province().cards.at(cardAtStake).state == "NORMAL");
        CHECK(ordersOf(kiosk) == "-");
    }
}

TEST_CASE("whom the attendant does not confirm, for them nothing is sent") {
    for (const char* service : {formalLoss, release}) {
        LossDesk desk;
        desk.becomes("TEMP_LOST");
        desk.kiosk.citizen().attendant = {screen::ActionKind::decline};
        desk.serve(service);
        CHECK(desk.card().state == "TEMP_LOST");
        CHECK(desk.sent("LOSS.FORMAL") + desk.sent("LOSS.RELEASE") == 0);
        CHECK(desk.order() == "-");
    }
}

struct Outcome {
    const char* fault;
    const char* page;        // behind "loss" and "release"
    const char* afterwards;  // the order, once the line is good again
};

TEST_CASE("an answer that is late, lost, false or a refusal: done, not done, or not known") {
    const std::vector<Outcome> outcomes = {{"province.answer-lost@", "done", "carriedOut"},
                                           {"province.slow@", "done", "carriedOut"},
                                           {"province.refuses@", "failed", "resumable"},
                                           {"province.unreachable@", "failed", "resumable"},
                                           {"province.wrong-signature@", "unconfirmed", ""}};
    for (const auto& [service, message, tale, done] : std::vector<std::array<std::string, 4>>{
             {formalLoss, "LOSS.FORMAL", "loss", "loss-formal-done"},
             {release, "LOSS.RELEASE", "release", "release-done"}}) {
        for (const Outcome& outcome : outcomes) {
            CAPTURE(outcome.fault + message);
            LossDesk desk(Rules::guangdong, {outcome.fault + message});
            desk.becomes("TEMP_LOST");
            desk.serve(service.c_str());
            const std::string page =
                outcome.page == std::string("done") ? done : tale + "-" + outcome.page;
            CHECK(desk.told(page).has_value());
            desk.kiosk.outside().faults.mend("province");
            desk.kiosk.settle();
            const bool changed = desk.card().state != "TEMP_LOST";
            CHECK(desk.order() == (changed ? "carriedOut" : "resumable"));
            if (*outcome.afterwards != 0) CHECK(desk.order() == outcome.afterwards);
        }
    }
}

TEST_CASE("an answer about somebody else's card, or another state, is no answer") {
    for (const char* message : {"LOSS.FORMAL", "LOSS.RELEASE"}) {
        for (const char* field : {"cardNo", "socialNumber", "state"}) {
            const std::string lie = std::string("province.lies@") + message + "/" + field;
            CAPTURE(lie);
            LossDesk desk(Rules::guangdong, {lie});
            desk.becomes("TEMP_LOST");
            const bool formal = std::string_view(message) == "LOSS.FORMAL";
            desk.serve(formal ? formalLoss : release);
            CHECK(desk.told(formal ? "loss-unconfirmed" : "release-unconfirmed").has_value());
        }
    }
}

TEST_CASE("a power cut at any moment: the books say what the province did, and it is done once") {
    for (const char* service : {formalLoss, release}) {
        int looks = 0;
        int cuts = 0;
        {
            LossDesk desk;
            desk.becomes("TEMP_LOST");
            desk.serve(service);
            looks = desk.kiosk.looks();
        }
        for (int look = 1; look < looks; look += 3) {
            CAPTURE(std::string(service) + " look " + std::to_string(look));
            LossDesk desk;
            desk.becomes("TEMP_LOST");
            desk.kiosk.cutPowerAtLook(look);
            if (!desk.kiosk.serveUntilPowerCut(cardHolder(), service)) continue;
            ++cuts;
            desk.kiosk.restart();
            desk.kiosk.settle();
            const bool changed = desk.card().state != "TEMP_LOST";
            const std::string order = desk.order();
            CHECK((order == "-" || order == (changed ? "carriedOut" : "resumable")));
            if (changed) CHECK(order == "carriedOut");
            CHECK(desk.sent("LOSS.FORMAL") + desk.sent("LOSS.RELEASE") <= 1);
        }
        CHECK(cuts > 10);
    }
}

}  // namespace
}  // namespace liqu::scenario
