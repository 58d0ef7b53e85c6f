// Who comes in, what they see, and how they leave.
#include <algorithm>
#include <doctest/doctest.h>
#include <functional>

#include "tests/scenario/staff/staff_hands.hpp"
#include "tests/support/controls.hpp"
#include "ui/screens/pages.hpp"

using namespace liqu;
using namespace liqu::scenario;

namespace {

std::vector<std::string> menuOf(const StaffHands& hands) {
    std::vector<std::string> ids;
    for (const screen::Screen& screen : hands.screens) {
        const auto* menu = std::get_if<screen::StaffMenuScreen>(&screen.content);
        if (menu == nullptr) continue;
        ids.clear();
        for (const screen::StaffWay& way : menu->ways) ids.push_back(way.choice);
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

TEST_CASE("the menu says which year's table of holidays is missing") {
    for (const bool isMissing : {true, false}) {
        StaffedKiosk branch;
        auto& region = const_cast<policy::RegionPolicy&>(branch.kiosk->stock().region);
        if (isMissing) region.workdays = {};
        branch.hands.comeToTheCorner();
        branch.hands.signIn("1004");
        branch.hands.signOut("staff-menu");
        branch.hands.play();
        std::vector<std::string> said;
        for (const screen::Screen& screen : branch.hands.screens) {
            const auto* menu = std::get_if<screen::StaffMenuScreen>(&screen.content);
            if (menu == nullptr) continue;
            for (const screen::Notice& notice : menu->notices) said.push_back(notice.text.key);
        }
        CHECK(has(said, "staff.menu.no-workdays") == isMissing);
        CHECK(branch.hands.unsaid.empty());
    }
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
    for (const screen::Screen& screen : branch.hands.screens) {
        const auto* signIn = std::get_if<screen::StaffSignInScreen>(&screen.content);
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
    for (const char* entry : {"stock", "boxes", "held", "faces", "bins", "cases", "corrections",
                              "reports", "history", "queue", "people", "audit"}) {
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
    branch.hands.signOut("staff-menu");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("before an act of two the first person types the PIN again where it is a minute old") {
    StaffedKiosk branch;
    branch.hands.typesPinAgain = false;
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1003");
    branch.hands.onScreen = [&](const std::string& screen) {
        if (screen == "staff-day") {
            branch.kiosk->outside().clock.sleepFor(std::chrono::seconds{61});
        }
    };
    branch.hands.touch("staff-menu", "day");
    branch.hands.touch("staff-day", "freeze");
    branch.hands.signIn("1003", "999998");  // whoever found the screen
    branch.hands.signOut("staff-sign-in");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(branch.number("SELECT count(*) FROM days WHERE state = 'frozen'") == 0);
    std::vector<screen::SignInAsks> asked;
    std::vector<std::uint64_t> questions;
    for (const screen::Screen& screen : branch.hands.screens) {
        const auto* signIn = std::get_if<screen::StaffSignInScreen>(&screen.content);
        if (signIn == nullptr) continue;
        asked.push_back(signIn->asks);
        questions.push_back(screen.frame.question);
    }
    CHECK(asked.back() == screen::SignInAsks::pinAgain);
    // After a wrong PIN the same is asked once more, as another question.
    REQUIRE(questions.size() >= 2);
    CHECK(questions[questions.size() - 2] != questions.back());

    branch.hands.typesPinAgain = true;
    branch.hands.comeToTheCorner();
    branch.kiosk->outside().clock.sleepFor(std::chrono::seconds{5});
    branch.hands.signIn("1003");
    branch.hands.touch("staff-menu", "day");
    branch.hands.touch("staff-day", "freeze");
    branch.hands.secondSignsIn("1001");
    branch.hands.signOut("staff-day-typing");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(has(branch.record(), "proven-again 1003"));
    CHECK(branch.number("SELECT count(*) FROM days WHERE state = 'frozen'") == 1);
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("more time is offered only where there is more until the session ends") {
    StaffedKiosk branch;
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1004");
    branch.hands.onScreen = [&](const std::string& screen) {
        if (screen == "staff-stock") {
            branch.kiosk->outside().clock.sleepFor(std::chrono::seconds{100});
        }
    };
    for (int look = 0; look < 12; ++look) {
        branch.hands.touch("staff-menu", "stock");
        branch.hands.goBack("staff-stock");
    }
    branch.hands.play();
    std::vector<bool> offered;
    std::optional<Instant> last;
    for (const screen::Screen& screen : branch.hands.screens) {
        if (screen.frame.signedIn.empty()) continue;
        const auto controls = test::controlsOf(screen);
        offered.push_back(std::ranges::count(controls, screen::ActionKind::moreTime,
                                             &test::Control::action) == 1);
        // The deadline that stands is the end of all of them.
        if (!offered.back()) CHECK(screen.frame.deadline == last.value_or(*screen.frame.deadline));
        if (!offered.back()) last = screen.frame.deadline;
    }
    REQUIRE(!offered.empty());
    CHECK(offered.front());
    CHECK_FALSE(offered.back());
    CHECK(std::ranges::is_sorted(offered, std::greater<>{}));
}

namespace {

// Counts a place, and is away for so long while its form stands.
struct LongCount {
    StaffedKiosk branch;
    int forms = 0;

    explicit LongCount(Duration away) {
        branch.hands.comeToTheCorner();
        branch.hands.signIn("1003");
        branch.hands.onScreen = [this, away](const std::string& screen) {
            if (screen != "staff-count" || ++forms > 1) return;
            branch.kiosk->outside().clock.sleepFor(away);
        };
        branch.hands.touch("staff-menu", "day");
        branch.hands.touch("staff-day", "freeze");
        branch.hands.secondSignsIn("1001");
        branch.hands.touch("staff-day-typing", "type-counts");
    }

    std::vector<std::uint64_t> serials() const {
        std::vector<std::uint64_t> all;
        for (const screen::Screen& screen : branch.hands.screens) {
            const auto* form = std::get_if<screen::StaffFormScreen>(&screen.content);
            if (form != nullptr) all.push_back(form->serial);
        }
        return all;
    }
    bool wasLocked() const {
        return std::ranges::any_of(branch.hands.screens, [](const screen::Screen& screen) {
            const auto* asked = std::get_if<screen::StaffSignInScreen>(&screen.content);
            return asked != nullptr && asked->asks == screen::SignInAsks::locked;
        });
    }
    std::int64_t signedOut(const std::string& why) {
        return branch.number("SELECT count(*) FROM staff_audit WHERE object = '" + why + "'");
    }
};

}  // namespace

TEST_CASE("whose hands are at work is locked out, not signed out, and finds the same form again") {
    LongCount counts(std::chrono::minutes{5});
    counts.branch.hands.signOut("staff-count");
    counts.branch.hands.play();
    CHECK_MESSAGE(counts.branch.hands.done(), counts.branch.hands.waitsFor());
    CHECK(counts.wasLocked());
    REQUIRE(counts.serials().size() == 2);
    CHECK(counts.serials().front() == counts.serials().back());
    CHECK(has(counts.branch.record(), "proven-again 1003"));
    CHECK(counts.signedOut("time over") == 0);
    for (const std::string& key : counts.branch.hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("a locked page opens to nobody else, can be left, and ends with the session") {
    {
        LongCount stranger(std::chrono::minutes{5});
        stranger.branch.hands.typesPinAgain = false;
        stranger.branch.hands.signIn("", "999998");
        stranger.branch.hands.signOut("staff-sign-in");
        stranger.branch.hands.play();
        CHECK_MESSAGE(stranger.branch.hands.done(), stranger.branch.hands.waitsFor());
        CHECK(stranger.serials().size() == 1);
        CHECK(stranger.branch.hands.names.back() == "welcome");
    }
    LongCount away(std::chrono::hours{2});
    away.branch.hands.play();
    CHECK(away.branch.hands.names.back() == "welcome");
    CHECK(away.signedOut("session over") == 1);
}

TEST_CASE("a second person who is long in coming finds the page that asks for them") {
    StaffedKiosk branch;
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1003");
    int asked = 0;
    branch.hands.onScreen = [&](const std::string& screen) {
        if (screen != "staff-sign-in" || ++asked != 2) return;
        branch.kiosk->outside().clock.sleepFor(std::chrono::minutes{5});
    };
    branch.hands.touch("staff-menu", "day");
    branch.hands.touch("staff-day", "freeze");
    branch.hands.secondSignsIn("1001");
    branch.hands.signOut("staff-day-typing");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(std::ranges::any_of(branch.hands.screens, [](const screen::Screen& screen) {
        const auto* page = std::get_if<screen::StaffSignInScreen>(&screen.content);
        return page != nullptr && page->asks == screen::SignInAsks::locked;
    }));
    CHECK(has(branch.record(), "proven-again 1003"));
    CHECK(branch.number("SELECT count(*) FROM staff_audit WHERE object = 'time over'") == 0);
}

TEST_CASE("a session has an end, whatever is touched") {
    StaffedKiosk branch;
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1004");
    branch.hands.onScreen = [&](const std::string& screen) {
        if (screen == "staff-stock") {
            branch.kiosk->outside().clock.sleepFor(std::chrono::seconds{100});
        }
    };
    for (int look = 0; look < 12; ++look) {
        branch.hands.touch("staff-menu", "stock");
        branch.hands.goBack("staff-stock");
    }
    branch.hands.play();
    CHECK_FALSE(branch.hands.done());
    CHECK(branch.hands.names.back() == "welcome");
    CHECK(branch.number("SELECT count(*) FROM staff_audit WHERE object = 'session over'") == 1);
}

TEST_CASE("a PIN is not changed while whoever chose it was here a moment ago") {
    StaffedKiosk branch;
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1003");
    branch.hands.touch("staff-menu", "people");
    branch.hands.touch("staff-people", "person-1002");
    branch.hands.touch("staff-person", "reset-pin");
    branch.hands.secondSignsIn("1004");
    branch.hands.type("staff-new-pin", {{"pin", "405060"}, {"again", "405060"}});
    branch.hands.signOut("staff-people");
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1002", "405060");
    branch.hands.touch("staff-problem", "understood");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(branch.number("SELECT pin_initial FROM staff WHERE number = '1002'") == 1);
    branch.kiosk->outside().clock.sleepFor(std::chrono::minutes{11});
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1002", "405060");
    branch.hands.type("staff-new-pin", {{"pin", "730152"}, {"again", "730152"}});
    branch.hands.signOut("staff-menu");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(branch.number("SELECT pin_initial FROM staff WHERE number = '1002'") == 0);
    for (const std::string& key : branch.hands.unsaid) CHECK_MESSAGE(false, key);
}
