// How visits end: each says what became of the card, the money and the ID card, and the machine is
// nobody's before the reader is empty.
// Rules: A-05, G-06.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/issuance/visit_book.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using namespace std::chrono_literals;
using screen::ActionKind;
using session::CardWhere;
using session::Outcome;

bool wasShown(const Citizen& citizen, std::string_view name) {
    return std::ranges::any_of(citizen.seen, [&](const screen::Screen& screen) {
        return screen::nameOf(screen.content) == name;
    });
}

std::int64_t endedFor(SimulatedKiosk& kiosk, ErrorCode reason) {
    const std::string day = formatDate(chinaDate(kiosk.outside().clock.wallTime()));
    const auto reasons = issuance::reasonsOn(kiosk.database(), day).value();
    for (const auto& row : reasons) {
        if (row.code == numberOf(reason)) return row.visits;
    }
    return 0;
}

// Else they would go back for ever.
void touchOnce(Citizen& citizen, const std::string& page, ActionKind kind) {
    citizen.touchesFirst[page] = {kind};
    citizen.onTouch = [&citizen, page, kind](ActionKind touched) {
        if (touched == kind) citizen.touchesFirst.erase(page);
    };
}

TEST_CASE("who goes home, refuses, or takes too long is told what became of it, and it is booked") {
    struct Way {
        const char* page;
        ActionKind touch;
        ErrorCode reason;
    };
    for (const Way& way : {Way{"is-this-you", ActionKind::home, ErrorCode::cancelledByPerson},
                           Way{"choose-service", ActionKind::home, ErrorCode::cancelledByPerson},
                           Way{"consent", ActionKind::decline, ErrorCode::consentDeclined}}) {
        CAPTURE(std::string(way.page));
        SimulatedKiosk kiosk;
        kiosk.citizen().touchesFirst[way.page] = {way.touch};
        kiosk.serve();
        const auto problems = problemsTold(kiosk.citizen());
        REQUIRE(!problems.empty());
        CHECK(problems[0].reason == way.reason);
        CHECK(problems[0].outcome == Outcome::ended);
        CHECK(problems[0].card == CardWhere::none);
        CHECK(problems[0].idCardThere);
        CHECK_FALSE(problems[0].feeWasAsked);
        CHECK(endedFor(kiosk, way.reason) == 1);
        CHECK(cardsInBooks(kiosk) == "-");
        CHECK_FALSE(kiosk.outside().idReader->documentLies());
    }
}

TEST_CASE(
    "an ID card that nobody takes calls the staff after five minutes and closes the machine") {
    SimulatedKiosk kiosk;
    kiosk.citizen().leavesIdCard = true;
    kiosk.serve();
    CHECK(cardsInBooks(kiosk) == "holder 1");
    const auto isReminder = [](const screen::Screen& screen) {
        const auto* take = std::get_if<screen::TakeIdCardScreen>(&screen.content);
        return take != nullptr && take->reminder == 59;
    };
    CHECK(std::ranges::any_of(kiosk.citizen().seen, isReminder));
    const auto* closed =
        std::get_if<screen::OutOfServiceScreen>(&kiosk.citizen().seen.back().content);
    REQUIRE(closed != nullptr);
    CHECK(closed->reason == ErrorCode::idCardLeft);
    for (int turn = 0; turn < 5; ++turn) kiosk.turn();
    CHECK(screen::nameOf(kiosk.citizen().seen.back().content) == "out-of-service");
    kiosk.outside().idReader->lift();
    kiosk.turn();
    kiosk.turn();
    CHECK(screen::nameOf(kiosk.citizen().seen.back().content) == "welcome");
}

// How long each look at a kiosk that waits was from the one before, in whole seconds.
std::vector<std::int64_t> restsOf(SimulatedKiosk& kiosk, int turns) {
    std::vector<std::int64_t> rests;
    for (int turn = 0; turn < turns; ++turn) {
        const Instant before = kiosk.clock().now();
        kiosk.turn();
        rests.push_back(
            std::chrono::round<std::chrono::seconds>(kiosk.clock().now() - before).count());
    }
    return rests;
}

TEST_CASE(
    "a trouble that lasts is looked at less often, and sooner when somebody touches the screen") {
    SimulatedKiosk kiosk(shippedSettings({"printer.absent"}));
    kiosk.citizen().onlyLooks = true;
    const std::vector<std::int64_t> rests = restsOf(kiosk, 60);
    CHECK(rests[0] == 5);
    CHECK(std::ranges::is_sorted(rests));
    CHECK(rests.back() == 60);
    kiosk.citizen().touches(ActionKind::callAssistant);
    const std::vector<std::int64_t> afterTouch = restsOf(kiosk, 2);
    CHECK(afterTouch[0] < 15);
    CHECK(afterTouch[1] == 5);
}

