// People who come back (decision 9): recognised at the ID card, and led on from where they were.
// Rules: F-01, F-05, F-08, G-03, I-07, I-12, R-05, R-07, Z-03.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/id_card_watch.hpp"
#include "tests/scenario/kiosk/told.hpp"
#include "tests/support/shown_words.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;

// The first such page.
std::optional<ToldExisting> existing(const Citizen& citizen) {
    const auto told = existingTold(citizen);
    return told.empty() ? std::nullopt : std::optional(told.front());
}

void makesACardTheSecondTime(const char* fault, const char* firstEnd, const char* cards) {
    CAPTURE(fault);
    SimulatedKiosk kiosk(shippedSettings({fault}));
    kiosk.serve();
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == firstEnd);
    kiosk.citizen().seen.clear();
    kiosk.serve();
    kiosk.settle();
    const auto have = existing(kiosk.citizen());
    REQUIRE(have);
    CHECK(have->kind == session::ExistingKind::pendingHere);
    CHECK(have->canContinue);
    CHECK(cardsInBooks(kiosk) == cards);
    CHECK(applicationsAtProvince(kiosk) == "HANDED_OVER");
    CHECK(disagreements(kiosk) == Names{});
}

TEST_CASE("an application that made no card yet is led on") {
    makesACardTheSecondTime("printer.misfeed", "-", "holder 1");
}

TEST_CASE("after a spoiled card the next visit makes one from another blank") {
    makesACardTheSecondTime("chip.6581@name", "reject-bin 1", "holder 1, reject-bin 1");
}

std::vector<ErrorCode> problemsSeen(const Citizen& citizen) {
    std::vector<ErrorCode> codes;
    for (const ToldProblem& problem : problemsTold(citizen)) codes.push_back(problem.reason);
    return codes;
}

TEST_CASE("an application is not led on past what the province refuses by now, or wants paid") {
    struct Since {
        world::Document document;
        const char* service;
        void (*happened)(world::Books&, world::Person&);
        ErrorCode told;
    };
    const auto staffDecide = [](world::Books&, world::Person& person) { person.needsStaff = true; };
    const auto feeFallsDue = [](world::Books& books, world::Person& person) {
        person.feeCents = 2000;
        person.feePaid = false;
        for (auto& [number, application] : books.applications) application.feePaid = false;
    };
    const Since all[] = {
        {world::documents::resident(), "first-card", staffDecide, ErrorCode::notEligible},
        {lostCardHolder(), "replacement", feeFallsDue, ErrorCode::feeDue}};
    for (const Since& since : all) {
        CAPTURE(numberOf(since.told));
        SimulatedKiosk kiosk(shippedSettings({"printer.misfeed"}));
        kiosk.serve(since.document, since.service);
        kiosk.settle();
        REQUIRE(applicationsAtProvince(kiosk) == "MARKED");
        world::Books& books = kiosk.outside().province();
        since.happened(books, books.persons[since.document.number]);
        kiosk.citizen().seen.clear();
        kiosk.serve(since.document, since.service);
        kiosk.settle();
        CHECK(!existing(kiosk.citizen()));
        const auto told = problemsSeen(kiosk.citizen());
        CHECK(std::ranges::count(told, since.told) == std::ssize(told));
        CHECK_FALSE(told.empty());
        CHECK(cardsInBooks(kiosk) == "-");
        CHECK(applicationsAtProvince(kiosk) == "MARKED");
    }
}

TEST_CASE("a card that was not taken waits for its holder, and nobody else") {
    SimulatedKiosk kiosk(shippedSettings({"holder.walks-away@take-card"}));
    kiosk.serve();
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "hold-bin 1");
    kiosk.citizen().seen.clear();
    kiosk.serve();
    const auto have = existing(kiosk.citizen());
    REQUIRE(have);
    CHECK(have->kind == session::ExistingKind::heldHere);
    CHECK(have->pickupCode.size() == 6);
    CHECK(have->cardNumberTail == kiosk.outside().blanks.front().cardNumber.substr(6));
    CHECK(cardsInBooks(kiosk) == "hold-bin 1");

    kiosk.citizen().seen.clear();
    kiosk.serve(world::documents::permit());
    CHECK(!existing(kiosk.citizen()));
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "hold-bin 1, holder 1");
    CHECK(disagreements(kiosk) == Names{});
}

// Their application was marked at another machine, which never made the card.
void plantMarkElsewhere(SimulatedKiosk& kiosk,
                        const world::Document& holder = world::documents::resident(),
                        const char* kind = "NEW") {
    world::Application application;
    application.number = "A-20240531-000007";
    application.bizId = "T-000099-20240531-000007";
    application.terminalId = "T-000099";
    application.socialNumber = holder.number;
    application.kind = kind;
    application.bankCode = bankCode;
    application.state = "MARKED";
    application.createdTime = "2024-05-31T10:00:00.000+08:00";
    kiosk.outside().province().applications[application.number] = application;
}

