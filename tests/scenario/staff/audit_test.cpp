// The record of acts against what others have of it: the province's checkpoints and the day's
// report, with the machine's own books changed behind its back.
#include <algorithm>
#include <doctest/doctest.h>
#include <sstream>

#include "firmware/custody/day.hpp"
#include "firmware/desk/stock_desk.hpp"
#include "firmware/staff/audit_export.hpp"
#include "program/witness/witness.hpp"
#include "tests/scenario/staff/staff_scripts.hpp"

using namespace liqu;
using namespace liqu::scenario;

namespace {

void closeDay(StaffedKiosk& branch) {
    StaffHands& hands = branch.hands;
    freeze(hands);
    bothType(hands, rightCounts(), rightCounts());
    supervisorCloses(hands, "staff-day-equal");
    hands.signOut("staff-report");
    hands.play();
    REQUIRE_MESSAGE(hands.done(), hands.waitsFor());
}

const world::Terminal& terminalOf(StaffedKiosk& branch) {
    return branch.kiosk->outside().engine->books().terminals.begin()->second;
}

std::vector<staff::Checkpoint> keptByProvince(StaffedKiosk& branch) {
    std::string text;
    for (const auto& [number, stand] : terminalOf(branch).auditStands) text += stand.text + "\n";
    std::istringstream in(text);
    return witness::readCheckpoints(in).value();
}

witness::Record exported(StaffedKiosk& branch) {
    std::stringstream text;
    REQUIRE(staff::exportAudit(branch.database(), terminalId, [&](const std::string& row) {
        text << row;
        return Result<void>();
    }));
    return witness::readRecord(text).value();
}

void change(StaffedKiosk& branch, const char* sql) {
    auto transaction = storage::Transaction::begin(branch.database()).value();
    REQUIRE(transaction.run(sql));
    REQUIRE(transaction.commit());
}

struct GoneKey final : storage::RecordKey {
    Result<std::string> macOf(std::int64_t, std::string_view) override {
        return fail(ErrorCode::keyMissing, "audit.key");
    }
    void committed() override {}
    void rolledBack() override {}
};

bool wasTold(StaffedKiosk& branch, const char* words) {
    return std::ranges::any_of(branch.kiosk->logLines(), [words](const std::string& line) {
        return line.find(words) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("the province and the day's report keep the same place in the record, and it passes") {
    StaffedKiosk branch;
    closeDay(branch);
    const auto kept = keptByProvince(branch);
    REQUIRE_FALSE(kept.empty());
    const std::string day = custody::closedDays(branch.database(), 1).value().at(0).day;
    const auto report = desk::StockDesk(branch.kiosk->stock()).report(day).value();
    CHECK(staff::textOf(kept.back()) == report.auditCheckpoint);
    const auto verdict = witness::verify(exported(branch), kept, {}).value();
    CHECK_FALSE(verdict.wrong);
    CHECK(verdict.witnessed == kept.back().lines);
    CHECK(verdict.unwitnessed > 0);
    CHECK(terminalOf(branch).auditBroken.empty());
}

TEST_CASE("a line that was changed at the machine is found by what the province kept") {
    StaffedKiosk branch;
    closeDay(branch);
    const auto kept = keptByProvince(branch);
    std::int64_t line = 2;
    SUBCASE("a line") {
        change(branch, "UPDATE staff_audit SET actor = '1009' WHERE line = 2");
    }
    SUBCASE("a move the record saw") {
        change(branch, "UPDATE moves SET quantity = quantity + 1 WHERE move = 1");
        line = 1;
    }
    SUBCASE("everything from some line on") {
        change(branch, "DELETE FROM staff_audit WHERE line >= 4");
        line = 4;
    }
    const auto verdict = witness::verify(exported(branch), kept, {}).value();
    REQUIRE(verdict.wrong);
    CHECK(verdict.wrong->line == line);
}

TEST_CASE("a record that was set back is refused by the province, and said at the next sign-in") {
    StaffedKiosk branch;
    closeDay(branch);
    REQUIRE(terminalOf(branch).auditBroken.empty());
    change(branch, "DELETE FROM staff_audit WHERE line > 2");
    change(branch, "DELETE FROM staff_audit_marks");
    change(branch, "DELETE FROM meta WHERE name LIKE 'audit_%'");
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1004");
    branch.hands.signOut("staff-menu");
    branch.hands.play();
    branch.kiosk->outside().clock.sleepFor(std::chrono::minutes{16});
    for (int i = 0; i < 200 && terminalOf(branch).auditBroken.empty(); ++i) branch.kiosk->turn();
    CHECK_FALSE(terminalOf(branch).auditBroken.empty());
    branch.kiosk->outside().clock.sleepFor(std::chrono::hours{2});
    const auto told = [&branch] { return wasTold(branch, "does not continue"); };
    for (int i = 0; i < 200 && !told(); ++i) branch.kiosk->turn();
    CHECK(told());
}

TEST_CASE("a key of the record that is gone while the machine runs is said, and cards are made") {
    StaffedKiosk branch;
    branch.kiosk->turn();
    CHECK_FALSE(wasTold(branch, "has no mac"));
    branch.database().lend(std::make_shared<GoneKey>());
    branch.hands.comeToTheCorner();
    branch.hands.signIn("1004");
    branch.hands.signOut("staff-menu");
    branch.hands.play();
    branch.kiosk->turn();
    CHECK(wasTold(branch, "has no mac"));
    CHECK(standing(branch) == "welcome");
    CHECK(staff::checkChain(branch.database()));
}
