// Visits in which nothing goes wrong: every kind of document and card, from the first touch to the
// card in the hand, and all records agree.
// Rules, D-05, F-02, I-01, I-06, I-08, M-02, R-01, R-02.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/session/making_watch.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"
#include "tests/world/chip/card_memory.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;

struct Happy {
    const char* title;
    world::Document document;
    const char* chipVersion;
    const char* service;
    const char* socialNumber;
};

const Names screensOfAFirstCard = {
    "starting",       "welcome",   "lay-down-id-card", "is-this-you",    "waiting",
    "choose-service", "waiting",   "consent",          "consent-choice", "waiting",
    "making",         "take-card", "take-id-card",     "next-steps",     "welcome"};

void checkVisit(const Happy& visit) {
    CAPTURE(visit.title);
    KioskSettings settings = shippedSettings();
    settings.outside.chipVersion = visit.chipVersion;
    SimulatedKiosk kiosk(settings);
    kiosk.serve(visit.document, visit.service);
    kiosk.settle();

    for (const ToldProblem& problem : problemsTold(kiosk.citizen())) {
        FAIL_CHECK(nameOf(problem.reason));
    }
    Names expected = screensOfAFirstCard;
    if (std::string_view(visit.service) == "replacement")
        expected.insert(std::ranges::find(expected, "consent"), "replacement-agree");
    CHECK(kiosk.citizen().names == expected);
    CHECK(cardsInBooks(kiosk) == "holder 1");
    CHECK(applicationsAtProvince(kiosk) == "HANDED_OVER");
    CHECK(outboxOf(kiosk) == "delivered 3");
    CHECK(ordersOf(kiosk) == "handedOver");
    CHECK(disagreements(kiosk) == Names{});

    const std::string number = kiosk.outside().blanks.front().cardNumber;
    CHECK(kiosk.outside().printer->places().holder.at(0).id == number);
    const world::CardMemory chip = kiosk.outside().chipOf(number).memory();
    const std::string holder(textOf(chip.item(world::card_tag::socialNumber)));
    CHECK(holder.starts_with(visit.socialNumber));
    const world::Card& card = kiosk.outside().province().cards.at(number);
    CHECK(card.socialNumber == visit.socialNumber);
    CHECK(card.state == "NORMAL");
    CHECK(card.timesHandedOver == 1);
}

TEST_CASE("every kind of document gets its card, of both generations") {
    for (const char* version : {"3.00", "2.00"}) {
        CAPTURE(version);
        checkVisit({"resident", world::documents::resident(), version, "first-card",
                    "110000198503120015"});
        checkVisit(
            {"permit", world::documents::permit(), version, "first-card", "810000199408230021"});
        checkVisit({"foreigner 2017", world::documents::foreigner2017(), version, "first-card",
                    "UTO110085031201"});
        checkVisit({"foreigner 2023", world::documents::foreigner2023(), version, "first-card",
                    "91184019850312001X"});
        checkVisit({"replacement", lostCardHolder(), version, "replacement", "440000197906050033"});
    }
}

// Decision 19: known before anything is fed or applied for.
TEST_CASE("a name the chip cannot hold ends the visit before a blank is fed") {
    SimulatedKiosk kiosk;
    kiosk.serve(world::documents::residentRareName());
    kiosk.settle();
    const auto told = problemsTold(kiosk.citizen());
    REQUIRE(!told.empty());
    CHECK(nameOf(told.front().reason) == "nameCharacterNotOnChip");
    CHECK(cardsInBooks(kiosk) == "-");
    CHECK(applicationsAtProvince(kiosk) == "-");
    CHECK(ordersOf(kiosk) == "-");
}

TEST_CASE("a replacement ends the old card's validity") {
    SimulatedKiosk kiosk;
    kiosk.serve(lostCardHolder(), "replacement");
    kiosk.settle();
    CHECK(kiosk.outside().province().cards.at("K00000014").state == "CANCELLED");
}

TEST_CASE("three people one after the other get three cards") {
    SimulatedKiosk kiosk;
    kiosk.serve(world::documents::resident());
    kiosk.serve(world::documents::permit());
    kiosk.serve(lostCardHolder(), "replacement");
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "holder 3");
    CHECK(outboxOf(kiosk) == "delivered 9");
    CHECK(disagreements(kiosk) == Names{});
    CHECK(kiosk.citizen().timesForgotten == 3);
}

