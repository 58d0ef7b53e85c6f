// Tamperings with audit records, and what a witness outside finds of them.
// Rules: D-09.
#include "tests/audit/audit_proof.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

#include "firmware/staff/audit_export.hpp"

using namespace liqu;
using namespace liqu::proof;

TEST_CASE("tamperings with what was witnessed are found, honest records are not accused") {
    AuditPlan plan;
    plan.tamperings = 400;
    const AuditFigures figures = proveAudit(plan);
    CAPTURE(figures.firstMissed);
    CHECK(figures.tamperings == 400);
    CHECK(figures.found == 400);
    CHECK(figures.later > 0);
    CHECK(figures.accused == 0);
    CHECK(figures.honest > 20);
}

TEST_CASE("a machine whose key stays the same is seen") {
    AuditPlan plan;
    plan.tamperings = 100;
    plan.weakness = Weakness::keyStaysTheSame;
    CHECK_FALSE(proveAudit(plan).holds());
}

TEST_CASE("a witness that compares no mac names the wrong line") {
    AuditPlan plan;
    plan.tamperings = 200;
    plan.blindness = Blindness::comparesNoMac;
    CHECK_FALSE(proveAudit(plan).holds());
}

TEST_CASE("a witness that has no checkpoints misses an end that is cut") {
    AuditPlan plan;
    plan.tamperings = 200;
    plan.blindness = Blindness::hasNoCheckpoints;
    CHECK_FALSE(proveAudit(plan).holds());
}

TEST_CASE("books that were changed under the record are seen in its export") {
    Recorder recorder(7, Weakness::none);
    recorder.write(20);
    recorder.checkpoint();
    auto transaction = storage::Transaction::begin(recorder.database()).value();
    REQUIRE(transaction.run("UPDATE moves SET quantity = 2 WHERE move = 2"));
    REQUIRE(transaction.commit());
    const Recorded recorded = recorder.recorded();
    const auto verdict =
        witness::verify(recorded.record, recorded.checkpoints, {recorded.firstKey}).value();
    REQUIRE(verdict.wrong);
    CHECK(verdict.wrong->why.find("moves") != std::string::npos);
    CHECK(verdict.witnessed == 20);
}

TEST_CASE("no key of before lies anywhere on the machine") {
    Recorder recorder(11, Weakness::none);
    const auto content = [&](const char* name) {
        std::ifstream file(recorder.scratch().file(name), std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    // As it lies there: sealed, and it would open with the machine's own key.
    std::vector<std::string> before;
    for (int i = 0; i < 12; ++i) {
        const std::string text = content("audit.key");
        const std::size_t start = text.find_first_not_of('\0');
        REQUIRE(start != std::string::npos);
        before.push_back(text.substr(start, text.find('\n', start) - start));
        recorder.write(1);
    }
    const Recorded recorded = recorder.recorded();
    SecretBytes key = recorded.firstKey.key;
    for (const std::string& old : before) {
        const std::string plain = textOf(key.reveal());
        for (const char* name : {"audit.key", "kiosk.db", "kiosk.db-wal"}) {
            CAPTURE(name);
            const std::string text = content(name);
            REQUIRE_FALSE(text.empty());
            CHECK(text.find(old) == std::string::npos);
            CHECK(text.find(plain) == std::string::npos);
            CHECK(text.find(toHex(key.reveal())) == std::string::npos);
        }
        key = staff::keyAfter(key);
    }
    CHECK(key == recorded.keyFound);
}
