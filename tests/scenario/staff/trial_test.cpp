// A test card through the whole machine: the books of real cards are the same before and after,
// also over a power cut at any moment; a blank that is laid down instead is known and booked.
#include <algorithm>
#include <doctest/doctest.h>
#include <set>

#include "firmware/base/whole_file.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/desk/trial_issue.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/staff/machine_walks.hpp"
#include "tests/scenario/staff/staff_scripts.hpp"

namespace liqu::scenario {
namespace {

using Books = std::map<std::string, std::string>;

std::string wordOf(const storage::Row& row, std::size_t column) {
    if (row.isNull(column)) return "null";
    if (row.isInteger(column)) return std::to_string(row.integer(column));
    return row.isText(column) ? row.text(column) : toHex(row.bytes(column));
}

// By value: a loop over a temporary's inside would outlive it.
std::vector<storage::Row> rowsOf(StaffedKiosk& branch, const std::string& sql) {
    return branch.database().query(sql).value();
}

// Every row of every table, but for the record of acts, who signed in, and the trial itself.
Books wholeBooks(StaffedKiosk& branch) {
    branch.kiosk->turn();
    Books books;
    for (const storage::Row& table :
         rowsOf(branch,
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN "
                "('staff_audit', 'staff', 'staff_audit_end', 'sqlite_sequence')")) {
        const std::string& name = table.text(0);
        const auto columns =
            branch.number("SELECT count(*) FROM pragma_table_info('" + name + "')");
        std::multiset<std::string> rows;
        for (const storage::Row& row : rowsOf(branch, "SELECT * FROM \"" + name + "\"")) {
            std::string text;
            for (std::size_t at = 0; at < static_cast<std::size_t>(columns); ++at) {
                text += wordOf(row, at) + "|";
            }
            const bool own =
                name == "meta" && (text.starts_with("trial_issue") || text.starts_with("audit_"));
            if (!own) rows.insert(text);
        }
        for (const std::string& row : rows) books[name] += row + "\n";
    }
    return books;
}

// Which tables differ: "cards moves".
std::string changed(const Books& before, const Books& after) {
    std::set<std::string> names;
    for (const auto& [name, rows] : before) {
        const auto found = after.find(name);
        if (found == after.end() || found->second != rows) names.insert(name);
    }
    for (const auto& [name, rows] : after) {
        if (!before.contains(name) && !rows.empty()) names.insert(name);
    }
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
    return text;
}

std::int64_t lines(StaffedKiosk& branch, const std::string& like) {
    return branch.number("SELECT count(*) FROM staff_audit WHERE act || ' ' || object LIKE '" +
                         like + "'");
}

void checkQuiet(StaffedKiosk& branch) {
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(branch.hands.unsaid.empty());
    CHECK(branch.kiosk->truth().lies().empty());
    CHECK(disagreements(*branch.kiosk).empty());
    CHECK_FALSE(desk::openTrialIssue(branch.database()).value());
}

bool testCardIsBack(StaffedKiosk& branch) {
    const auto& hand = branch.kiosk->outside().inStaffHand;
    return hand && hand->id == testCardId;
}

void leadOn(StaffedKiosk& branch) {
    toMachine(branch.hands, "1001");
    branch.hands.touch("staff-machine", "trial");
    branch.hands.touch("staff-trial", "begin");
}

desk::LastTrial last(StaffedKiosk& branch) {
    const auto trial = desk::lastTrialIssue(branch.database()).value();
    REQUIRE(trial);
    return *trial;
}

}  // namespace

TEST_CASE("a test card is read, printed and given back, and no book of a card changes") {
    for (const bool atOnce : {true, false}) {
        CAPTURE(atOnce);
        StaffedKiosk branch;
        const Books before = wholeBooks(branch);
        if (atOnce) takesAtOnce(branch);
        aTrial(branch);
        checkQuiet(branch);
        CHECK(changed(before, wholeBooks(branch)) == "");
        REQUIRE(testCardIsBack(branch));
        CHECK(branch.kiosk->outside().inStaffHand->hasWholeFace());
        CHECK(last(branch).outcome == desk::TrialOutcome::passed);
        CHECK(last(branch).operatorId == "1001");
        CHECK(lines(branch, "trial-issue begin") == 1);
        CHECK(lines(branch, "trial-issue passed") == 1);
        CHECK(standing(branch) == "welcome");
    }
}

TEST_CASE("a trial that a part fails is recorded as failed, and the card comes back") {
    StaffedKiosk branch({"chip.mute"});
    const Books before = wholeBooks(branch);
    aTrialThatFails(branch);
    checkQuiet(branch);
    CHECK(changed(before, wholeBooks(branch)) == "");
    CHECK(last(branch).outcome == desk::TrialOutcome::failed);
    CHECK(last(branch).code == numberOf(ErrorCode::chipMute));
    REQUIRE(testCardIsBack(branch));
    CHECK(branch.kiosk->outside().inStaffHand->panels.empty());
}

TEST_CASE("a blank that is laid down instead is not printed on, and booked by two") {
    StaffedKiosk branch;
    const std::string number = branch.kiosk->outside().printer->places().hoppers.front().front().id;
    aTrialWithABlank(branch);
    auto& hand = branch.kiosk->outside().inStaffHand;
    REQUIRE(hand);
    CHECK(hand->id == number);
    CHECK(hand->panels.empty());
    // As the page said.
    branch.kiosk->outside().printer->putIntoBin(*std::exchange(hand, std::nullopt));
    checkQuiet(branch);
    CHECK(custody::findCard(branch.database(), number).value()->place ==
          custody::Place::rejectBin());
    CHECK(branch.number("SELECT count(*) FROM outbox WHERE message_type LIKE 'ISSUE.%'") == 0);
    CHECK(last(branch).outcome == desk::TrialOutcome::wrongCard);
    CHECK(lines(branch, "clear-jam book " + number + "%") == 2);
    branch.kiosk->settle();
    CHECK(cardsInBooks(*branch.kiosk) == "reject-bin 1");
}

TEST_CASE("until a blank that was laid down is booked, nothing is made") {
    StaffedKiosk branch;
    const std::string number = takeABlank(branch);
    beginTrial(branch.hands);
    worksAsGuided(branch);
    branch.hands.goBack("staff-trial-wrong");
    branch.hands.signOut("staff-machine");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(standing(branch) == "testCardInPrinter");
    const auto open = desk::openTrialIssue(branch.database()).value();
    REQUIRE(open);
    CHECK(open->cardNumber == number);
    leadOn(branch);
    branch.hands.touch("staff-trial-wrong", "book");
    branch.hands.secondSignsIn("1002");
    branch.hands.touch("staff-done", "understood");
    branch.hands.signOut("staff-machine");
    branch.hands.play();
    auto& hand = branch.kiosk->outside().inStaffHand;
    branch.kiosk->outside().printer->putIntoBin(*std::exchange(hand, std::nullopt));
    checkQuiet(branch);
}

// The power goes in the middle of a trial; whoever comes then leads it on. What was found at the
// start: "" where none was open, else where the card lay.
std::string cutAndLedOn(const std::function<void(StaffedKiosk&)>& setCut) {
    StaffedKiosk branch;
    const Books before = wholeBooks(branch);
    beginTrial(branch.hands);
    worksAsGuided(branch);
    branch.hands.signOut("staff-machine");
    setCut(branch);
    CHECK_THROWS_AS(branch.hands.play(), PowerCut);
    branch.hands.forgetPlans();
    branch.kiosk->restart();
    branch.kiosk->settle();
    CHECK(changed(before, wholeBooks(branch)) == "");
    CHECK(cardsInBooks(*branch.kiosk) == "-");
    std::string found;
    if (desk::openTrialIssue(branch.database()).value()) {
        const auto lies = branch.kiosk->outside().printer->places().find(testCardId);
        found = lies ? lies->place : "in hand";
        CHECK(standing(branch) == "testCardInPrinter");
        leadOn(branch);
        branch.hands.signOut("staff-machine");
        branch.hands.play();
    }
    checkQuiet(branch);
    CHECK(testCardIsBack(branch));
    CHECK(changed(before, wholeBooks(branch)) == "");
    CHECK(standing(branch) == "welcome");
    return found;
}

TEST_CASE("a trial that the power cut short is found again, and its card is taken for no blank") {
    constexpr int cuts = 24;
    StaffedKiosk whole;
    wholeBooks(whole);
    const int firstLook = whole.kiosk->looks();
    const Instant begin = whole.kiosk->outside().clock.now();
    aTrial(whole);
    const int looks = whole.kiosk->looks() - firstLook;
    const Duration length = whole.kiosk->outside().clock.now() - begin;
    std::map<std::string, int> found;
    for (int at = 1; at <= cuts; ++at) {
        CAPTURE(at);
        ++found[cutAndLedOn([&](StaffedKiosk& branch) {
            branch.kiosk->cutPowerAt(branch.kiosk->outside().clock.now() +
                                     length * at / (cuts + 1));
        })];
        ++found[cutAndLedOn([&](StaffedKiosk& branch) {
            branch.kiosk->cutPowerAtLook(branch.kiosk->looks() + looks * at / (cuts + 1));
        })];
    }
    for (const char* place : {"", "in hand", "mouth", "print"}) {
        CAPTURE(std::string(place));
        CHECK(found[place] >= 1);
    }
}

TEST_CASE("a test card that were booked as a blank would be found") {
    StaffedKiosk branch;
    const Books before = wholeBooks(branch);
    aTrial(branch);
    REQUIRE(changed(before, wholeBooks(branch)) == "");
    // The lie: it was fed, and is a refused blank.
    const WallTime at = branch.kiosk->outside().clock.wallTime();
    auto transaction = storage::Transaction::begin(branch.database()).value();
    REQUIRE(custody::moveUnidentified(transaction, custody::Place::hopper(1),
                                      custody::Place::chipStation(), {"fed", "", at}));
    REQUIRE(transaction.commit());
    CHECK(changed(before, wholeBooks(branch)).find("moves") != std::string::npos);
    CHECK_FALSE(disagreements(*branch.kiosk).empty());
}

TEST_CASE("no trial is begun while the books have a card inside, or the day is counted") {
    StaffedKiosk branch;
    const WallTime at = branch.kiosk->outside().clock.wallTime();
    auto transaction = storage::Transaction::begin(branch.database()).value();
    REQUIRE(custody::moveUnidentified(transaction, custody::Place::hopper(1),
                                      custody::Place::chipStation(), {"fed", "", at}));
    REQUIRE(transaction.commit());
    beginTrial(branch.hands);
    worksAsGuided(branch);
    branch.hands.touch("staff-problem", "understood");
    branch.hands.signOut("staff-machine");
    branch.hands.play();
    CHECK_MESSAGE(branch.hands.done(), branch.hands.waitsFor());
    CHECK(branch.hands.unsaid.empty());
    CHECK_FALSE(desk::openTrialIssue(branch.database()).value());
    CHECK(testCardIsBack(branch));
}

TEST_CASE("the result of a trial is a line of the readiness report") {
    for (const bool tried : {false, true}) {
        CAPTURE(tried);
        StaffedKiosk branch;
        if (tried) aTrial(branch);
        toMachine(branch.hands, "1003");
        branch.hands.touch("staff-machine", "certificate");
        branch.hands.touch("staff-certificate", "copy");
        branch.hands.signOut("staff-certificate");
        branch.hands.play();
        checkQuiet(branch);
        std::string table;
        for (const auto& entry : std::filesystem::directory_iterator(branch.stick)) {
            if (entry.path().extension() != ".csv") continue;
            table = textOf(readWholeFile(entry.path()).value());
        }
        std::erase(table, '"');
        const char* wanted = tried ? "测试卡试制,通过　1001," : "测试卡试制,还没有做过,";
        CHECK(table.find(wanted) != std::string::npos);
    }
}

// The card was said to be out by a person, not seen to be by the sensor.
bool saidAgainstSensor(const StaffHands& hands) {
    return std::ranges::any_of(hands.screens, [](const screen::Screen& screen) {
        const auto* page = std::get_if<screen::StaffPageScreen>(&screen.content);
        if (page == nullptr || page->name != "staff-jam-steps") return false;
        const auto& rows = page->tables.front().rows;
        return std::ranges::any_of(rows, [](const screen::StaffRow& row) {
            return row.cells.at(1).key == "staff.jam.take-out" &&
                   row.cells.at(2).key == "staff.guided.by-person";
        });
    });
}

void jamATestCard(bool remembered) {
    CAPTURE(remembered);
    StaffedKiosk branch({"printer.jam@print"});
    if (remembered) branch.kiosk->outside().printer->rememberCards();
    const Books before = wholeBooks(branch);
    beginTrial(branch.hands);
    worksAsGuided(branch);
    branch.hands.touch("staff-trial-failed", "understood");
    branch.hands.touch("staff-trial-failed", "understood");
    branch.hands.touch("staff-machine", "jam");
    branch.hands.touch("staff-jam", "begin");
    branch.hands.secondSignsIn("1002");
    branch.hands.touch("staff-jam-card", "no-card");
    branch.hands.touch("staff-machine", "trial");
    branch.hands.touch("staff-trial", "begin");
    branch.hands.signOut("staff-machine");
    branch.hands.play();
    checkQuiet(branch);
    CHECK(changed(before, wholeBooks(branch)) == "");
    CHECK(testCardIsBack(branch));
    CHECK(last(branch).outcome == desk::TrialOutcome::failed);
    CHECK(saidAgainstSensor(branch.hands) == remembered);
}

TEST_CASE("a test card that jams is taken out and booked nowhere") {
    jamATestCard(false);
}

TEST_CASE("a sensor that tells of the card until the reset is overruled, and read again") {
    jamATestCard(true);
}

}  // namespace liqu::scenario
