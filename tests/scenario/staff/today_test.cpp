// The first page of the branch, how acts say what came of them, and what a second person sees of
// one before the PIN.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/staff/counter_walks.hpp"
#include "tests/scenario/staff/staff_scripts.hpp"

namespace liqu::scenario {
namespace {

using screen::StaffPageScreen;
using screen::StaffSignInScreen;
using screen::StaffWay;

std::vector<StaffPageScreen> pagesNamed(const StaffHands& hands, const std::string& name) {
    std::vector<StaffPageScreen> pages;
    for (const screen::Screen& screen : hands.screens) {
        const auto* page = std::get_if<StaffPageScreen>(&screen.content);
        if (page != nullptr && page->name == name) pages.push_back(*page);
    }
    return pages;
}

StaffPageScreen todayOf(const StaffHands& hands) {
    const auto pages = pagesNamed(hands, "staff-today");
    REQUIRE_FALSE(pages.empty());
    return pages.back();
}

std::string valueOf(const screen::Phrase& phrase, const std::string& name) {
    for (const auto& [key, value] : phrase.values) {
        if (key == name) return value;
    }
    return {};
}

const StaffWay* tileOf(const StaffPageScreen& page, const std::string& key) {
    const auto found = std::ranges::find(page.tiles, "staff.today." + key,
                                         [](const StaffWay& way) { return way.words.key; });
    return found == page.tiles.end() ? nullptr : &*found;
}

void comeAndGo(StaffedKiosk& branch, const std::string& number) {
    branch.hands.comeToTheCorner();
    branch.hands.signIn(number);
    branch.hands.signOut("staff-today");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
}

// What is said of the act while somebody is asked for the PIN.
std::string shownOf(const StaffHands& hands, const std::string& act, const std::string& label) {
    for (const screen::Screen& screen : hands.screens) {
        const auto* asked = std::get_if<StaffSignInScreen>(&screen.content);
        if (asked == nullptr || asked->act != act) continue;
        for (const screen::StaffFact& fact : asked->facts) {
            if (fact.label.key == "staff.column." + label)
                return fact.value.key == "plain" ? valueOf(fact.value, "text") : fact.value.key;
        }
    }
    return {};
}

bool saysFirst(const StaffPageScreen& page, const std::string& key, const std::string& name,
               const std::string& value) {
    return !page.notices.empty() && page.notices.front().text.key == key &&
           valueOf(page.notices.front().text, name) == value;
}

}  // namespace

TEST_CASE("the first page says what is missing to close the day, how old it is, and leads there") {
    StaffedKiosk branch({"holder.walks-away@take-card"});
    leaveHeldCard(branch);
    comeAndGo(branch, "1001");
    StaffPageScreen page = todayOf(branch.hands);
    REQUIRE(tileOf(page, "not-counted") != nullptr);
    CHECK(tileOf(page, "overdue-hold-bin") == nullptr);
    // By its name, not by its code.
    const StaffWay* low = tileOf(page, "lane-low");
    REQUIRE(low != nullptr);
    CHECK(valueOf(low->words, "count") == "7");
    CHECK(valueOf(low->words, "bank") == branch.kiosk->stock().region.bankName("B01"));
    CHECK(valueOf(low->words, "bank") != "B01");

    branch.kiosk->outside().clock.sleepFor(std::chrono::hours{24 * 8 + 1});
    StaffHands& hands = branch.hands;
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.play();
    page = todayOf(hands);
    const StaffWay* day = tileOf(page, "unclosed");
    REQUIRE(day != nullptr);
    CHECK(day->note.key == "staff.today.age-days");
    CHECK(valueOf(day->note, "age") == "8");
    const StaffWay* overdue = tileOf(page, "overdue-hold-bin");
    REQUIRE(overdue != nullptr);
    CHECK(valueOf(overdue->words, "count") == "1");
    CHECK(valueOf(overdue->note, "age") == "8");
    const std::string way = overdue->choice;
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-today", way);
    hands.goBack("staff-held");
    hands.signOut("staff-today");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    for (const std::string& key : hands.unsaid) CHECK_MESSAGE(false, key);
}

TEST_CASE("while people count the first page tells nothing of what they count") {
    StaffedKiosk branch({"holder.walks-away@take-card"});
    leaveHeldCard(branch);
    branch.kiosk->outside().clock.sleepFor(std::chrono::hours{24 * 8});
    freeze(branch.hands);
    branch.hands.signOut("staff-day-typing");
    branch.hands.play();
    comeAndGo(branch, "1002");
    const StaffPageScreen page = todayOf(branch.hands);
    const StaffWay* counting = tileOf(page, "counting");
    REQUIRE(counting != nullptr);
    CHECK(valueOf(counting->words, "count") == "7");
    for (const StaffWay& way : page.tiles) {
        CAPTURE(way.words.key);
        const bool ofTheDay = &way == counting;
        CHECK((ofTheDay || way.choice.starts_with("queue-")));
    }
    CHECK(page.facts.empty());
}

TEST_CASE("who may not end a thing knows of it and has no way to it") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    Counts oneShort = rightCounts();
    oneShort["hopper-1"] = "7";
    freeze(hands);
    bothType(hands, oneShort, oneShort);
    countAgain(hands, "staff-day-recount", [&] { hands.type("staff-count", {{"hopper-1", "7"}}); });
    supervisorCloses(hands, "staff-day-differs");
    hands.signOut("staff-report");
    hands.play();
    REQUIRE_MESSAGE(hands.done(), hands.waitsFor());
    comeAndGo(branch, "1001");
    const StaffPageScreen ofClerk = todayOf(hands);
    CHECK(tileOf(ofClerk, "cases") == nullptr);
    CHECK(std::ranges::any_of(ofClerk.facts, [](const screen::StaffFact& fact) {
        return fact.label.key == "staff.today.cases" && valueOf(fact.label, "count") == "1";
    }));
    comeAndGo(branch, "1003");
    const StaffPageScreen ofSupervisor = todayOf(hands);
    REQUIRE(tileOf(ofSupervisor, "cases") != nullptr);
    hands.comeToTheCorner();
    hands.signIn("1003");
    hands.touch("staff-today", tileOf(ofSupervisor, "cases")->choice);
    hands.signOut("staff-cases");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
}

