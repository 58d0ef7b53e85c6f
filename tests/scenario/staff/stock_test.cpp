// Boxes and lanes at the machine: received, opened, loaded as a session, unloaded; what is typed
// wrong is refused with words, and what was cut short is led on or undone.
#include <doctest/doctest.h>

#include "firmware/custody/exchange.hpp"
#include "tests/scenario/staff/staff_hands.hpp"

using namespace liqu;
using namespace liqu::scenario;

namespace {

std::string numbered(const char* body) {
    return card::SocialCardNumber::withBody(body).value().text();
}
const std::string first = numbered("C0000001");
const std::string last = numbered("C0000020");

std::map<std::string, std::string> label() {
    return {{"box", "BX1"}, {"seal", "S77"}, {"first", first},
            {"last", last}, {"count", "20"}, {"region", "420100"}};
}

void toTheLabel(StaffHands& hands) {
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "boxes");
    hands.touch("staff-boxes", "receive");
    hands.touch("staff-choose-bank", "B01");
    hands.touch("staff-choose-version", "3.00");
}

void receiveAndOpen(StaffHands& hands) {
    toTheLabel(hands);
    hands.type("staff-box-label", label());
    hands.secondSignsIn("1002");
    hands.touch("staff-done", "understood");
    hands.touch("staff-boxes", "box-BX1");
    hands.touch("staff-box", "open-box");
    hands.type("staff-box-open", {{"seal", "S77"}});
    hands.secondSignsIn("1002");
    hands.touch("staff-done", "understood");
    hands.goBack("staff-boxes");
}

void beginLoading(StaffHands& hands) {
    hands.touch("staff-menu", "lanes");
    hands.touch("staff-lanes", "lane-1");
    hands.touch("staff-lane", "load");
    hands.touch("staff-choose-box", "box-BX1");
    hands.type("staff-load-range", {{"first", first}, {"last", last}});
    hands.secondSignsIn("1002");
}

// The number on the card at "card-7" of a stack that begins with this body.
StaffHands::Answer cardsFrom(int firstBody) {
    return [firstBody](const std::string& field) {
        const std::string digits = std::to_string(firstBody + std::stoi(field.substr(5)) - 1);
        return numbered(("C" + std::string(7 - digits.size(), '0') + digits).c_str());
    };
}

}  // namespace

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
    hands.touch("staff-problem", "understood");
    hands.typeAsked("staff-lane-check", cardsFrom(1));
    hands.touch("staff-done", "understood");
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
    auto foreign = label();
    foreign["region"] = "110100";
    hands.type("staff-box-label", foreign);
    hands.secondSignsIn("1002");
    hands.touch("staff-problem", "understood");
    auto reversed = label();
    std::swap(reversed["first"], reversed["last"]);
    hands.type("staff-box-label", reversed);
    hands.secondSignsIn("1002");
    hands.touch("staff-problem", "understood");
    auto misread = label();
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
    hands.touch("staff-done", "understood");
    hands.signOut("staff-lanes");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(custody::openExchanges(branch.database()).value().empty());
    CHECK(custody::balanceOf(branch.database(), custody::Place::vault()).value() == 20);
    for (const std::string& key : hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("a lane is emptied into the vault") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "lanes");
    hands.touch("staff-lanes", "lane-1");
    hands.touch("staff-lane", "unload");
    hands.secondSignsIn("1002");
    hands.touch("staff-unload-steps", "moved");
    hands.type("staff-exchange-count", {{"count", "8"}});
    hands.touch("staff-done", "understood");
    hands.signOut("staff-lanes");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(custody::balanceOf(branch.database(), custody::Place::vault()).value() == 8);
}
