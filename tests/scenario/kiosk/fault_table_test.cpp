#include "tests/scenario/kiosk/fault_table.hpp"

#include <doctest/doctest.h>
#include <set>
#include <sstream>

#include "tests/scenario/kiosk/agreement.hpp"

namespace liqu::scenario {
namespace {

struct Told {
    std::string screen;
    std::string reason;
};

// Some rows need two faults: the second makes the way out of the first one fail.
std::vector<std::string> verbsOf(const FaultRow& row) {
    std::vector<std::string> verbs;
    std::istringstream words{std::string(row.fault)};
    for (std::string verb; words >> verb;) verbs.push_back(verb);
    return verbs;
}

// The first screen that says something is wrong, or how far the visit came.
Told toldBy(const Citizen& citizen) {
    Told told;
    for (const session::Screen& screen : citizen.seen) {
        const std::string name(session::nameOf(screen.content));
        if (const auto* problem = std::get_if<session::ProblemScreen>(&screen.content)) {
            return {name, std::string(nameOf(problem->reason))};
        }
        if (const auto* out = std::get_if<session::OutOfServiceScreen>(&screen.content)) {
            return {name, std::string(nameOf(out->reason))};
        }
        if (const auto* queries = std::get_if<session::QueriesOnlyScreen>(&screen.content)) {
            return {name, std::string(nameOf(queries->reason))};
        }
        if (name == "already-have" || name == "next-steps") return {name, ""};
        if (name != "welcome") told.screen = name;
    }
    return told;
}

// Longer than any deadline of the kiosk's own (rulings 5).
constexpr Duration longTime = std::chrono::minutes(35);

// What a technician does who comes afterwards: plugs in, closes, pulls the stuck card out.
void callTechnician(SimulatedKiosk& kiosk) {
    Outside& outside = kiosk.outside();
    outside.idReader->plugIn();
    outside.printer->plugIn();
    outside.printer->takeOutJammed();
    outside.printer->setCover(false);
    outside.clock.sleepFor(longTime);
    kiosk.settle();
}

TEST_CASE("every fault ends as the table says") {
    for (const FaultRow& row : faultTable()) {
        CAPTURE(std::string(row.fault));
        SimulatedKiosk kiosk(shippedSettings(verbsOf(row)));
        kiosk.serve();
        kiosk.settle();
        callTechnician(kiosk);
        const Told told = toldBy(kiosk.citizen());
        CHECK(told.screen == row.screen);
        CHECK(told.reason == row.reason);
        CHECK(cardsInBooks(kiosk) == row.cards);
        CHECK(applicationsAtProvince(kiosk) == row.application);
        CHECK(outboxOf(kiosk) == row.outbox);
        CHECK(kiosk.outside().faults.allFired());
        for (const std::string& what : disagreements(kiosk)) CHECK_MESSAGE(what.empty(), what);
    }
}

TEST_CASE("no fault is missing from the table") {
    std::set<std::string> inTable;
    for (const FaultRow& row : faultTable()) {
        for (const std::string& verb : verbsOf(row)) inTable.insert(verb.substr(0, verb.find('@')));
    }
    for (const world::Fault fault : world::allFaults()) {
        CAPTURE(world::verbOf(fault));
        CHECK(inTable.contains(std::string(world::verbOf(fault))));
    }
}

}  // namespace
}  // namespace liqu::scenario
