// Whoever lost a slip gets it once more from staff, marked as a copy.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/staff/staff_hands.hpp"

using namespace liqu;
using namespace liqu::scenario;

namespace {

constexpr const char* number = "slip-T-000017-20240601-S0001";

void goToSlip(StaffHands& hands) {
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "reports");
    hands.touch("staff-reports", "slips");
    hands.touch("staff-slips", number);
}

}  // namespace

TEST_CASE("staff print a slip again, and the record says who did") {
    StaffedKiosk branch({}, "snbc-t080");
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    REQUIRE(branch.kiosk->paper().slips.size() == 1);
    goToSlip(branch.hands);
    branch.hands.touch("staff-slip", "print");
    branch.hands.touch("staff-done", "understood");
    branch.hands.goBack("staff-slips");
    branch.hands.goBack("staff-reports");
    branch.hands.signOut("staff-menu");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(branch.hands.unsaid.empty());
    const auto& slips = branch.kiosk->paper().slips;
    REQUIRE(slips.size() == 2);
    // The mark of a copy makes it longer; nothing else of it changes.
    CHECK(slips[1].size() > slips[0].size());
    CHECK(branch.number("SELECT copies FROM slips") == 1);
    CHECK(branch.number("SELECT count(*) FROM slips") == 1);
    const auto record = branch.record();
    CHECK(std::ranges::find(record, "print-slip 1001") != record.end());
}

TEST_CASE("a copy that could not be printed is said, and is none") {
    StaffedKiosk branch({}, "snbc-t080");
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    branch.kiosk->paper().coverOpen = true;
    goToSlip(branch.hands);
    branch.hands.touch("staff-slip", "print");
    branch.hands.touch("staff-problem", "understood");
    branch.hands.goBack("staff-slips");
    branch.hands.goBack("staff-reports");
    branch.hands.signOut("staff-menu");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(branch.kiosk->paper().slips.size() == 1);
    CHECK(branch.number("SELECT copies FROM slips") == 0);
}
