// The daily count at the machine: two people, no number before both have typed, the close, the
// report and its copy; what differs becomes a case.
// Rules: I-04.
#include "firmware/custody/day.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/base/whole_file.hpp"
#include "firmware/custody/ledger.hpp"
#include "tests/scenario/staff/staff_scripts.hpp"

using namespace liqu;
using namespace liqu::scenario;

namespace {

bool showsNumber(const screen::Screen& screen, const std::string& number) {
    const auto* page = std::get_if<screen::StaffPageScreen>(&screen.content);
    if (page == nullptr) return false;
    for (const auto* tables : {&page->tables, &page->moreTables}) {
        for (const screen::StaffTable& table : *tables) {
            for (const screen::StaffRow& row : table.rows) {
                for (const screen::Phrase& cell : row.cells) {
                    if (cell.key == "plain" && cell.values.front().second == number) {
                        return true;
                    }
                }
            }
        }
    }
    return false;
}

std::string nameOf(const screen::Screen& screen) {
    return std::string(screen::nameOf(screen.content));
}

}  // namespace

TEST_CASE("equal counts close the day; the report is there and on the stick") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    freeze(hands);
    bothType(hands, rightCounts(), rightCounts());
    supervisorCloses(hands, "staff-day-equal");
    hands.touch("staff-report", "copy");
    hands.signOut("staff-report");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(hands.unsaid.empty());
    for (const std::string& key : hands.unsaid) CHECK_MESSAGE(false, key);
    // Nobody saw a number while it was counted.
    for (const screen::Screen& screen : hands.screens) {
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

TEST_CASE("what was filed stays as it is, whenever it is looked at again") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    freeze(hands);
    bothType(hands, rightCounts(), rightCounts());
    supervisorCloses(hands, "staff-day-equal");
    hands.signOut("staff-report");
    hands.play();
    const auto filed = branch.kiosk->reports();
    std::map<std::filesystem::path, Bytes> before;
    for (const auto& entry : std::filesystem::directory_iterator(filed)) {
        before[entry.path()] = readWholeFile(entry.path()).value();
    }
    REQUIRE(before.size() == 3);
    branch.kiosk->outside().clock.sleepFor(std::chrono::hours(2));
    const std::string day = custody::closedDays(branch.database(), 1).value().at(0).day;
    hands.comeToTheCorner();
    hands.signIn("1004");
    hands.touch("staff-menu", "reports");
    hands.touch("staff-reports", "day-" + day);
    hands.signOut("staff-report");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    for (const auto& [file, content] : before) CHECK(readWholeFile(file).value() == content);
}

TEST_CASE("the day is compared once the province was told what was made") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    const auto write = [&](const char* sql) {
        auto transaction = storage::Transaction::begin(branch.database()).value();
        REQUIRE(transaction.run(sql));
        REQUIRE(transaction.commit());
    };
    // It waits behind a fact of its order that is parked for staff.
    write(
        "INSERT INTO outbox(terminal_seq, order_id, message_type, idempotency_key, happened_at, "
        "state) VALUES(9001, 'T-9', 'ISSUE.ENABLE', 'K-8', 0, 'parked'), "
        "(9002, 'T-9', 'ISSUE.REPORT', 'K-9', 0, 'queued')");
    freeze(hands);
    bothType(hands, rightCounts(), rightCounts());
    supervisorCloses(hands, "staff-day-equal");
    hands.touch("staff-report", "compare");
    std::int64_t comparedBefore = -1;
    hands.onScreen = [&](const std::string& screen) {
        if (screen != "staff-report") return;
        if (comparedBefore >= 0) return;
        comparedBefore = branch.number("SELECT count(*) FROM days WHERE compared_at IS NOT NULL");
        write("DELETE FROM outbox WHERE order_id = 'T-9'");
    };
    hands.signOut("staff-report");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK(comparedBefore == 0);
    CHECK(branch.number("SELECT count(*) FROM days WHERE compared_at IS NOT NULL") == 1);
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
    for (const screen::Screen& screen : hands.screens) {
        if (nameOf(screen) == "staff-stock") CHECK_FALSE(showsNumber(screen, "8 / 100"));
    }
    branch.kiosk->turn();
    CHECK(hands.names.back() != "welcome");
}

TEST_CASE("different counts are counted again, and then become a case that two settle") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    Counts oneShort = rightCounts();
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
    bothType(hands, rightCounts(), rightCounts());
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
    bothType(hands, rightCounts(), rightCounts());
    supervisorCloses(hands, "staff-day-equal");
    hands.touch("staff-report", "copy");
    hands.touch("staff-problem", "understood");
    hands.signOut("staff-report");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    CHECK_FALSE(std::filesystem::is_empty(branch.kiosk->reports()));
}

namespace {

// Two finished cards wait in the hold bin.
std::vector<std::string> holdTwo(StaffedKiosk& branch) {
    using custody::Place;
    const WallTime now = branch.kiosk->outside().clock.wallTime();
    std::vector<std::string> numbers;
    auto transaction = storage::Transaction::begin(branch.database()).value();
    for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
        const std::string number = branch.kiosk->outside().blanks.at(i).cardNumber;
        REQUIRE(custody::moveUnidentified(transaction, Place::hopper(1), Place::chipStation(),
                                          {"fed", "", now}));
        REQUIRE(custody::identify(transaction, number, 1, now));
        REQUIRE(
            custody::setCondition(transaction, number, custody::Condition::finished, "order", now));
        REQUIRE(custody::moveCard(transaction, number, Place::chipStation(), Place::holdBin(),
                                  {"held", "order", now}));
        numbers.push_back(number);
    }
    REQUIRE(transaction.commit());
    return numbers;
}

}  // namespace

