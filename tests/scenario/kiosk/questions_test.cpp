// What is asked and answered without a card: how far an application is, what a card's state is.
// Rules: A-06, M-01, Q-01, Q-02.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/issuance/visit_book.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;

// The statements of the last page of that name.
Names told(SimulatedKiosk& kiosk, std::string_view page) {
    return noticesTold(kiosk.citizen(), page).value_or(Names());
}

bool isNoted(SimulatedKiosk& kiosk, ErrorCode reason) {
    const std::string day = formatDate(chinaDate(kiosk.outside().clock.wallTime()));
    const auto reasons = issuance::reasonsOn(kiosk.database(), day).value();
    return std::ranges::any_of(reasons,
                               [&](const auto& row) { return row.code == numberOf(reason); });
}

TEST_CASE("a question is answered, and nothing of it is kept") {
    SimulatedKiosk kiosk;
    kiosk.serve(world::documents::resident(), "progress");
    CHECK(told(kiosk, "progress") == Names{"progress.none"});
    kiosk.serve(world::documents::resident(), "card-state");
    CHECK(told(kiosk, "card-state") == Names{"card-state.no-card"});
    CHECK(ordersOf(kiosk) == "-");
    CHECK(outboxOf(kiosk) == "-");
    CHECK(isNoted(kiosk, ErrorCode::questionAnswered));
    CHECK(standing(kiosk) == "welcome");
}

TEST_CASE("what became of an application and of the card is told in words") {
    SimulatedKiosk kiosk;
    kiosk.serve();
    kiosk.settle();
    kiosk.serve(world::documents::resident(), "progress");
    CHECK(told(kiosk, "progress") == Names{"progress.handed-over"});
    kiosk.serve(world::documents::resident(), "card-state");
    CHECK(told(kiosk, "card-state") == Names{"card-state.normal"});
    kiosk.serve(lostCardHolder(), "card-state");
    CHECK(told(kiosk, "card-state") == Names{"card-state.formal-lost"});
}

TEST_CASE("each stage and each state has its words") {
    SimulatedKiosk kiosk;
    world::Books& books = kiosk.outside().province();
    kiosk.serve();
    kiosk.settle();
    auto& application = books.applications.begin()->second;
    for (const auto& [state, key] :
         std::map<std::string, std::string>{{"CREATED", "created"},
                                            {"MARKED", "marked"},
                                            {"DATA_READY", "making"},
                                            {"REPORTED_OK", "made"},
                                            {"ENABLED", "enabled"},
                                            {"HELD", "held"},
                                            {"CANCELLED", "cancelled"},
                                            {"NEEDS_STAFF", "needs-staff"}}) {
        application.state = state;
        kiosk.serve(world::documents::resident(), "progress");
        CHECK(told(kiosk, "progress") == Names{"progress." + key});
    }
    auto& card = *books.cardsOf(application.socialNumber).at(0);
    for (const auto& [state, key] :
         std::map<std::string, std::string>{{"NOT_ENABLED", "not-enabled"},
                                            {"TEMP_LOST", "temp-lost"},
                                            {"REPLACING", "replacing"},
                                            {"CANCELLED", "cancelled"},
                                            {"UNKNOWN", "unknown"}}) {
        card.state = state;
        kiosk.serve(world::documents::resident(), "card-state");
        CHECK(told(kiosk, "card-state") == Names{"card-state." + key});
    }
}

TEST_CASE("where no card can be made questions are answered all the same, and no card is offered") {
    SimulatedKiosk kiosk(shippedSettings({"printer.ribbon-end@yellow"}));
    kiosk.serve();
    kiosk.settle();
    kiosk.citizen().usesQueries = true;
    kiosk.citizen().names.clear();
    kiosk.citizen().seen.clear();
    kiosk.serve(world::documents::permit(), "progress");
    CHECK(std::ranges::count(kiosk.citizen().names, "queries-only") > 0);
    CHECK(told(kiosk, "progress") == Names{"progress.none"});
    for (const screen::Screen& screen : kiosk.citizen().seen) {
        const auto* choose = personPage(screen.content, "choose-service");
        if (choose == nullptr) continue;
        const auto& choices = std::get<screen::Choices>(choose->parts.back()).choices;
        CHECK(choices.size() == 4);
        CHECK(choices.back().id == "help");
        CHECK(choices.front().id == "loss-temporary");
    }
}

TEST_CASE("an answer that is missing or about somebody else is no answer") {
    for (const auto& [fault, reason] : std::map<std::string, std::string>{
             {"province.unreachable@CARD.QUERY", "provinceUnreachable"},
             {"province.other-person@CARD.QUERY", "answerForOtherPerson"},
             {"province.lies@PROGRESS.QUERY/value", "answerForOtherPerson"},
             {"province.unreachable@PROGRESS.QUERY", "provinceUnreachable"}}) {
        CAPTURE(fault);
        SimulatedKiosk kiosk(shippedSettings({fault.c_str()}));
        const bool ofCards = fault.find("CARD.QUERY") != std::string::npos;
        kiosk.serve(world::documents::resident(), ofCards ? "card-state" : "progress");
        const auto problems = problemsTold(kiosk.citizen());
        REQUIRE(!problems.empty());
        CHECK(nameOf(problems.back().reason) == reason);
        CHECK(problems.back().outcome == session::Outcome::notAnswered);
        CHECK(told(kiosk, ofCards ? "card-state" : "progress").empty());
    }
}

TEST_CASE("back from an answer is the choice before") {
    SimulatedKiosk kiosk;
    Citizen& citizen = kiosk.citizen();
    citizen.touchesFirst["progress"] = {screen::ActionKind::back};
    citizen.onTouch = [&citizen](screen::ActionKind touched) {
        if (touched == screen::ActionKind::back) citizen.touchesFirst.clear();
    };
    kiosk.serve(world::documents::resident(), "progress");
    CHECK(std::ranges::count(citizen.names, "choose-service") == 2);
    CHECK(std::ranges::count(citizen.names, "progress") == 2);
}

}  // namespace
}  // namespace liqu::scenario
