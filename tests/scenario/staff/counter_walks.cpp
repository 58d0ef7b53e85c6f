#include "tests/scenario/staff/counter_walks.hpp"

#include <doctest/doctest.h>

#include "firmware/custody/day.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/desk/stock_desk.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/staff/staff_scripts.hpp"

namespace liqu::scenario {
namespace {

void toCard(StaffedKiosk& branch, const std::string& number, const char* what) {
    StaffHands& hands = branch.hands;
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "held");
    hands.touch("staff-held", "card-" + number);
    hands.touch("staff-held-card", what);
}

// Each on the page that asks for it, and gone again.
void layDown(StaffedKiosk& branch, const world::Document& holder, const world::Document& agent) {
    branch.hands.onScreen = [&branch, holder, agent](const std::string& screen) {
        world::ReaderEngine& reader = *branch.kiosk->outside().idReader;
        if (reader.documentLies()) reader.lift();
        if (screen == "staff-agent-holder" || screen == "staff-identity") reader.layDown(holder);
        if (screen == "staff-agent-document") reader.layDown(agent);
    };
}

// Two count everything as the books have it.
void closeDayAsBooked(StaffedKiosk& branch) {
    const TwoPeople two{"1001", "1002"};
    desk::StockDesk desk(branch.kiosk->stock());
    REQUIRE(desk.freezeDay(two));
    const auto lines = custody::counting(branch.database()).value();
    for (const custody::CountLine& line : lines) {
        if (line.result) continue;
        const custody::Place place = custody::Place::named(line.place);
        const std::int64_t there = custody::balanceOf(branch.database(), place).value_or(0);
        for (const auto& badge : {two.operatorId, two.secondOperatorId}) {
            REQUIRE(desk.enterCount({line.place, badge, there, {}, false}));
        }
    }
    REQUIRE(desk.closeDay(two));
}

void settleHands(StaffedKiosk& branch) {
    takeOutAsBooked(*branch.kiosk);
    branch.kiosk->settle();
}

}  // namespace

std::string leaveHeldCard(StaffedKiosk& branch) {
    branch.hands.letCitizen(world::documents::resident());
    branch.kiosk->settle();
    return custody::cardsAt(branch.database(), custody::Place::holdBin()).value().at(0).cardNumber;
}

std::string codeOfHeld(StaffedKiosk& branch) {
    const auto rows =
        branch.database().query("SELECT pickup_code FROM orders WHERE state = 'held'");
    return rows.value().at(0).text(0);
}

void notices(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    toCard(branch, leaveHeldCard(branch), "told");
    hands.touch("staff-told", "phone");
    hands.touch("staff-held-card", "told");
    hands.touch("staff-told", "village");
    hands.touch("staff-held-card", "reminder");
    hands.touch("staff-reminder", "death");
    hands.type("staff-reminder-paper", {{"evidence", "R-1"}});
    hands.signOut("staff-held-card");
    hands.play();
}

void aCollector(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    const std::string number = leaveHeldCard(branch);
    layDown(branch, world::documents::resident(), world::documents::permit());
    toCard(branch, number, "agent");
    hands.touch("staff-agent-proof", "kinship");
    hands.type(
        "staff-agent",
        {{"pickup-code", codeOfHeld(branch)}, {"paper", "P-1"}, {"proof", "K-1"}, {"copy", "C-1"}});
    hands.secondSignsIn("1002");
    hands.touch("staff-done", "understood");
    hands.signOut("staff-held");
    hands.play();
}

void aHouseholdBook(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    const std::string number = leaveHeldCard(branch);
    const std::string holder = world::documents::resident().number;
    toCard(branch, number, "agent");
    hands.touch("staff-agent-holder", "typed");
    hands.type("staff-document", {{"document", holder}});
    hands.touch("staff-agent-document", "typed");
    hands.type("staff-document", {{"document", "H123456789"}});
    hands.touch("staff-agent-proof", "kinship");
    hands.goBack("staff-agent");
    hands.signOut("staff-held-card");
    hands.play();
}

void aWrongCard(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    const std::string number = leaveHeldCard(branch);
    toCard(branch, number, "wrong");
    hands.touch("staff-wrong-item", "wrong");
    for (int item = 0; item < 3; ++item) hands.touch("staff-wrong-item", "right");
    hands.touch("staff-wrong-cause", "REGISTER");
    hands.type("staff-wrong-paper", {{"evidence", "P-9"}});
    hands.secondSignsIn("1002");
    hands.touch("staff-done", "understood");
    hands.signOut("staff-held");
    hands.play();
    hands.comeToTheCorner();
    hands.signIn("1003");
    hands.touch("staff-menu", "bins");
    hands.touch("staff-bins", "wrong");
    hands.touch("staff-wrong", "take");
    hands.goBack("staff-wrong-number");
    hands.touch("staff-wrong", "card-" + number);
    hands.type("staff-wrong-confirm", {{"evidence", "Q-1"}});
    hands.signOut("staff-wrong");
    hands.play();
}

void aSecondDelivery(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    const std::string number = leaveHeldCard(branch);
    branch.kiosk->outside().clock.sleepFor(std::chrono::hours{24 * 8});
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "held");
    hands.touch("staff-held", "to-cabinet");
    hands.touch("staff-to-cabinet", "taken-out");
    hands.type("staff-to-cabinet-count", {{"count", "1"}});
    hands.secondSignsIn("1002");
    hands.signOut("staff-held");
    hands.play();
    settleHands(branch);
    branch.kiosk->outside().clock.sleepFor(std::chrono::hours{24 * 180});
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "held");
    hands.touch("staff-held", "to-bank");
    hands.touch("staff-to-bank-cause", "unclaimed");
    hands.touch("staff-to-bank", "taken-out");
    hands.type("staff-to-bank-paper", {{"count", "1"}, {"paper", "L-1"}});
    hands.secondSignsIn("1002");
    hands.signOut("staff-held");
    hands.play();
    settleHands(branch);
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "held");
    hands.touch("staff-held", "again");
    hands.touch("staff-again-card", "card-" + number);
    hands.touch("staff-again", "taken-out");
    hands.type("staff-again-paper", {{"paper", "L-2"}});
    hands.secondSignsIn("1002");
    hands.signOut("staff-held");
    hands.play();
    branch.kiosk->outside().atBank.erase(number);
    branch.kiosk->outside().inCabinet.insert(number);
    branch.kiosk->settle();
}

void theLedger(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    aCollector(branch);
    hands.onScreen = [](const std::string&) {};
    const std::string number =
        branch.database().query("SELECT card_number FROM handovers").value().at(0).text(0);
    const std::string day =
        branch.database().query("SELECT day FROM handovers").value().at(0).text(0);
    closeDayAsBooked(branch);
    hands.comeToTheCorner();
    hands.signIn("1003");
    hands.touch("staff-menu", "reports");
    hands.touch("staff-reports", "day-" + day);
    hands.touch("staff-report", "ledger");
    hands.touch("staff-reason", "asked-by-holder");
    hands.touch("staff-ledger", "card-" + number);
    hands.secondSignsIn("1002");
    hands.touch("staff-ledger-line", "understood");
    hands.signOut("staff-ledger");
    hands.play();
}

}  // namespace liqu::scenario
