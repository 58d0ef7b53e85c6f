// Who comes in, what they see, and how they leave.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/staff/staff_hands.hpp"

using namespace liqu;
using namespace liqu::scenario;

namespace {

std::vector<std::string> menuOf(const StaffHands& hands) {
    std::vector<std::string> ids;
    for (const session::Screen& screen : hands.screens) {
        const auto* menu = std::get_if<session::StaffMenuScreen>(&screen.content);
        if (menu == nullptr) continue;
        ids.clear();
        for (const session::StaffWay& way : menu->ways) ids.push_back(way.choice);
    }
    return ids;
}

bool has(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

TEST_CASE("two touches in the corner are nothing; three, and a number with its PIN, are a menu") {
    StaffedKiosk branch;
    branch.kiosk->turn();
    CHECK(branch.hands.names.back() == "welcome");
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1004");
    branch.hands.signOut("staff-menu");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(branch.hands.names.back() == "welcome");
    // An auditor looks, and moves nothing.
    const auto menu = menuOf(branch.hands);
    CHECK(has(menu, "stock"));
    CHECK(has(menu, "audit"));
    CHECK_FALSE(has(menu, "lanes"));
    CHECK_FALSE(has(menu, "cases"));
    CHECK(has(branch.record(), "sign-in 1004"));
    CHECK(has(branch.record(), "sign-out 1004"));
    CHECK(branch.hands.unsaid.empty());
}

TEST_CASE("a wrong PIN says so and makes wait; nobody learns whether the number exists") {
    StaffedKiosk branch;
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1001", "999998");
    branch.hands.signIn("4711", "999998");
    branch.hands.goBack("staff-sign-in");
    branch.hands.play();
    CHECK(branch.hands.done());
    std::vector<ErrorCode> said;
    for (const session::Screen& screen : branch.hands.screens) {
        const auto* signIn = std::get_if<session::StaffSignInScreen>(&screen.content);
        if (signIn != nullptr && signIn->lastTry) said.push_back(*signIn->lastTry);
    }
    REQUIRE(said.size() == 2);
    CHECK(said[0] == said[1]);
    CHECK_FALSE(has(branch.hands.names, "staff-menu"));
}

TEST_CASE("whoever walks away is signed out") {
    StaffedKiosk branch;
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1001");
    branch.hands.touch("staff-menu", "stock");
    branch.hands.play();
    CHECK(branch.hands.done());
    CHECK(branch.hands.names.back() == "welcome");
    CHECK(has(branch.hands.names, "staff-stock"));
    CHECK(has(branch.record(), "sign-out 1001"));
    CHECK(branch.number("SELECT count(*) FROM staff_audit WHERE object = 'time over'") == 1);
}

TEST_CASE("a PIN that somebody else chose is changed before anything else") {
    StaffedKiosk branch;
    SeededRandom random(9);
    staff::Accounts accounts(branch.database(), random);
    REQUIRE(accounts.resetPin("1002", SecretText("405060"), {"1003", "1001"},
                              branch.kiosk->outside().clock.wallTime()));
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1002", "405060");
    branch.hands.type("staff-new-pin", {{"pin", "111111"}, {"again", "111111"}});
    branch.hands.type("staff-new-pin", {{"pin", "730152"}, {"again", "730151"}});
    branch.hands.type("staff-new-pin", {{"pin", "730152"}, {"again", "730152"}});
    branch.hands.touch("staff-done", "understood");
    branch.hands.signOut("staff-menu");
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1002", "730152");
    branch.hands.signOut("staff-menu");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
}

TEST_CASE("every page a role can open has its words") {
    StaffedKiosk branch;
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1003");
    for (const char* entry : {"stock", "boxes", "held", "faces", "bins", "cases", "lost", "reports",
                              "history", "queue", "people", "audit"}) {
        branch.hands.touch("staff-menu", entry);
        branch.hands.goBack(std::string("staff-") + entry);
    }
    branch.hands.touch("staff-menu", "people");
    branch.hands.touch("staff-people", "person-1001");
    branch.hands.goBack("staff-person");
    branch.hands.goBack("staff-people");
    branch.hands.touch("staff-menu", "history");
    branch.hands.touch("staff-history", "by-number");
    branch.hands.type("staff-history-question",
                      {{"wanted", branch.kiosk->outside().blanks.front().cardNumber}});
    branch.hands.goBack("staff-history-lines");
    branch.hands.goBack("staff-history");
    branch.hands.signOut("staff-menu");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("a supervisor alone cannot make a second person of a colleague's number") {
    StaffedKiosk branch;
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1003");
    branch.hands.touch("staff-menu", "people");
    branch.hands.touch("staff-people", "person-1002");
    branch.hands.touch("staff-person", "reset-pin");
    branch.hands.secondSignsIn("1004");
    branch.hands.type("staff-new-pin", {{"pin", "405060"}, {"again", "405060"}});
    branch.hands.touch("staff-done", "understood");
    branch.hands.goBack("staff-people");
    // The number whose PIN the supervisor knows does not stand by.
    branch.hands.touch("staff-menu", "day");
    branch.hands.touch("staff-day", "freeze");
    branch.hands.secondSignsIn("1002", "405060");
    branch.hands.touch("staff-problem", "understood");
    branch.hands.signOut("staff-day");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(has(branch.record(), "reset-pin 1003+1004"));
    CHECK(branch.number("SELECT count(*) FROM days WHERE state = 'frozen'") == 0);
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("an own PIN is changed by whoever knows the old one, to another one") {
    StaffedKiosk branch;
    const auto change = [&](const char* old, const char* pin) {
        branch.hands.type("staff-new-pin", {{"old", old}, {"pin", pin}, {"again", pin}});
    };
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1002");
    branch.hands.touch("staff-menu", "own-pin");
    change("999998", "730152");
    branch.hands.touch("staff-problem", "understood");
    branch.hands.onScreen = [&](const std::string&) {
        branch.kiosk->outside().clock.sleepFor(std::chrono::seconds{20});
    };
    change("274913", "274913");
    branch.hands.touch("staff-problem", "understood");
    change("274913", "730152");
    branch.hands.touch("staff-done", "understood");
    branch.hands.signOut("staff-menu");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
}
