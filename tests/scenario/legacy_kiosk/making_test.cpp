// With an encryption machine beside the older system a card is made: its number comes with the
// batch and is compared with the blank before that is fed, and one 回盘 tells what became of it.
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/told.hpp"
#include "tests/scenario/legacy_kiosk/older_desk.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;
using world::LegacyCardState;

KioskSettings makingSettings(std::vector<std::string> faults = {}) {
    KioskSettings settings = olderSettings("hn", std::move(faults));
    settings.outside.hasEncryption = true;
    settings.region.items.phone = true;  // 固定电话*: an application without one is not taken
    return settings;
}

std::string branchListOf(SimulatedKiosk& kiosk) {
    std::string all;
    const auto rows = kiosk.database().query("SELECT message_type FROM branch_list").value();
    for (const storage::Row& row : rows) all += (all.empty() ? "" : ", ") + row.text(0);
    return all;
}

TEST_CASE("a first card is made, reported in one row, enabled and handed over") {
    SimulatedKiosk kiosk(makingSettings());
    kiosk.serve();
    kiosk.settle();
    for (const ToldProblem& problem : problemsTold(kiosk.citizen()))
        FAIL_CHECK(nameOf(problem.reason));
    std::string lines;
    for (const std::string& line : kiosk.logLines()) lines += line + "\n";
    CAPTURE(lines);
    world::LegacyBooks& there = kiosk.outside().older->books();
    const std::string number = kiosk.outside().blanks.front().cardNumber;
    REQUIRE(there.cards.contains(number));
    CHECK(there.cards.at(number).state == LegacyCardState::normal);
    CHECK(there.act("report", number).done == 1);
    CHECK(there.act("enable", number).done == 1);
    CHECK(cardsInBooks(kiosk) == "holder 1");
    CHECK(ordersOf(kiosk) == "handedOver");
    CHECK(outboxOf(kiosk) == "delivered 3");
    CHECK(branchListOf(kiosk) == "ISSUE.HANDOVER");
    CHECK(disagreements(kiosk) == Names{});
    CHECK(standing(kiosk) == "welcome");
}

TEST_CASE("a number that is not the next blank's: no card is fed, and nothing is reported") {
    SimulatedKiosk kiosk(makingSettings());
    world::LegacyBooks& there = kiosk.outside().older->books();
    std::swap(there.blanks.at(0), there.blanks.at(3));
    kiosk.serve();
    kiosk.settle();
    const std::string number = kiosk.outside().blanks.at(3).cardNumber;
    REQUIRE(there.cards.contains(number));
    CHECK(there.cards.at(number).report.empty());
    CHECK(kiosk.outside().printer->places().hoppers.front().size() ==
          static_cast<std::size_t>(loadedBlanks));
    CHECK(cardsInBooks(kiosk) == "-");
    CHECK_FALSE(problemsTold(kiosk.citizen()).empty());
    CHECK(disagreements(kiosk) == Names{});
}

}  // namespace
}  // namespace liqu::scenario
