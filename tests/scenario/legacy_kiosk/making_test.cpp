// With an encryption machine beside the older system a card is made: its number comes with the
// batch and is compared with the blank before that is fed, and one 回盘 tells what became of it.
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/told.hpp"
#include "tests/scenario/legacy_kiosk/older_desk.hpp"

namespace liqu::scenario {
namespace {

using world::LegacyCardState;

KioskSettings makingSettings(std::vector<std::string> faults = {}) {
    KioskSettings settings = olderSettings("hn", std::move(faults));
    settings.outside.hasEncryption = true;
    settings.region.items.phone = true;  // 固定电话*: an application without one is not taken
    return settings;
}

// What is said there of a document without an end nobody knows (longTerm of the table).
world::Document newcomer() {
    world::Document document = world::documents::resident();
    document.validTo = "20400101";
    return document;
}

std::string branchListOf(SimulatedKiosk& kiosk) {
    std::string all;
    const auto rows = kiosk.database().query("SELECT message_type FROM branch_list").value();
    for (const storage::Row& row : rows) all += (all.empty() ? "" : ", ") + row.text(0);
    return all;
}

// Every record agrees, and the server saw nothing twice and nothing blind.
void checkAgreement(SimulatedKiosk& kiosk) {
    for (const std::string& one : disagreements(kiosk)) FAIL_CHECK(one);
    const auto rows = kiosk.database()
                          .query(
                              "SELECT count(*), (SELECT count(*) FROM branch_list WHERE "
                              "message_type = 'ISSUE.HANDOVER') FROM cards WHERE place = "
                              "'holder'")
                          .value();
    // Of those that were kept, too.
    CHECK(rows[0].integer(0) <= rows[0].integer(1));
}

TEST_CASE("a first card is made, reported in one row, enabled and handed over") {
    SimulatedKiosk kiosk(makingSettings());
    kiosk.serve(newcomer());
    kiosk.settle();
    for (const ToldProblem& problem : problemsTold(kiosk.citizen()))
        FAIL_CHECK(nameOf(problem.reason));
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
    checkAgreement(kiosk);
    CHECK(standing(kiosk) == "welcome");
}

TEST_CASE("a blank that fails is reported as failed, and whoever comes again gets another number") {
    SimulatedKiosk kiosk(makingSettings({"chip.6581@name"}));
    kiosk.serve(newcomer());
    kiosk.settle();
    CHECK(cardsInBooks(kiosk) == "reject-bin 1");
    checkAgreement(kiosk);
    kiosk.serve(newcomer());
    kiosk.settle();
    world::LegacyBooks& there = kiosk.outside().older->books();
    const std::string first = kiosk.outside().blanks.at(0).cardNumber;
    const std::string second = kiosk.outside().blanks.at(1).cardNumber;
    CHECK(there.act("report-failed", first).done == 1);
    CHECK(there.act("report", second).done == 1);
    CHECK(cardsInBooks(kiosk) == "holder 1, reject-bin 1");
    checkAgreement(kiosk);
}

TEST_CASE("a blank with another chip is put away, and the next one has not the number assigned") {
    SimulatedKiosk kiosk(makingSettings({"chip.foreign"}));
    kiosk.serve(newcomer());
    kiosk.settle();
    // It was fed, and nothing was done to it: it waits there for the number that is its own.
    CHECK(cardsInBooks(kiosk) == "chip-station 1, reject-bin 1");
    CHECK(kiosk.outside()
              .older->books()
              .act("report", kiosk.outside().blanks.at(1).cardNumber)
              .asked == 0);
    checkAgreement(kiosk);
}

TEST_CASE("the power goes at any call of a making: no card is made twice, and none is lost") {
    for (const bool isHeard : {false, true}) {
        int cuts = 0;
        while (true) {
            CAPTURE(isHeard);
            CAPTURE(cuts);
            CutAtCall line(cuts + 1, isHeard);
            KioskSettings settings = makingSettings();
            settings.seams = &line;
            SimulatedKiosk kiosk(settings);
            line.beginCounting();
            if (!kiosk.serveUntilPowerCut(newcomer(), "first-card")) break;
            ++cuts;
            kiosk.outside().losePower();
            kiosk.restart();
            kiosk.settle();
            checkAgreement(kiosk);
            kiosk.serve(newcomer());
            kiosk.settle();
            checkAgreement(kiosk);
        }
        CHECK(cuts > 8);
    }
}

TEST_CASE("a number that is not the next blank's: no card is fed, and nothing is reported") {
    SimulatedKiosk kiosk(makingSettings());
    world::LegacyBooks& there = kiosk.outside().older->books();
    std::swap(there.blanks.at(0), there.blanks.at(3));
    kiosk.serve(newcomer());
    kiosk.settle();
    const std::string number = kiosk.outside().blanks.at(3).cardNumber;
    REQUIRE(there.cards.contains(number));
    CHECK(there.cards.at(number).report.empty());
    CHECK(kiosk.outside().printer->places().hoppers.front().size() ==
          static_cast<std::size_t>(loadedBlanks));
    CHECK(cardsInBooks(kiosk) == "-");
    CHECK_FALSE(problemsTold(kiosk.citizen()).empty());
    checkAgreement(kiosk);
}

}  // namespace
}  // namespace liqu::scenario
