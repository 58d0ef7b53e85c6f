// Rules: A-19, D-02, M-09, M-10, M-16.
// Who gets a held card, and what the ledger keeps of it: its holder, or somebody the holder sent.
#include <map>

#include "firmware/issuance/handover_book.hpp"
#include "tests/unit/desk/branch.hpp"

namespace liqu::desk {
namespace {

using issuance::HandoverWay;
using policy::AgentProof;

struct Counter {
    Branch branch;
    Order order;

    explicit Counter(std::vector<AgentProof> proofs = {AgentProof::bothDocuments}) {
        branch.loadLane();
        order = branch.heldOrder();
        branch.report(order);
        branch.answer("ISSUE.REPORT", "delivered", "OK");
        branch.answer("ISSUE.ENABLE", "delivered", "OK");
        branch.region.agent = {.proofs = std::move(proofs), .keepCopy = true};
        auto transaction = Transaction::begin(*branch.database).value();
        REQUIRE(
            transaction.run("INSERT INTO staff(number, name, roles, pin_verifier, created_at) "
                            "VALUES('1002', '样例乙', 'stock-clerk', '-', 0)"));
        REQUIRE(transaction.commit());
    }
    static Agent agent() {
        return {.document = "residentIdCard",
                .number = PersonalText("11010519491231002X"),
                .name = PersonalText("样例丙"),
                .digest = "a",
                .proof = AgentProof::bothDocuments,
                .proofPaper = "",
                .copyPaper = "C-1"};
    }
    Result<void> give(std::optional<Agent> collector = std::nullopt) {
        return handOverFromHold(branch.parts(), order.orderId,
                                {.pickupCode = "123456",
                                 .identityChecked = true,
                                 .signatureEvidence = "P-1",
                                 .document = "residentIdCard",
                                 .agent = std::move(collector)},
                                branch.two);
    }
    std::vector<issuance::HandoverLine> lines() {
        const auto day = custody::currentDay(*branch.database).value()->day;
        return issuance::handoversOn(*branch.database, day).value();
    }
    bool isHeld() { return branch.orders.find(order.orderId).value()->state == OrderState::held; }
};

ErrorCode codeOf(const Result<void>& done) {
    return done ? ErrorCode{} : done.error().code;
}

}  // namespace

TEST_CASE("a card its holder fetched is a line of the ledger, with nobody's name in it") {
    Counter counter;
    REQUIRE(counter.give());
    const auto lines = counter.lines();
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].cardNumber == counter.order.cardNumber);
    CHECK(lines[0].way == HandoverWay::counter);
    CHECK(lines[0].outlet == "O-1");
    CHECK(lines[0].document == "residentIdCard");
    CHECK(lines[0].signature == "P-1");
    CHECK(lines[0].confirmed == issuance::Confirmed::paper);
    CHECK(lines[0].people.operatorId == "1001");
    CHECK(lines[0].people.secondOperatorId == "1002");
    // The province has not been told yet.
    const auto day = custody::currentDay(*counter.branch.database).value()->day;
    CHECK(issuance::handoversNotTold(*counter.branch.database, day) == 1);
    counter.branch.answer("ISSUE.HANDOVER", "delivered", "OK");
    CHECK(issuance::handoversNotTold(*counter.branch.database, day) == 0);
    const auto report = counter.branch.desk().report(day).value();
    REQUIRE(report.counters.handovers.size() == 1);
    CHECK(report.counters.handovers[0].count == report.counters.movedToHolders);
}