TEST_CASE("a mark of a machine that is out of use is withdrawn, and the card made here") {
    SimulatedKiosk kiosk;
    plantMarkElsewhere(kiosk);
    kiosk.serve();
    kiosk.settle();
    const auto have = existing(kiosk.citizen());
    REQUIRE(have);
    CHECK(have->kind == session::ExistingKind::markedElsewhere);
    CHECK(have->canContinue);
    CHECK(kiosk.outside().province().messages["ISSUE.UNMARK"] == 1);
    CHECK(cardsInBooks(kiosk) == "holder 1");
    CHECK(applicationsAtProvince(kiosk) == "HANDED_OVER");
    CHECK(disagreements(kiosk) == Names{});
}

// Chosen is the one that the region offers, begun was the one that it does not.
TEST_CASE("an application of a service that is only a guide here is not led on") {
    for (const bool guide : {true, false}) {
        CAPTURE(guide);
        KioskSettings settings = shippedSettings();
        if (guide) settings.region.services.at("replacement").mode = policy::ServiceMode::guide;
        SimulatedKiosk kiosk(std::move(settings));
        plantMarkElsewhere(kiosk, lostCardHolder(), "LOST");
        kiosk.serve(lostCardHolder(), "first-card");
        kiosk.settle();
        const auto have = existing(kiosk.citizen());
        REQUIRE(have);
        CHECK(have->canContinue != guide);
        CHECK(applicationsAtProvince(kiosk) == (guide ? "MARKED" : "HANDED_OVER"));
        CHECK(cardsInBooks(kiosk) == (guide ? "-" : "holder 1"));
        CHECK(disagreements(kiosk) == Names{});
    }
}

void withdrawsTheMark(SimulatedKiosk& kiosk, session::ExistingKind found) {
    kiosk.citizen().seen.clear();
    kiosk.citizen().chooses = "withdraw-mark";
    kiosk.citizen().touchesFirst["already-have"] = {screen::ActionKind::choose};
    kiosk.serve();
    kiosk.settle();
    std::vector<session::ExistingKind> kinds;
    for (const ToldExisting& have : existingTold(kiosk.citizen())) {
        if (kinds.empty() || kinds.back() != have.kind) kinds.push_back(have.kind);
    }
    CHECK(kinds == std::vector{found, session::ExistingKind::markWithdrawn});
    CHECK(applicationsAtProvince(kiosk) == "CREATED");
    CHECK(cardsInBooks(kiosk) == "-");
    CHECK(disagreements(kiosk) == Names{});
    // The application is still there, and can be led on here when the person comes back.
    kiosk.citizen().seen.clear();
    kiosk.citizen().touchesFirst.clear();
    kiosk.serve();
    kiosk.settle();
    REQUIRE(existing(kiosk.citizen()));
    CHECK(existing(kiosk.citizen())->kind == session::ExistingKind::pendingHere);
    CHECK(cardsInBooks(kiosk) == "holder 1");
    CHECK(applicationsAtProvince(kiosk) == "HANDED_OVER");
}

TEST_CASE("an instant mark is withdrawn for its owner, of this machine or another") {
    SimulatedKiosk elsewhere;
    plantMarkElsewhere(elsewhere);
    withdrawsTheMark(elsewhere, session::ExistingKind::markedElsewhere);
    SimulatedKiosk here(shippedSettings({"printer.misfeed"}));
    here.serve();
    here.settle();
    REQUIRE(applicationsAtProvince(here) == "MARKED");
    withdrawsTheMark(here, session::ExistingKind::pendingHere);
}