TEST_CASE("a reader that is away does not say that a forgotten ID card is") {
    struct Row {
        const char* page;  // on which the cable is pulled
        bool lifted;       // meanwhile
    };
    for (const Row& row : {Row{"take-id-card", false}, Row{"take-id-card", true},
                           Row{"out-of-service", false}, Row{"out-of-service", true}}) {
        CAPTURE(std::string(row.page));
        CAPTURE(row.lifted);
        SimulatedKiosk kiosk;
        world::ReaderEngine& reader = *kiosk.outside().idReader;
        const auto shownNow = [&] { return screen::nameOf(kiosk.citizen().seen.back().content); };
        bool pulled = false;
        kiosk.citizen().leavesIdCard = true;
        kiosk.citizen().onScreen = [&](std::string_view name) {
            if (name != row.page || std::exchange(pulled, true)) return;
            reader.unplug();
            if (row.lifted) reader.lift();
        };
        kiosk.serve();
        CHECK(cardsInBooks(kiosk) == "holder 1");
        REQUIRE(pulled);
        const auto isUnsure = [](const screen::Screen& screen) {
            const auto* take = std::get_if<screen::TakeIdCardScreen>(&screen.content);
            return take != nullptr && take->unsure;
        };
        CHECK(std::ranges::any_of(kiosk.citizen().seen, isUnsure) ==
              (std::string(row.page) == "take-id-card"));
        for (int turn = 0; turn < 5; ++turn) kiosk.turn();
        CHECK(shownNow() == "out-of-service");
        reader.plugIn();
        for (int turn = 0; turn < 5; ++turn) kiosk.turn();
        CHECK(shownNow() == (row.lifted ? "welcome" : "out-of-service"));
        reader.lift();
        for (int turn = 0; turn < 2; ++turn) kiosk.turn();
        CHECK(shownNow() == "welcome");
    }
}

TEST_CASE(
    "a card is said to be made where the books have it finished in the hold bin, only there") {
    struct Row {
        const char* fault;
        Outcome outcome;
        CardWhere card;
    };
    for (const Row& row :
         {Row{"printer.card-not-taken", Outcome::made, CardWhere::held},
          Row{"province.enable-refused", Outcome::made, CardWhere::held},
          Row{"printer.jam@print", Outcome::undecided, CardWhere::inside},
          Row{"printer.unplug@feed", Outcome::undecided, CardWhere::unknown},
          Row{"chip.6581@name", Outcome::notMade, CardWhere::discarded},
          Row{"printer.hopper-empty@feed", Outcome::notMade, CardWhere::none},
          Row{"province.unreachable@PERSO.GET", Outcome::notMade, CardWhere::none}}) {
        CAPTURE(std::string(row.fault));
        SimulatedKiosk kiosk(shippedSettings({row.fault}));
        kiosk.serve();
        const auto problems = problemsTold(kiosk.citizen());
        REQUIRE(!problems.empty());
        CHECK(static_cast<int>(problems[0].outcome) == static_cast<int>(row.outcome));
        CHECK(static_cast<int>(problems[0].card) == static_cast<int>(row.card));
        CHECK(problems[0].pickupCode.empty() == (row.outcome != Outcome::made));
    }
}

TEST_CASE("what the province advises stands on the page, where it is a sentence") {
    for (const bool harmful : {false, true}) {
        CAPTURE(harmful);
        SimulatedKiosk kiosk(harmful ? shippedSettings({"province.lies@ELIG.CHECK/remedy"})
                                     : shippedSettings());
        auto& persons = kiosk.outside().province().persons;
        persons.at(world::documents::resident().number).needsStaff = true;
        kiosk.serve();
        const auto problems = problemsTold(kiosk.citizen());
        REQUIRE(!problems.empty());
        CHECK(problems[0].reason == ErrorCode::notEligible);
        CHECK(problems[0].advice == (harmful ? "" : "staff decide"));
        CHECK(kiosk.outside().faults.allFired());
    }
}

TEST_CASE("what the province says of an application that waits is no advice for another trouble") {
    SimulatedKiosk kiosk(shippedSettings({"printer.misfeed"}));
    kiosk.serve();
    kiosk.settle();
    REQUIRE(applicationsAtProvince(kiosk) == "MARKED");
    kiosk.citizen().seen.clear();
    // Somebody opens the printer while the person reads.
    kiosk.citizen().onScreen = [&kiosk](std::string_view name) {
        if (name == "already-have") kiosk.outside().printer->setCover(true);
    };
    kiosk.truth().breaks(&truth::Truth::printerFaults);
    kiosk.serve();
    const auto problems = problemsTold(kiosk.citizen());
    REQUIRE(!problems.empty());
    CHECK(problems[0].reason == ErrorCode::printerCoverOpen);
    CHECK(problems[0].advice.empty());
}

TEST_CASE("whoever understood that nothing can be led on is told nothing more") {
    SimulatedKiosk kiosk(shippedSettings({"province.person-pending"}));
    kiosk.serve();
    CHECK(problemsTold(kiosk.citizen()).empty());
    CHECK(kiosk.database().number("SELECT max(reason) FROM visit_ends").value() ==
          numberOf(ErrorCode::applicationPending));
}

