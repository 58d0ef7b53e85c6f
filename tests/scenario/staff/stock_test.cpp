// Boxes and lanes at the machine: received, opened, loaded as a session, unloaded; what is typed
// wrong is refused with words, and what was cut short is led on or undone.
// Rules: I-03.
#include <doctest/doctest.h>

#include "firmware/custody/exchange.hpp"
#include "tests/scenario/staff/staff_scripts.hpp"

using namespace liqu;
using namespace liqu::scenario;

TEST_CASE("a box is received, opened and loaded, each by two") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    receiveAndOpen(hands);
    beginLoading(hands);
    hands.touch("staff-load-steps", "moved");
    hands.type("staff-exchange-count", {{"count", "19"}});
    hands.touch("staff-problem", "understood");
    hands.type("staff-exchange-count", {{"count", "20"}});
    // The wrong stack was put in; then the right one.
    hands.typeAsked("staff-lane-check", cardsFrom(100));
    hands.touch("staff-lane-bank", "B01");
    hands.touch("staff-problem", "understood");
    // The numbers fit, the bank printed on the cards does not.
    hands.typeAsked("staff-lane-check", cardsFrom(1));
    hands.touch("staff-lane-bank", "other");
    hands.touch("staff-problem", "understood");
    hands.typeAsked("staff-lane-check", cardsFrom(1));
    hands.touch("staff-lane-bank", "B01");
    hands.signOut("staff-lanes");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(custody::balanceOf(branch.database(), custody::Place::hopper(1)).value() == 28);
    CHECK(custody::balanceOf(branch.database(), custody::Place::vault()).value() == 0);
    CHECK(custody::checkInvariants(branch.database()));
    for (const std::string& key : hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("a wrong label is refused in words, and nothing is in the books") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    toTheLabel(hands);
    auto foreign = boxLabel();
    foreign["region"] = "110100";
    hands.type("staff-box-label", foreign);
    hands.secondSignsIn("1002");
    hands.touch("staff-problem", "understood");
    auto reversed = boxLabel();
    std::swap(reversed["first"], reversed["last"]);
    hands.type("staff-box-label", reversed);
    hands.secondSignsIn("1002");
    hands.touch("staff-problem", "understood");
    auto misread = boxLabel();
    misread["first"].back() = misread["first"].back() == '1' ? '2' : '1';
    hands.type("staff-box-label", misread);
    hands.secondSignsIn("1002");
    hands.touch("staff-problem", "understood");
    hands.signOut("staff-box-label");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(branch.number("SELECT count(*) FROM boxes") == 0);
    for (const std::string& key : hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("a loading that was cut short is shown at the menu and undone") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    receiveAndOpen(hands);
    beginLoading(hands);
    hands.play();
    REQUIRE_MESSAGE(hands.done(), hands.waitsFor());
    branch.kiosk->restart();
    REQUIRE(custody::openExchanges(branch.database()).value().size() == 1);
    hands.comeToTheCorner();
    hands.signIn("1002");
    hands.touch("staff-menu", "lanes");
    hands.touch("staff-lanes", "lane-1");
    hands.touch("staff-exchange-open", "undo");
    hands.secondSignsIn("1003");
    hands.touch("staff-reason", "put-back");
    hands.signOut("staff-lanes");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(custody::openExchanges(branch.database()).value().empty());
    CHECK(custody::balanceOf(branch.database(), custody::Place::vault()).value() == 20);
    for (const std::string& key : hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("a lane is emptied; its cards came without a box and go to the bank") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "lanes");
    hands.touch("staff-lanes", "lane-1");
    hands.touch("staff-lane", "unload");
    hands.secondSignsIn("1002");
    hands.touch("staff-unload-steps", "moved");
    hands.type("staff-exchange-count", {{"count", "7"}});
    hands.touch("staff-problem", "understood");
    hands.type("staff-exchange-count", {{"count", "8"}});
    hands.signOut("staff-lanes");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(custody::balanceOf(branch.database(), custody::Place::hopper(1)).value() == 0);
    CHECK(custody::balanceOf(branch.database(), custody::Place::vault()).value() == 0);
    CHECK(branch.number("SELECT sum(quantity) FROM moves WHERE from_place = 'hopper-1' AND "
                        "to_place = 'bank'") == 8);
    // Whoever tries numbers until one fits leaves a trace.
    CHECK(branch.number("SELECT count(*) FROM staff_audit WHERE act = 'unload-lane' AND "
                        "object LIKE 'counted 7 %refused%'") == 1);
}

TEST_CASE("a blank that left its lane unread gets its number, and the lane can be unloaded") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    const WallTime now = branch.kiosk->outside().clock.wallTime();
    const std::string mute = branch.kiosk->outside().blanks.at(2).cardNumber;
    auto transaction = storage::Transaction::begin(branch.database()).value();
    REQUIRE(custody::moveUnidentified(transaction, custody::Place::hopper(1),
                                      custody::Place::chipStation(), {"fed", "", now}));
    REQUIRE(custody::moveUnidentified(transaction, custody::Place::chipStation(),
                                      custody::Place::rejectBin(), {"mute", "", now}));
    REQUIRE(transaction.commit());
    hands.comeToTheCorner();
    hands.signIn("1003");
    hands.touch("staff-menu", "lanes");
    hands.touch("staff-lanes", "lane-1");
    hands.touch("staff-lane", "unload");
    hands.secondSignsIn("1002");
    hands.touch("staff-unload-steps", "moved");
    hands.type("staff-exchange-count", {{"count", "7"}});
    hands.touch("staff-problem", "understood");
    hands.goBack("staff-lanes");
    hands.touch("staff-menu", "corrections");
    hands.touch("staff-corrections", "name");
    hands.type("staff-corrections-number", {{"number", "1234"}});
    hands.touch("staff-problem", "understood");
    hands.type("staff-corrections-number", {{"number", mute}});
    hands.touch("staff-corrections-place", "reject-bin");
    hands.secondSignsIn("1002");
    hands.goBack("staff-corrections");
    hands.touch("staff-menu", "lanes");
    hands.touch("staff-lanes", "lane-1");
    hands.touch("staff-exchange-open", "lead-on");
    hands.secondSignsIn("1002");
    hands.touch("staff-unload-steps", "moved");
    hands.type("staff-exchange-count", {{"count", "7"}});
    hands.signOut("staff-lanes");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(custody::balanceOf(branch.database(), custody::Place::hopper(1)).value() == 0);
    CHECK((*custody::findCard(branch.database(), mute))->place == custody::Place::rejectBin());
    CHECK(custody::checkInvariants(branch.database()));
    for (const std::string& key : hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("a card is booked as missing and as found again at the machine") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    const std::string lost = branch.kiosk->outside().blanks.at(3).cardNumber;
    hands.comeToTheCorner();
    hands.signIn("1003");
    hands.touch("staff-menu", "corrections");
    hands.touch("staff-corrections", "missing");
    hands.type("staff-corrections-number", {{"number", lost}});
    hands.touch("staff-reason", "not-there");
    hands.secondSignsIn("1001");
    hands.touch("staff-corrections", "missing");
    hands.touch("staff-corrections-number", "no-number");
    hands.touch("staff-corrections-place", "hopper-1");
    hands.touch("staff-reason", "pulled-out");
    hands.secondSignsIn("1001");
    hands.touch("staff-corrections", "found");
    hands.type("staff-corrections-number", {{"number", lost}});
    hands.touch("staff-corrections-place", "hopper-1");
    hands.touch("staff-reason", "found-elsewhere");
    hands.secondSignsIn("1001");
    hands.touch("staff-done", "understood");
    hands.signOut("staff-corrections");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(custody::balanceOf(branch.database(), custody::Place::missing()).value() == 1);
    CHECK((*custody::findCard(branch.database(), lost))->place == custody::Place::hopper(1));
    CHECK(custody::checkInvariants(branch.database()));
    for (const std::string& key : hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("more boxes than one page holds can all be reached") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    for (int i = 1; i <= 7; ++i) {
        const std::string body = "D000" + std::to_string(i);
        custody::BoxLabel box{
            "BX" + std::to_string(i), "B01", "V01", "3.00", "420100", numbered(body + "001"),
            numbered(body + "010"),   10,    "S1"};
        REQUIRE(desk::StockDesk(branch.kiosk->stock()).receiveBox(box, {"1001", "1002"}));
    }
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "boxes");
    hands.touch("staff-boxes", "more");
    hands.touch("staff-boxes", "box-BX7");
    hands.goBack("staff-box");
    hands.signOut("staff-boxes");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    bool shown = false;
    for (const screen::Screen& screen : hands.screens) {
        const auto* page = std::get_if<screen::StaffPageScreen>(&screen.content);
        if (page == nullptr || page->name != "staff-boxes") continue;
        for (const screen::StaffRow& row : page->tables.front().rows) {
            shown = shown || row.choice == "box-BX7";
        }
    }
    CHECK(shown);
}

TEST_CASE("an act whose line cannot be written into the record is not done") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    auto transaction = storage::Transaction::begin(branch.database()).value();
    REQUIRE(
        transaction.run("CREATE TRIGGER no_line BEFORE INSERT ON staff_audit "
                        "WHEN NEW.act = 'receive-box' "
                        "BEGIN SELECT RAISE(ABORT, 'no line'); END"));
    REQUIRE(transaction.commit());
    branch.kiosk->truth().breaks(&truth::Truth::diskFaults);
    toTheLabel(hands);
    hands.type("staff-box-label", boxLabel());
    hands.secondSignsIn("1002");
    hands.touch("staff-problem", "understood");
    hands.signOut("staff-box-label");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(branch.number("SELECT count(*) FROM boxes") == 0);
}