TEST_CASE("who has a card gets no second first card") {
    SimulatedKiosk kiosk;
    kiosk.serve();
    kiosk.citizen().seen.clear();
    kiosk.serve();
    const auto have = existing(kiosk.citizen());
    REQUIRE(have);
    CHECK(have->kind == session::ExistingKind::validCard);
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

TEST_CASE("whose card is lost is not told to have a valid one") {
    SimulatedKiosk kiosk;
    kiosk.serve(lostCardHolder());
    const auto have = existing(kiosk.citizen());
    REQUIRE(have);
    CHECK(have->kind == session::ExistingKind::invalidCard);
    CHECK(have->cardNumberTail == "014");
    CHECK(cardsInBooks(kiosk) == "-");
}

// What somebody who has a card already is told, in both languages.
std::string toldAboutTheCard(bool replacing, bool valid) {
    KioskSettings settings = shippedSettings();
    if (!replacing) settings.region.services.erase("replacement");
    SimulatedKiosk kiosk(settings);
    kiosk.serve(valid ? world::documents::resident() : lostCardHolder());
    if (valid) {
        kiosk.citizen().seen.clear();
        kiosk.serve();
    }
    const auto have = existing(kiosk.citizen());
    REQUIRE(have);
    CHECK(have->kind ==
          (valid ? session::ExistingKind::validCard : session::ExistingKind::invalidCard));
    const auto words = ui::Dictionary::read(LIQU_SOURCE_DIR "/kiosk-config/strings").value();
    std::string told;
    for (const screen::Screen& screen : kiosk.citizen().seen) {
        const std::string_view page = screen::nameOf(screen.content);
        if (page != "choose-service" && page != "already-have") continue;
        for (const auto& [phrase, as] : test::shownWords(screen)) {
            for (const auto language : {screen::Language::chinese, screen::Language::english}) {
                told += words.text(language, phrase) + "\n";
            }
        }
    }
    return told;
}

TEST_CASE("a machine that replaces no card sends nobody back to it") {
    for (const bool valid : {true, false}) {
        CAPTURE(valid);
        const std::string elsewhere = toldAboutTheCard(false, valid);
        const std::string here = toldAboutTheCard(true, valid);
        const auto says = [](const std::string& told, const std::string& what) {
            return told.find(what) != std::string::npos;
        };
        for (const char* hint :
             {"come back", "go back and choose", "replacement", "补卡", "来这里"}) {
            CAPTURE(std::string(hint));
            CHECK_FALSE(says(elsewhere, hint));
        }
        CHECK(says(here, valid ? "Then come back here" : "choose the replacement here"));
        CHECK(says(here, valid ? "再来这里补卡" : "在这里选择补卡"));
        // The way there is said all the same.
        CHECK(says(elsewhere, valid ? "Report the loss formally" : "Staff will tell you why"));
    }
}

TEST_CASE("who is told what they have takes the ID card along before anybody else comes") {
    using session::ExistingKind;
    struct Row {
        const char* fault;  // of the first visit
        world::Document document;
        bool comesBack;
        ExistingKind kind;
    };
    for (const Row& row :
         {Row{"holder.walks-away@take-card", world::documents::resident(), true,
              ExistingKind::heldHere},
          Row{"chip.slow", world::documents::resident(), true, ExistingKind::validCard},
          Row{"chip.slow", lostCardHolder(), false, ExistingKind::invalidCard},
          Row{"province.person-pending", world::documents::resident(), false,
              ExistingKind::pendingElsewhere}}) {
        CAPTURE(static_cast<int>(row.kind));
        SimulatedKiosk kiosk(shippedSettings({row.fault}));
        if (row.comesBack) {
            kiosk.serve(row.document);
            kiosk.settle();
            kiosk.citizen().seen.clear();
        }
        const IdCardWatch idCard(kiosk);
        kiosk.serve(row.document);
        REQUIRE(existing(kiosk.citizen()));
        CHECK(existing(kiosk.citizen())->kind == row.kind);
        CHECK(idCard.lay());
        CHECK(idCard.askedBack());
        CHECK_FALSE(idCard.freeTooEarly());
    }
}

TEST_CASE("a held card is shown also where no card can be made") {
    SimulatedKiosk kiosk(shippedSettings({"province.line-cut@ISSUE.REPORT"}));
    kiosk.serve();
    kiosk.settle(3);
    kiosk.citizen().seen.clear();
    kiosk.citizen().names.clear();
    kiosk.citizen().usesQueries = true;
    kiosk.serve();
    REQUIRE(existing(kiosk.citizen()));
    CHECK(existing(kiosk.citizen())->kind == session::ExistingKind::heldHere);
    CHECK(!sawScreen(kiosk.citizen(), "consent"));
}

TEST_CASE("who has a card of another city is sent to have it cleared, and nothing is applied for") {
    world::Document document = lostCardHolder();
    document.name = "样例异地";
    document.number = "440000197906050113";
    SimulatedKiosk kiosk;
    kiosk.serve(document);
    const auto problems = problemsTold(kiosk.citizen());
    REQUIRE(!problems.empty());
    CHECK(nameOf(problems[0].reason) == "cardElsewhereInProvince");
    CHECK(kiosk.outside().province().applications.empty());
    CHECK(ordersOf(kiosk) == "-");
}

TEST_CASE("a card is replaced by its own bank's, or not here") {
    SimulatedKiosk kiosk;
    for (auto& [number, card] : kiosk.outside().province().cards) {
        if (card.socialNumber == lostCardHolder().number) card.bankCode = "B02";
    }
    kiosk.serve(lostCardHolder(), "replacement");
    CHECK(screensNamed(kiosk.citizen(), "loss-other-bank").size() > 0);
    CHECK(kiosk.outside().province().applications.empty());
    CHECK(ordersOf(kiosk) == "-");
    CHECK(screensNamed(kiosk.citizen(), "consent").empty());
}

TEST_CASE("a replacement is agreed to twice: that the account changes, and what is done") {
    SimulatedKiosk kiosk;
    kiosk.serve(lostCardHolder(), "replacement");
    const auto& names = kiosk.citizen().names;
    const auto notice = std::ranges::find(names, "replacement-agree");
    CHECK(std::find(notice, names.end(), "consent") != names.end());
    SimulatedKiosk declined;
    declined.citizen().touchesFirst["replacement-agree"] = {screen::ActionKind::decline};
    declined.serve(lostCardHolder(), "replacement");
    CHECK(declined.outside().province().applications.empty());
    CHECK(ordersOf(declined) == "-");
}

}  // namespace
}  // namespace liqu::scenario
