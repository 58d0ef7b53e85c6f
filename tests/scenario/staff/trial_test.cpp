// A test card through the whole machine: the books of real cards are the same before and after,
// also over a power cut at any moment; a blank that is laid down instead is known and booked.
#include <doctest/doctest.h>
#include <set>

#include "firmware/base/whole_file.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/desk/trial_issue.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/staff/machine_walks.hpp"

namespace liqu::scenario {
namespace {

using Books = std::map<std::string, std::string>;

std::string wordOf(const storage::Row& row, std::size_t column) {
    if (row.isNull(column)) return "null";
    if (row.isInteger(column)) return std::to_string(row.integer(column));
    return row.isText(column) ? row.text(column) : toHex(row.bytes(column));
}

// Every row of every table, but for the record of acts, who signed in, and the trial itself.
Books wholeBooks(StaffedKiosk& branch) {
    Books books;
    for (const storage::Row& table :
         branch.database()
             .query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN "
                    "('staff_audit', 'staff', 'staff_audit_end', 'sqlite_sequence')")
             .value()) {
        const std::string& name = table.text(0);
        const auto columns =
            branch.number("SELECT count(*) FROM pragma_table_info('" + name + "')");
        std::multiset<std::string> rows;
        for (const storage::Row& row :
             branch.database().query("SELECT * FROM \"" + name + "\"").value()) {
            std::string text;
            for (std::size_t at = 0; at < static_cast<std::size_t>(columns); ++at) {
                text += wordOf(row, at) + "|";
            }
            const bool own = name == "meta" && text.starts_with("trial_issue");
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

// Takes the blank that would come next, and lays it down for the test card.
std::string takeABlank(StaffedKiosk& branch) {
    Outside& outside = branch.kiosk->outside();
    const std::string number = outside.printer->places().hoppers.front().front().id;
    outside.inStaffHand = outside.printer->takeInHand(number, outside.clock.now());
    return number;
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
        CHECK(standing(*branch.kiosk) == "welcome");
    }
}

TEST_CASE("a trial that a part fails is recorded as failed, and the card comes back") {
    StaffedKiosk branch({"chip.mute"});
    const Books before = wholeBooks(branch);
    beginTrial(branch.hands);
    worksAsGuided(branch);
    branch.hands.touch("staff-problem", "understood");
    branch.hands.signOut("staff-machine");
    branch.hands.play();
    checkQuiet(branch);
    CHECK(changed(before, wholeBooks(branch)) == "");
    CHECK(last(branch).outcome == desk::TrialOutcome::failed);
    CHECK(last(branch).code == numberOf(ErrorCode::chipMute));
    REQUIRE(testCardIsBack(branch));
    CHECK(branch.kiosk->outside().inStaffHand->panels.empty());
}

TEST_CASE("a blank that is laid down instead is not printed on, and booked by two") {
    StaffedKiosk branch;
    const std::string number = takeABlank(branch);
    beginTrial(branch.hands);
    worksAsGuided(branch);
    branch.hands.touch("staff-trial-wrong", "book");
    branch.hands.secondSignsIn("1002");
    branch.hands.touch("staff-done", "understood");
    branch.hands.signOut("staff-machine");
    branch.hands.play();
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
    CHECK(lines(branch, "clear-jam book " + number + "%") == 1);
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
    CHECK(standing(*branch.kiosk) == "testCardInPrinter");
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

TEST_CASE("a trial that the power cut short is found again, and its card is taken for no blank") {
    constexpr int cuts = 24;
    StaffedKiosk whole;
    const int first = whole.kiosk->looks();
    aTrial(whole);
    const int all = whole.kiosk->looks() - first;
    int found = 0;
    int inside = 0;
    for (int at = 1; at <= cuts; ++at) {
        CAPTURE(at);
        StaffedKiosk branch;
        const Books before = wholeBooks(branch);
        beginTrial(branch.hands);
        worksAsGuided(branch);
        branch.hands.signOut("staff-machine");
        branch.kiosk->cutPowerAtLook(branch.kiosk->looks() + all * at / (cuts + 1));
        CHECK_THROWS_AS(branch.hands.play(), PowerCut);
        branch.hands.forgetPlans();
        branch.kiosk->restart();
        branch.kiosk->settle();
        CHECK(changed(before, wholeBooks(branch)) == "");
        CHECK(cardsInBooks(*branch.kiosk) == "-");
        if (desk::openTrialIssue(branch.database()).value()) {
            ++found;
            inside += branch.kiosk->outside().printer->places().inside ? 1 : 0;
            CHECK(standing(*branch.kiosk) == "testCardInPrinter");
            leadOn(branch);
            branch.hands.signOut("staff-machine");
            branch.hands.play();
        }
        checkQuiet(branch);
        CHECK(testCardIsBack(branch));
        CHECK(changed(before, wholeBooks(branch)) == "");
        CHECK(standing(*branch.kiosk) == "welcome");
    }
    CHECK(found >= 10);
    CHECK(inside >= 3);
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

TEST_CASE("a test card that jams is taken out and booked nowhere") {
    StaffedKiosk branch({"printer.jam@print"});
    const Books before = wholeBooks(branch);
    beginTrial(branch.hands);
    worksAsGuided(branch);
    branch.hands.touch("staff-problem", "understood");
    branch.hands.touch("staff-problem", "understood");
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
}

}  // namespace liqu::scenario