TEST_CASE("somebody the holder sent: both documents, the paper of the region, a copy") {
    Counter counter;
    Agent agent = Counter::agent();
    SUBCASE("everything is there") {
        REQUIRE(counter.give(agent));
        const auto lines = counter.lines();
        REQUIRE(lines.size() == 1);
        CHECK(lines[0].way == HandoverWay::agent);
        CHECK(lines[0].proof == "both-documents");
        CHECK(lines[0].copyPaper == "C-1");
        // The number is there for whoever may open it, and lies in no column.
        const auto who = issuance::receiversOf(*counter.branch.database, counter.branch.sealer,
                                               counter.order.cardNumber);
        REQUIRE(who->size() == 1);
        CHECK(says((*who)[0].reveal(), "11010519491231002X"));
        CHECK(counter.branch.database->number(
                  "SELECT count(*) FROM handovers WHERE instr(person_sealed, '11010519') > 0") ==
              0);
        return;
    }
    SUBCASE("no copy of the collector's document") {
        agent.copyPaper.clear();
    }
    SUBCASE("a copy under somebody's name") {
        agent.copyPaper = "样例";
    }
    SUBCASE("the collector's document was not there") {
        agent.number = {};
    }
    SUBCASE("a paper this region does not take") {
        agent.proof = AgentProof::employer;
        agent.proofPaper = "E-1";
    }
    SUBCASE("a region without agents") {
        counter.branch.region.agent.proofs.clear();
    }
    CHECK(codeOf(counter.give(agent)) == ErrorCode::handoverNotProven);
    CHECK(counter.isHeld());
    CHECK(counter.lines().empty());
}

TEST_CASE("whoever hands a card over does not fetch it, and the holder is no agent") {
    Counter counter;
    Agent colleague = Counter::agent();
    colleague.name = PersonalText("样例乙");
    CHECK(codeOf(counter.give(colleague)) == ErrorCode::samePersonTwice);
    Agent holder = Counter::agent();
    holder.digest = "h";
    CHECK(codeOf(counter.give(holder)) == ErrorCode::moveNotPossible);
    CHECK(counter.isHeld());
    CHECK(counter.lines().empty());
}

TEST_CASE("a paper other than the documents has a number") {
    Counter counter({AgentProof::kinship, AgentProof::hukou});
    Agent guardian = Counter::agent();
    CHECK(codeOf(counter.give(guardian)) == ErrorCode::handoverNotProven);
    guardian.proof = AgentProof::hukou;
    CHECK(codeOf(counter.give(guardian)) == ErrorCode::handoverNotProven);
    guardian.proofPaper = "H-7";
    REQUIRE(counter.give(guardian));
    CHECK(counter.lines().at(0).proof == "hukou");
    CHECK(counter.lines().at(0).proofPaper == "H-7");
}

TEST_CASE("a minor's card goes to a guardian, a grown-up's to a relative or the employer's") {
    Counter counter({AgentProof::kinship, AgentProof::employer});
    counter.branch.region.agent.minorProofs = {AgentProof::hukou, AgentProof::community};
    Agent agent = Counter::agent();
    agent.proofPaper = "H-7";
    const auto comes = [&](AgentProof proof, std::optional<int> holderAge) {
        agent.proof = proof;
        agent.holderAge = holderAge;
        return counter.give(agent);
    };
    for (const AgentProof proof : {AgentProof::hukou, AgentProof::community}) {
        CHECK(codeOf(comes(proof, 18)) == ErrorCode::handoverNotProven);
        CHECK(codeOf(comes(proof, std::nullopt)) == ErrorCode::handoverNotProven);
    }
    for (const AgentProof proof : {AgentProof::kinship, AgentProof::employer}) {
        CHECK(codeOf(comes(proof, 17)) == ErrorCode::handoverNotProven);
        CHECK(codeOf(comes(proof, std::nullopt)) == ErrorCode::handoverNotProven);
    }
    CHECK(counter.lines().empty());
    CHECK(counter.isHeld());
    SUBCASE("a guardian") {
        CHECK(comes(AgentProof::community, 17));
    }
    SUBCASE("a relative") {
        CHECK(comes(AgentProof::kinship, 18));
    }
    CHECK(counter.lines().size() == 1);
}

