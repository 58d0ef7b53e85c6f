// Rules: G-24.
// A region's rules hold from a day to a day: outside them no card is made and nothing is changed,
// and everything else goes on. Every order keeps the edition it was begun under.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

// The last day, so many days from the day of the simulated world.
KioskSettings validUntil(int days) {
    KioskSettings settings = shippedSettings();
    const world::VirtualClock clock;
    settings.region.term.to = chinaDate(clock.wallTime() + std::chrono::days(days));
    return settings;
}

std::vector<std::string> offeredTo(Citizen& citizen) {
    std::vector<std::string> ids;
    for (const screen::Screen& screen : screensNamed(citizen, "choose-service")) {
        const auto* page = personPage(screen.content, "choose-service");
        for (const auto& choice : std::get<screen::Choices>(page->parts.back()).choices)
            ids.push_back(choice.id);
    }
    return ids;
}

TEST_CASE("on the last day a card is made; a day later only questions are answered") {
    SimulatedKiosk inTime(validUntil(0));
    inTime.serve();
    CHECK(ordersOf(inTime) != "-");
    SimulatedKiosk late(validUntil(-1));
    late.truth().breaks(&truth::Truth::rulesOver);
    late.citizen().usesQueries = true;
    late.serve(world::documents::resident(), "progress");
    CHECK(ordersOf(late) == "-");
    CHECK(noticesTold(late.citizen(), "progress") == std::vector<std::string>{"progress.none"});
    CHECK(offeredTo(late.citizen()) == std::vector<std::string>{"progress", "card-state", "help"});
}

TEST_CASE("rules that begin tomorrow make no card today") {
    KioskSettings settings = shippedSettings();
    const world::VirtualClock clock;
    settings.region.term.from = chinaDate(clock.wallTime() + std::chrono::days(1));
    SimulatedKiosk kiosk(std::move(settings));
    kiosk.truth().breaks(&truth::Truth::rulesOver);
    kiosk.serve();
    CHECK(ordersOf(kiosk) == "-");
    CHECK(standing(kiosk) == "rulesNotInForce");
}

TEST_CASE("an order keeps the edition of the rules it was begun under") {
    KioskSettings settings = shippedSettings();
    settings.region.policyId = "elsewhere-7";
    settings.region.version = 12;
    SimulatedKiosk kiosk(std::move(settings));
    kiosk.serve();
    kiosk.settle();
    const auto rows = kiosk.database().query("SELECT policy FROM orders");
    REQUIRE(rows);
    REQUIRE(rows->size() == 1);
    CHECK(rows->front().text(0) == "elsewhere-7/12");
}

}  // namespace
}  // namespace liqu::scenario
