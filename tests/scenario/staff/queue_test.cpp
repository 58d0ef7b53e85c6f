// What only staff can end: a failure that repeats, and a message that can never be sent.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/issuance/streak.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/staff/staff_hands.hpp"

using namespace liqu;
using namespace liqu::scenario;

namespace {

bool has(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

std::vector<std::string> noticesOfMenus(const StaffHands& hands) {
    std::vector<std::string> keys;
    for (const screen::Screen& screen : hands.screens) {
        const auto* menu = std::get_if<screen::StaffMenuScreen>(&screen.content);
        if (menu == nullptr) continue;
        for (const screen::Notice& notice : menu->notices) keys.push_back(notice.text.key);
    }
    return keys;
}

}  // namespace

TEST_CASE("two mute blanks stop the feeding; staff see why, say so, and the next card is made") {
    StaffedKiosk branch({"chip.mute@1", "chip.mute@2"});
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    CHECK(cardsInBooks(*branch.kiosk) == "reject-bin 2");
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1003");
    branch.hands.touch("staff-menu", "making");
    branch.hands.touch("staff-making", "resume");
    branch.hands.signOut("staff-menu");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(branch.hands.unsaid.empty());
    CHECK(has(noticesOfMenus(branch.hands), "staff.making.stopped"));
    CHECK(has(branch.record(), "resume-making 1003"));
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    CHECK(cardsInBooks(*branch.kiosk) == "holder 1, reject-bin 2");
}

TEST_CASE("a stock clerk cannot let a machine go on that nobody mended") {
    StaffedKiosk branch({"chip.mute@1", "chip.mute@2"});
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1001");
    branch.hands.signOut("staff-menu");
    branch.hands.play();
    CHECK(branch.hands.done());
    for (const screen::Screen& screen : branch.hands.screens) {
        const auto* menu = std::get_if<screen::StaffMenuScreen>(&screen.content);
        if (menu == nullptr) continue;
        for (const screen::StaffWay& way : menu->ways) CHECK(way.choice != "making");
    }
}

TEST_CASE("a message that was set aside is seen by who opens the day, and closed by two") {
    StaffedKiosk branch({"province.refuses@ISSUE.REPORT"});
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    REQUIRE(branch.number("SELECT count(*) FROM outbox WHERE state = 'parked'") == 1);
    const std::string choice =
        "fact-" + std::to_string(branch.number("SELECT fact FROM outbox WHERE state = 'parked'"));
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1003");
    branch.hands.touch("staff-menu", "day");
    branch.hands.goBack("staff-day");
    branch.hands.touch("staff-menu", "queue");
    branch.hands.touch("staff-queue", choice);
    branch.hands.touch("staff-fact", "close");
    branch.hands.touch("staff-reason", "entered-at-province");
    branch.hands.type("staff-evidence", {{"evidence", "20240117"}});
    branch.hands.secondSignsIn("1001");
    branch.hands.goBack("staff-queue");
    branch.hands.signOut("staff-menu");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(branch.hands.unsaid.empty());
    bool seenAtDay = false;
    for (const screen::Screen& screen : branch.hands.screens) {
        const auto* page = std::get_if<screen::StaffPageScreen>(&screen.content);
        if (page == nullptr || page->name != "staff-day") continue;
        for (const screen::Notice& notice : page->notices) {
            seenAtDay = seenAtDay || notice.text.key == "staff.queue.parked-notice";
        }
    }
    CHECK(seenAtDay);
    CHECK(has(noticesOfMenus(branch.hands), "staff.queue.parked-notice"));
    CHECK(has(branch.record(), "close-fact 1003+1001"));
    CHECK(branch.number("SELECT count(*) FROM closed_facts WHERE evidence = '20240117'") == 1);
    // What waited behind it is tried.
    branch.kiosk->settle();
    CHECK(branch.number("SELECT min(attempts) FROM outbox WHERE message_type = 'ISSUE.ENABLE'") >=
          1);
}