// 签收: what was said on the screen stands beside the line, once, and is kept as long.
TEST_CASE("a card taken at the mouth is signed for by touch, or by nobody; the day counts both") {
    Counter counter;
    REQUIRE(counter.give());
    storage::Database& database = *counter.branch.database;
    const auto taken = [&](const std::string& number, const std::string& orderId) {
        auto transaction = Transaction::begin(database).value();
        issuance::HandoverLine line{.at = counter.branch.clock.wallTime(),
                                    .cardNumber = number,
                                    .orderId = orderId,
                                    .outlet = "O-1"};
        REQUIRE(issuance::noteHandover(transaction, counter.branch.sealer, line, PersonalText("d"),
                                       std::chrono::years{5}));
        REQUIRE(transaction.commit());
    };
    taken("A00000009", "T-8");
    taken("A00000010", "T-9");
    const WallTime now = counter.branch.clock.wallTime();
    REQUIRE(issuance::confirmHandover(database, "T-8", now));
    REQUIRE(issuance::confirmHandover(database, "T-8", now));
    // What was never taken here, and what was signed for at the counter, is not touched.
    CHECK(codeOf(issuance::confirmHandover(database, "T-7", now)) == ErrorCode::moveNotPossible);
    CHECK(codeOf(issuance::confirmHandover(database, counter.order.orderId, now)) ==
          ErrorCode::moveNotPossible);
    const auto lines = counter.lines();
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].confirmed == issuance::Confirmed::paper);
    CHECK(lines[1].confirmed == issuance::Confirmed::touch);
    CHECK(lines[2].confirmed == issuance::Confirmed::nothing);
    const auto day = custody::currentDay(database).value()->day;
    std::map<std::string, std::int64_t> counts;
    const auto report = counter.branch.desk().report(day).value();
    for (const auto& one : report.counters.handoversConfirmed) counts[one.name] = one.count;
    CHECK(counts ==
          std::map<std::string, std::int64_t>{{"nothing", 1}, {"paper", 1}, {"touch", 1}});
    for (const char* sql : {"DELETE FROM handover_confirmations",
                            "UPDATE handover_confirmations SET how = 'paper'"}) {
        auto transaction = Transaction::begin(database).value();
        CHECK_FALSE(transaction.run(sql));
    }
}

TEST_CASE("a line of the ledger is never changed, and not lost before its years are over") {
    Counter counter;
    REQUIRE(counter.give());
    storage::Database& database = *counter.branch.database;
    const auto tries = [&](const char* sql) {
        auto transaction = Transaction::begin(database).value();
        const auto done = transaction.run(sql);
        return done && transaction.commit();
    };
    CHECK_FALSE(tries("UPDATE handovers SET card_number = 'A00000009'"));
    CHECK_FALSE(tries("DELETE FROM handovers"));
    const auto addLine = [&](std::chrono::days later) {
        auto transaction = Transaction::begin(database).value();
        issuance::HandoverLine line{.at = counter.branch.clock.wallTime() + later,
                                    .cardNumber = "A00000009",
                                    .orderId = "T-1",
                                    .outlet = "O-1"};
        REQUIRE(issuance::noteHandover(transaction, counter.branch.sealer, line, PersonalText("d"),
                                       std::chrono::years{5}));
        REQUIRE(transaction.commit());
    };
    const WallTime first = counter.branch.clock.wallTime();
    const Date day = chinaDate(first);
    const auto until = std::chrono::sys_days{day + std::chrono::years{5}};
    const auto years = until - std::chrono::sys_days{day};
    addLine(years - std::chrono::days{1});
    CHECK_FALSE(tries("DELETE FROM handovers WHERE line = 1"));
    addLine(years + std::chrono::days{2});
    CHECK(tries("DELETE FROM handovers WHERE line = 1"));
    CHECK_FALSE(tries("DELETE FROM handovers"));
}

}  // namespace liqu::desk