TEST_CASE("screens show name and number masked only, and none after the visit") {
    SimulatedKiosk kiosk;
    kiosk.serve();
    int confirmations = 0;
    for (const screen::Screen& screen : kiosk.citizen().seen) {
        const auto* mine = std::get_if<screen::IsThisYouScreen>(&screen.content);
        if (mine == nullptr) continue;
        ++confirmations;
        CHECK(mine->maskedName.reveal() == "测***");
        CHECK(mine->maskedNumber.reveal() == "1100**********0015");
    }
    CHECK(confirmations == 1);
    CHECK(kiosk.citizen().timesForgotten == 1);
    for (const std::string& line : kiosk.logLines()) {
        CHECK(line.find("110000198503120015") == std::string::npos);
        CHECK(line.find("测试样例") == std::string::npos);
    }
}

TEST_CASE("the progress a person sees never goes backwards") {
    SimulatedKiosk kiosk;
    kiosk.serve();
    int last = 0;
    for (const screen::Screen& screen : kiosk.citizen().seen) {
        const auto* making = std::get_if<screen::MakingScreen>(&screen.content);
        if (making == nullptr) continue;
        CHECK(making->percent >= last);
        last = making->percent;
    }
    CHECK(last > 80);
}

std::vector<screen::MakingScreen> makingOf(SimulatedKiosk& kiosk) {
    std::vector<screen::MakingScreen> making;
    for (const screen::Screen& screen : kiosk.citizen().seen) {
        const auto& content = screen.content;
        if (const auto* one = std::get_if<screen::MakingScreen>(&content)) making.push_back(*one);
    }
    return making;
}

TEST_CASE("a making has three steps, and each screen tells where its step will end") {
    SimulatedKiosk kiosk;
    kiosk.serve();
    const auto making = makingOf(kiosk);
    REQUIRE(making.size() > 8);
    for (const screen::MakingScreen& one : making) {
        CHECK(one.steps == Names{"making.checking", "making.writing", "making.printing"});
        CHECK(one.percentAfter >= one.percent);
        CHECK(one.slowAfter > one.untilAfter);
    }
    CHECK(making.front().current == 0);
    CHECK(making.back().current == 2);
    CHECK(making.back().percentAfter == 100);
}

TEST_CASE("the time that is told is this machine's own, as soon as it knows enough cards") {
    SimulatedKiosk kiosk;
    for (int card = 1; card <= 5; ++card) {
        auto transaction = storage::Transaction::begin(kiosk.database()).value();
        const std::string order = "earlier-" + std::to_string(card);
        REQUIRE(transaction.run(
            "INSERT INTO orders(order_id, opened_at, service, holder_digest, state) "
            "VALUES(?, 0, 'first-card', '', 'handedOver')",
            {order}));
        for (const std::string phase : {"intent", "fact"}) {
            REQUIRE(
                transaction.run("INSERT INTO journal(order_id, step, attempt, phase, at, detail) "
                                "VALUES(?, 'feed', 1, ?, ?, '')",
                                {order, phase, std::int64_t{phase == "fact" ? 65'000 : 0}}));
        }
        REQUIRE(transaction.commit());
    }
    kiosk.serve();
    // A minute more than the plan has for it.
    const auto making = makingOf(kiosk);
    REQUIRE_FALSE(making.empty());
    const auto planned = session::makingAt(issuance::cardPlan, issuance::cardPlan.first(), {});
    CHECK(*making.front().timeLeft == *planned.timeLeft + std::chrono::minutes{1});
}

TEST_CASE("the ID card may go as soon as the making begins, and nothing is said once it is gone") {
    SimulatedKiosk kiosk;
    kiosk.citizen().onScreen = [&kiosk](std::string_view name) {
        if (name == "making") kiosk.outside().idReader->lift();
    };
    kiosk.serve();
    const auto making = makingOf(kiosk);
    REQUIRE(making.size() > 8);
    CHECK(making.front().idCardMayGo);
    CHECK_FALSE(making.back().idCardMayGo);
    CHECK(std::ranges::find(kiosk.citizen().names, "take-id-card") == kiosk.citizen().names.end());
}

}  // namespace
}  // namespace liqu::scenario
