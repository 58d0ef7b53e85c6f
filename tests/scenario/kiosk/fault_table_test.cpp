#include "tests/scenario/kiosk/fault_table.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <set>

#include "tests/scenario/kiosk/agreement.hpp"

namespace liqu::scenario {
namespace {

struct Told {
    std::string screen;
    std::string reason;
};

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
    const char* const only = std::getenv("LIQU_FAULT");
    for (const FaultRow& row : faultTable()) {
        if (only != nullptr && !row.fault.starts_with(only)) continue;
        CAPTURE(std::string(row.fault));
        SimulatedKiosk kiosk(shippedSettings({std::string(row.fault)}));
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
    for (const FaultRow& row : faultTable()) inTable.emplace(row.fault.substr(0, row.fault.find('@')));
    for (const world::Fault fault : world::allFaults()) {
        CAPTURE(world::verbOf(fault));
        CHECK(inTable.contains(std::string(world::verbOf(fault))));
    }
}

}  // namespace
}  // namespace liqu::scenario