TEST_CASE(
    "the second person sees an act in numbers, and its outcome is one line of the next page") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    receiveAndOpen(hands);
    beginLoading(hands);
    hands.touch("staff-load-steps", "moved");
    hands.type("staff-exchange-count", {{"count", "20"}});
    hands.typeAsked("staff-lane-check", cardsFrom(1));
    hands.touch("staff-lane-bank", "B01");
    hands.signOut("staff-lanes");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(shownOf(hands, "receive-box", "box") == "BX1");
    CHECK(shownOf(hands, "receive-box", "cards") == "20");
    CHECK(shownOf(hands, "receive-box", "from") == "staff.place.bank");
    CHECK(shownOf(hands, "receive-box", "to") == "staff.place.vault");
    CHECK(shownOf(hands, "load-lane", "numbers") ==
          numbered("C0000001") + " … " + numbered("C0000020"));
    CHECK(shownOf(hands, "load-lane", "to") == "staff.place.hopper");
    const auto boxes = pagesNamed(hands, "staff-boxes");
    CHECK(std::ranges::any_of(boxes, [](const StaffPageScreen& page) {
        return saysFirst(page, "staff.receive.done", "count", "20");
    }));
    // Once, and not again on the page after.
    CHECK(std::ranges::count_if(boxes, [](const StaffPageScreen& page) {
              return saysFirst(page, "staff.receive.done", "count", "20");
          }) == 1);
    CHECK(saysFirst(pagesNamed(hands, "staff-lanes").back(), "staff.load.done", "count", "20"));
    CHECK(std::ranges::find(hands.names, "staff-done") == hands.names.end());
}

// The booked number of a lane that people are about to count is in no act they see.
TEST_CASE("of an unloading the second person is told no number") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "lanes");
    hands.touch("staff-lanes", "lane-1");
    hands.touch("staff-lane", "unload");
    hands.secondSignsIn("1002");
    hands.touch("staff-unload-steps", "moved");
    hands.goBack("staff-exchange-count");
    hands.signOut("staff-lanes");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(shownOf(hands, "unload-lane", "to") == "staff.place.vault");
    CHECK(shownOf(hands, "unload-lane", "cards").empty());
}

}  // namespace liqu::scenario