TEST_CASE("back is the page before, and the person is asked nothing that was answered") {
    SimulatedKiosk kiosk;
    touchOnce(kiosk.citizen(), "consent", ActionKind::back);
    kiosk.serve();
    const auto& names = kiosk.citizen().names;
    const auto consent = std::ranges::find(names, "consent");
    REQUIRE(consent != names.end());
    CHECK(*std::next(consent) == "choose-service");
    CHECK(std::ranges::count(names, "lay-down-id-card") == 1);
    CHECK(kiosk.outside().province().messages["PERSON.QUERY"] == 1);
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

TEST_CASE("back from the choice is the person, and on again") {
    SimulatedKiosk kiosk;
    touchOnce(kiosk.citizen(), "choose-service", ActionKind::back);
    kiosk.serve();
    CHECK(std::ranges::count(kiosk.citizen().names, "is-this-you") == 2);
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

TEST_CASE("not me: that ID card is taken away, and the next one is read") {
    SimulatedKiosk kiosk;
    bool declined = false;
    kiosk.citizen().touchesFirst["is-this-you"] = {ActionKind::decline};
    kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name != "lay-down-id-card" || declined) return;
        if (!wasShown(kiosk.citizen(), "is-this-you")) return;
        declined = true;
        kiosk.citizen().touchesFirst.clear();
        kiosk.outside().idReader->lift();
    };
    kiosk.serve();
    const auto asksForOther = [](const screen::Screen& screen) {
        const auto* place = std::get_if<screen::LayDownIdCardScreen>(&screen.content);
        return place != nullptr && place->otherPerson;
    };
    CHECK(std::ranges::any_of(kiosk.citizen().seen, asksForOther));
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

TEST_CASE("whoever types is there: the time begins anew") {
    SimulatedKiosk kiosk;
    kiosk.citizen().touchesFirst["consent-choice"] = {ActionKind::stillHere};
    kiosk.serve();
    std::vector<Instant> deadlines;
    for (const screen::Screen& screen : kiosk.citizen().seen) {
        if (screen::nameOf(screen.content) == "consent-choice") {
            deadlines.push_back(*screen.frame.deadline);
        }
    }
    REQUIRE(deadlines.size() == 2);
    CHECK(deadlines[1] > deadlines[0]);
}

TEST_CASE("a language chosen at the welcome stays while somebody touches, and a minute longer") {
    SimulatedKiosk kiosk;
    kiosk.citizen().comes(world::documents::resident(), "first-card");
    kiosk.citizen().touchesFirst["welcome"] = {ActionKind::adjust};
    kiosk.citizen().onlyLooks = true;
    kiosk.turn();
    const Instant touched = kiosk.outside().clock.now();
    while (kiosk.outside().clock.now() < touched + 40s) kiosk.turn();
    CHECK(kiosk.citizen().seen.back().frame.comfort.language == screen::Language::english);
    while (kiosk.outside().clock.now() < touched + 80s) kiosk.turn();
    CHECK(kiosk.citizen().seen.back().frame.comfort.language == screen::Language::chinese);
}

TEST_CASE("who took the card is told what is next, though it cannot be written") {
    SimulatedKiosk kiosk;
    auto transaction = storage::Transaction::begin(kiosk.database()).value();
    REQUIRE(
        transaction.run("CREATE TRIGGER broken BEFORE INSERT ON journal WHEN NEW.step = "
                        "'present' AND NEW.phase = 'fact' "
                        "BEGIN SELECT RAISE(ABORT, 'broken'); END"));
    REQUIRE(transaction.commit());
    kiosk.truth().breaks(&truth::Truth::diskFaults);
    kiosk.serve();
    CHECK(wasShown(kiosk.citizen(), "next-steps"));
    CHECK(problemsTold(kiosk.citizen()).empty());
    CHECK(ordersOf(kiosk) == "open");
}

TEST_CASE("an order that is open waits while the clock is wrong") {
    SimulatedKiosk kiosk;
    kiosk.cutPowerAtLook(80);
    REQUIRE(kiosk.serveUntilPowerCut(world::documents::resident()));
    for (const std::chrono::days wrong : {std::chrono::days{-3}, std::chrono::days{3}}) {
        kiosk.clock().goWrongBy(wrong);
        kiosk.truth().breaks(&truth::Truth::clockFaults);
        kiosk.restart();
        const auto entries = [&kiosk] {
            return kiosk.database().number("SELECT count(*) FROM journal").value();
        };
        const std::int64_t before = entries();
        for (int turn = 0; turn < 3; ++turn) kiosk.turn();
        CHECK(entries() == before);
        CHECK(ordersOf(kiosk) == "open");
    }
    kiosk.clock().goWrongBy({});
    kiosk.truth().mended();
    kiosk.settle();
    CHECK(ordersOf(kiosk) != "open");
}

TEST_CASE("where cards cannot be made, what is offered is what the machine does") {
    SimulatedKiosk kiosk(shippedSettings({"province.unreachable"}));
    kiosk.citizen().usesQueries = true;
    kiosk.serve();
    CHECK(wasShown(kiosk.citizen(), "queries-only"));
    const auto problems = problemsTold(kiosk.citizen());
    REQUIRE(!problems.empty());
    CHECK(problems[0].card == CardWhere::none);
    CHECK(problems[0].outcome == Outcome::notMade);
}

}  // namespace
}  // namespace liqu::scenario