TEST_CASE("a bin that lacks a card: counted again without a number shown, then by number") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    const auto held = holdTwo(branch);
    Counts counts = rightCounts();
    counts["hopper-1"] = "6";
    counts["hold-bin"] = "1";
    freeze(hands);
    bothType(hands, counts, counts);
    countAgain(hands, "staff-day-recount", [&] { hands.type("staff-count", {{"hold-bin", "1"}}); });
    hands.touch("staff-day-differs", "recount");
    hands.secondSignsIn("1002");
    for (const char* person : {"1001", "1002"}) {
        hands.touch("staff-day-typing", "type-counts");
        hands.touch("staff-count-numbers", "card-" + held[1]);
        hands.touch("staff-count-numbers", "done");
        if (person == std::string("1002")) break;
        hands.signOut("staff-day-typing");
        hands.comeToTheCorner();
        hands.signIn("1002");
        hands.touch("staff-menu", "day");
    }
    supervisorCloses(hands, "staff-day-differs");
    hands.signOut("staff-report");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    for (const std::string& key : hands.unsaid) CHECK_MESSAGE(false, key);
    // Before the second count nobody saw the number the books have.
    for (const screen::Screen& screen : hands.screens) {
        if (nameOf(screen) == "staff-day-recount") CHECK_FALSE(showsNumber(screen, "2"));
    }
    CHECK((*custody::findCard(branch.database(), held[0]))->place == custody::Place::missing());
    CHECK((*custody::findCard(branch.database(), held[1]))->place == custody::Place::holdBin());
    CHECK(custody::closedDays(branch.database(), 9).value().size() == 1);
    CHECK(custody::checkInvariants(branch.database()));
}

TEST_CASE("a card too many inside goes into the reject bin and is counted there") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    Counts counts = rightCounts();
    counts["path"] = "1";
    freeze(hands);
    bothType(hands, counts, counts);
    countAgain(hands, "staff-day-recount", [&] { hands.type("staff-count", {{"path", "1"}}); });
    hands.touch("staff-day-differs", "recount");
    hands.secondSignsIn("1002");
    for (const char* person : {"1001", "1002"}) {
        hands.touch("staff-day-typing", "type-counts");
        hands.type("staff-count", {{"path", "0"}});
        hands.touch("staff-count-numbers", "nameless");
        hands.type("staff-count-nameless", {{"count", "1"}});
        hands.touch("staff-count-numbers", "done");
        if (person == std::string("1002")) break;
        hands.signOut("staff-day-typing");
        hands.comeToTheCorner();
        hands.signIn("1002");
        hands.touch("staff-menu", "day");
    }
    supervisorCloses(hands, "staff-day-differs");
    hands.signOut("staff-report");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    for (const std::string& key : hands.unsaid) CHECK_MESSAGE(false, key);
    CHECK(custody::balanceOf(branch.database(), custody::Place::rejectBin()).value() == 1);
    CHECK(custody::closedDays(branch.database(), 9).value().size() == 1);
}

TEST_CASE("a count that is stopped leaves what was typed in the report") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    Counts oneShort = rightCounts();
    oneShort["hopper-1"] = "7";
    freeze(hands);
    bothType(hands, oneShort, oneShort);
    hands.touch("staff-day-recount", "give-up");
    hands.touch("staff-reason", "people-called-away");
    hands.secondSignsIn("1001");
    hands.signOut("staff-day");
    freeze(hands);
    bothType(hands, rightCounts(), rightCounts());
    supervisorCloses(hands, "staff-day-equal");
    hands.signOut("staff-report");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    const auto days = custody::closedDays(branch.database(), 1).value();
    REQUIRE(days.size() == 1);
    const auto report = custody::reportOf(branch.database(), days[0].day, {},
                                          branch.kiosk->outside().clock.wallTime());
    REQUIRE(report);
    int different = 0;
    for (const ports::GivenUpCount& one : report->givenUp) {
        if (one.counted != one.booked) ++different;
    }
    CHECK(different == 2);
}

TEST_CASE("while it is counted, pages that move or show what is counted stay closed") {
    StaffedKiosk branch;
    StaffHands& hands = branch.hands;
    freeze(hands);
    hands.goBack("staff-day-typing");
    for (const char* entry : {"boxes", "held", "faces", "bins"}) {
        hands.touch("staff-menu", entry);
        hands.touch("staff-problem", "understood");
    }
    hands.touch("staff-menu", "lanes");
    hands.touch("staff-lanes", "lane-1");
    hands.touch("staff-problem", "understood");
    hands.signOut("staff-lanes");
    hands.play();
    CHECK_MESSAGE(hands.done(), hands.waitsFor());
    for (const std::string& key : hands.unsaid) CHECK_MESSAGE(false, key);
}
