// The daily count at the machine: two people, no number before both have typed, the close, the
// report and its copy; what differs becomes a case.
#include "firmware/custody/day.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/base/whole_file.hpp"
#include "tests/scenario/staff/staff_hands.hpp"

using namespace liqu;
using namespace liqu::scenario;

namespace {

using Counts = std::map<std::string, std::string>;

const Counts rightCounts = {{"hopper-1", "8"},   {"path", "0"},         {"hold-bin", "0"},
                            {"reject-bin", "0"}, {"old-card-bin", "0"}, {"vault", "0"}};

void freeze(StaffHands& hands) {
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "day");
    hands.touch("staff-day", "freeze");
    hands.secondSignsIn("1002");
}

// The first person is signed in already; the second comes for herself.
void bothType(StaffHands& hands, const Counts& first, const Counts& second) {
    hands.touch("staff-day-typing", "type-counts");
    hands.type("staff-count", first);
    hands.signOut("staff-day-typing");
    hands.comeToTheCorner();
    hands.signIn("1002");
    hands.touch("staff-menu", "day");
    hands.touch("staff-day-typing", "type-counts");
    hands.type("staff-count", second);
}

void supervisorCloses(StaffHands& hands, const std::string& page) {
    hands.signOut(page);
    hands.comeToTheCorner();
    hands.signIn("1003");
    hands.touch("staff-menu", "day");
    hands.touch(page, "close");
    hands.secondSignsIn("1001");
}

bool showsNumber(const session::Screen& screen, const std::string& number) {
    const auto* page = std::get_if<session::StaffPageScreen>(&screen.content);
    if (page == nullptr) return false;
    for (const auto* tables : {&page->tables, &page->moreTables}) {
        for (const session::StaffTable& table : *tables) {
            for (const session::StaffRow& row : table.rows) {
                for (const session::Words& cell : row.cells) {
                    if (cell.key.empty() && !cell.values.empty() &&
                        cell.values.front().second == number) {
                        return true;
                    }
                }
            }
        }
    }
    return false;
}

std::string nameOf(const session::Screen& screen) {
    return std::string(session::nameOf(screen.content));
}

}  // namespace

TEST_CASE("equal counts close the day; the report is there and on the stick") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    freeze(hands);
    bothType(hands, rightCounts, rightCounts);
    supervisorCloses(hands, "staff-day-equal");
    hands.touch("staff-report", "copy");
    hands.touch("staff-done", "understood");
    hands.signOut("staff-report");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(hands.unsaid.empty());
    for (const std::string& key : hands.unsaid) CHECK_MESSAGE(false, key);
    // Nobody saw a number while it was counted.
    for (const session::Screen& screen : hands.screens) {
        if (nameOf(screen) == "staff-day-typing") CHECK_FALSE(showsNumber(screen, "8"));
    }
    int pdf = 0;
    int csv = 0;
    for (const auto& entry : std::filesystem::directory_iterator(branch.stick)) {
        const auto kind = entry.path().extension();
        pdf += kind == ".pdf";
        csv += kind == ".csv";
        const auto mine = readWholeFile(branch.kiosk->reports() / entry.path().filename());
        CHECK(mine.value() == readWholeFile(entry.path()).value());
    }
    CHECK(pdf == 1);
    CHECK(csv == 1);
    CHECK(custody::closedDays(branch.database(), 9).value().size() == 1);
}

TEST_CASE("while it is counted no card is made and the stock shows no number") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    freeze(hands);
    hands.goBack("staff-day-typing");
    hands.touch("staff-menu", "stock");
    hands.signOut("staff-stock");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    for (const session::Screen& screen : hands.screens) {
        if (nameOf(screen) == "staff-stock") CHECK_FALSE(showsNumber(screen, "8 / 100"));
    }
    branch.kiosk->turn();
    CHECK(hands.names.back() != "welcome");
}

TEST_CASE("different counts are counted again, and then become a case that two settle") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    Counts oneShort = rightCounts;
    oneShort["hopper-1"] = "7";
    freeze(hands);
    bothType(hands, oneShort, oneShort);
    hands.touch("staff-day-recount", "recount");
    hands.secondSignsIn("1001");
    hands.touch("staff-day-typing", "type-counts");
    hands.type("staff-count", {{"hopper-1", "7"}});
    hands.signOut("staff-day-typing");
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "day");
    hands.touch("staff-day-typing", "type-counts");
    hands.type("staff-count", {{"hopper-1", "7"}});
    supervisorCloses(hands, "staff-day-differs");
    hands.goBack("staff-report");
    hands.touch("staff-menu", "cases");
    hands.touch("staff-cases", "case-1");
    hands.touch("staff-case", "release");
    hands.touch("staff-reason", "double-feed");
    hands.secondSignsIn("1002");
    hands.touch("staff-done", "understood");
    hands.signOut("staff-cases");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    for (const std::string& key : hands.unsaid) CHECK_MESSAGE(false, key);
    const auto cases = custody::casesOf(
        branch.database(), custody::closedDays(branch.database(), 1).value().at(0).day);
    REQUIRE(cases);
    REQUIRE(cases->size() == 1);
    CHECK(cases->front().releaseReason == "double-feed");
    CHECK(cases->front().releasedBy.operatorId == "1003");
    CHECK(cases->front().releasedBy.secondOperatorId == "1002");
}

TEST_CASE("one person twice is refused, and nothing is frozen") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "day");
    hands.touch("staff-day", "freeze");
    hands.secondSignsIn("1001");
    hands.touch("staff-problem", "understood");
    hands.signOut("staff-day");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(custody::countingState(branch.database()).value() == custody::CountingState::notFrozen);
}

TEST_CASE("a clerk may count but not close") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    freeze(hands);
    bothType(hands, rightCounts, rightCounts);
    hands.touch("staff-day-equal", "close");
    hands.touch("staff-problem", "understood");
    hands.signOut("staff-day-equal");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
}

TEST_CASE("a stick that is not there is said, and the report stays in the machine") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    std::filesystem::remove_all(branch.stick);
    freeze(hands);
    bothType(hands, rightCounts, rightCounts);
    supervisorCloses(hands, "staff-day-equal");
    hands.touch("staff-report", "copy");
    hands.touch("staff-problem", "understood");
    hands.signOut("staff-report");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK_FALSE(std::filesystem::is_empty(branch.kiosk->reports()));
}
