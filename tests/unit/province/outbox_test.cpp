// Rules: D-05, G-01, G-17.
#include "firmware/province/outbox.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "tests/unit/province/office.hpp"

using namespace liqu;
using namespace liqu::province;
using nlohmann::json;
using storage::Transaction;
using test::Answer;
using test::notSent;
using test::Office;
using test::outcomeUnknown;
using Names = std::vector<std::string>;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

Answer proofSaying(bool carriedOut, const char* outcome) {
    json progress = test::exampleAnswer("PROGRESS.QUERY");
    progress["carriedOut"] = carriedOut;
    progress["outcome"] = outcome;
    return {"OK", progress};
}

}  // namespace

TEST_CASE("a fact is sent once, its answer is stored, and its sealed body stays for a while") {
    Office office;
    const FactId fact = office.putReport();
    CHECK(depthOf(*office.kiosk)->queued == 1);
    const SendStep step = office.sender.step().value();
    CHECK(step.sent == fact);
    CHECK_FALSE(step.nextDue.has_value());
    CHECK(office.status(fact).state == FactState::delivered);
    CHECK(office.status(fact).answer == ReplyCode::ok);
    CHECK(office.kiosk->number("SELECT body_sealed IS NULL FROM outbox").value() == 0);
    CHECK_FALSE(office.sender.step()->sent.has_value());
    const json& request = office.desk.link.requests.at(0);
    CHECK(request["terminalSeq"] == 1);
    CHECK(request["epoch"] == test::testEpoch);
    CHECK(request["bizTime"] == "2024-06-01T10:02:31.000+08:00");
    CHECK(request["idemKey"] ==
          idempotencyKey("T-000017", test::business().bizId, MessageType::issueReport, 1));
    CHECK(office.desk.link.faults == Names{});
    CHECK_FALSE(depthOf(*office.kiosk)->oldest.has_value());
}

TEST_CASE("what was made is waiting until the province was told, other facts are not") {
    Office office;
    const WallTime happened =
        factOf(test::business(43), test::exampleReport(), 1).value().happenedAt;
    office.putEnable();
    CHECK_FALSE(reportsWaiting(*office.kiosk, happened).value());
    office.putReport(43);
    CHECK(reportsWaiting(*office.kiosk, happened).value());
    CHECK_FALSE(reportsWaiting(*office.kiosk, happened - std::chrono::seconds(1)).value());
    office.sendAllDue();
    CHECK_FALSE(reportsWaiting(*office.kiosk, happened).value());
}

TEST_CASE("the number is the transaction's: an abandoned fact leaves no gap") {
    Office office;
    office.putReport(1);
    {
        auto abandoned = Transaction::begin(*office.kiosk).value();
        REQUIRE(office.outbox.enqueue(abandoned,
                                      factOf(test::business(2), test::exampleReport(), 1).value()));
    }
    office.putReport(3);
    office.sendAllDue();
    REQUIRE(office.desk.link.requests.size() == 2);
    CHECK(office.desk.link.requests[0]["terminalSeq"] == 1);
    CHECK(office.desk.link.requests[1]["terminalSeq"] == 2);
}

TEST_CASE("inside one business facts keep their order; others do not wait for them") {
    Office office;
    office.putReport(1);
    office.putEnable(1);
    const FactId other = office.putReport(2);
    office.desk.link.then(Answer{"RETRY_LATER", nullptr, "BUSY"});
    office.sendAllDue();
    CHECK(office.types() == Names{"ISSUE.REPORT", "ISSUE.REPORT"});
    CHECK(office.status(other).state == FactState::delivered);
    office.pass(seconds(6));
    office.sendAllDue();
    CHECK(office.types() == Names{"ISSUE.REPORT", "ISSUE.REPORT", "ISSUE.REPORT", "ISSUE.ENABLE"});
}

TEST_CASE("a burst: the heads of some businesses, one commit, an end where one is not delivered") {
    Office office;
    const FactId first = office.putReport(1);
    const FactId behind = office.putEnable(1);
    const FactId refused = office.putReport(2);
    const FactId last = office.putReport(3);
    office.desk.link.then(Answer{"OK", test::exampleAnswer("ISSUE.REPORT")});
    office.desk.link.then(Answer{"BIZ_REFUSED", nullptr, "WRONG_STATE"});
    const SendStep step = office.sender.burst().value();
    CHECK(step.tries == 2);
    CHECK(step.sent == refused);
    CHECK(step.parked.size() == 1);
    CHECK(office.status(first).state == FactState::delivered);
    CHECK(office.status(refused).state == FactState::parked);
    CHECK(office.status(behind).state == FactState::queued);
    CHECK(office.sender.burst()->tries == 2);
    CHECK(office.status(last).state == FactState::delivered);
    CHECK(office.types() == Names{"ISSUE.REPORT", "ISSUE.REPORT", "ISSUE.ENABLE", "ISSUE.REPORT"});
}

TEST_CASE("a refused fact is parked for staff; what follows it waits") {
    Office office;
    const FactId enable = office.putEnable();
    const FactId handover = office.putHandover();
    office.desk.link.then(Answer{"BIZ_REFUSED", nullptr, "ENABLING_REFUSED"});
    office.sendAllDue();
    office.pass(std::chrono::hours(1));
    office.sendAllDue();
    CHECK(office.types() == Names{"ISSUE.ENABLE"});
    CHECK(office.status(enable).state == FactState::parked);
    CHECK(office.status(enable).answer == ReplyCode::refused);
    CHECK(office.status(enable).outcome == "BIZ_REFUSED/ENABLING_REFUSED");
    CHECK(office.status(handover).state == FactState::queued);
    CHECK(depthOf(*office.kiosk)->parked == 1);
    CHECK(undelivered(*office.kiosk, 10)->size() == 2);

    auto transaction = Transaction::begin(*office.kiosk).value();
    REQUIRE(requeueParked(transaction, enable));
    REQUIRE(transaction.commit());
    office.sendAllDue();
    CHECK(office.types() == Names{"ISSUE.ENABLE", "ISSUE.ENABLE", "ISSUE.HANDOVER"});
    CHECK(office.desk.link.requests[0]["idemKey"] == office.desk.link.requests[1]["idemKey"]);
}

TEST_CASE("PARTIAL is delivered and says so") {
    Office office;
    const FactId fact = office.putEnable();
    json body = test::exampleAnswer("ISSUE.ENABLE");
    body["bankLinked"] = false;
    office.desk.link.then(Answer{"PARTIAL", body, "BANK_LINK_MISSING"});
    office.sendAllDue();
    CHECK(office.status(fact).state == FactState::delivered);
    CHECK(office.status(fact).answer == ReplyCode::partial);
    CHECK(office.status(fact).outcome == "PARTIAL/BANK_LINK_MISSING");
}

TEST_CASE("busy, and a refusal of the machine, are tried again; a refused permit is not") {
    const auto stateAfter = [](const Answer& answer) {
        Office office;
        const FactId fact = office.putReport();
        office.desk.link.then(answer);
        office.sendAllDue();
        return office.status(fact).state;
    };
    CHECK(stateAfter({"RETRY_LATER", nullptr, "BUSY"}) == FactState::queued);
    CHECK(stateAfter({"UNKNOWN_OUTCOME"}) == FactState::queued);
    CHECK(stateAfter({"SECURITY", nullptr, "SIGNATURE_WRONG"}) == FactState::queued);
    CHECK(stateAfter({"SECURITY", nullptr, "PERMIT_REFUSED"}) == FactState::parked);
    CHECK(stateAfter({"SECURITY", nullptr, "KEY_REUSED"}) == FactState::parked);
    CHECK(stateAfter({"NEEDS_STAFF"}) == FactState::parked);
}

TEST_CASE("a refusal of the message: ask whether the fact was carried out before it is parked") {
    const Answer refused{"PROTOCOL", nullptr, "SCHEMA"};
    Office office;
    const FactId fact = office.putReport();
    office.desk.link.then(refused);
    SUBCASE("it was: something on the way repeated the message") {
        office.desk.link.then(proofSaying(true, "OK"));
        office.sendAllDue();
        CHECK(office.types() == Names{"ISSUE.REPORT", "PROGRESS.QUERY"});
        CHECK(office.desk.link.requests[1]["body"]["value"] ==
              office.desk.link.requests[0]["idemKey"]);
        CHECK(office.status(fact).state == FactState::delivered);
        CHECK(office.status(fact).outcome == "OK");
    }
    SUBCASE("it was, and not plainly: the same key brings the answer") {
        office.desk.link.then(proofSaying(true, "PARTIAL"));
        office.sendAllDue();
        CHECK(office.status(fact).state == FactState::queued);
        office.desk.link.then(proofSaying(true, "PARTIAL"));
        office.desk.link.then(
            Answer{"PARTIAL", test::exampleAnswer("ISSUE.REPORT"), "BANK_LINK_MISSING"});
        office.pass(seconds(6));
        office.sendAllDue();
        CHECK(office.types() ==
              Names{"ISSUE.REPORT", "PROGRESS.QUERY", "PROGRESS.QUERY", "ISSUE.REPORT"});
        CHECK(office.status(fact).outcome == "PARTIAL/BANK_LINK_MISSING");
    }
    SUBCASE("it was not, and busy may have been said to the first") {
        office.desk.link.then(proofSaying(false, "OK"));
        office.sendAllDue();
        CHECK(office.status(fact).state == FactState::queued);
        office.pass(seconds(6));
        office.sendAllDue();
        CHECK(office.status(fact).state == FactState::delivered);
    }
    SUBCASE("it was not, and it is refused once more") {
        office.desk.link.then(proofSaying(false, "OK"));
        office.sendAllDue();
        office.desk.link.then(refused);
        office.desk.link.then(proofSaying(false, "OK"));
        office.pass(seconds(6));
        office.sendAllDue();
        CHECK(office.status(fact).state == FactState::parked);
        CHECK(office.status(fact).outcome == "PROTOCOL/SCHEMA");
    }
    SUBCASE("nobody says: it stays, and the next try asks first") {
        office.desk.link.then(refused);
        office.sendAllDue();
        CHECK(office.status(fact).state == FactState::queued);
        CHECK(office.status(fact).answer == ReplyCode::unknownOutcome);
        office.desk.link.then(proofSaying(true, "OK"));
        office.pass(seconds(6));
        office.sendAllDue();
        CHECK(office.types() == Names{"ISSUE.REPORT", "PROGRESS.QUERY", "PROGRESS.QUERY"});
        CHECK(office.status(fact).state == FactState::delivered);
    }
}

TEST_CASE("an answer that was lost: ask, and do not send what was carried out") {
    Office office;
    const FactId fact = office.putReport();
    office.desk.link.then(outcomeUnknown);
    office.sendAllDue();
    CHECK(office.status(fact).outcome == "UNKNOWN_OUTCOME/40102");
    json progress = test::exampleAnswer("PROGRESS.QUERY");
    progress["carriedOut"] = true;
    office.desk.link.then(Answer{"OK", progress});
    office.pass(seconds(6));
    office.sendAllDue();
    CHECK(office.types() == Names{"ISSUE.REPORT", "PROGRESS.QUERY"});
    CHECK(office.desk.link.requests[1]["body"]["value"] == office.desk.link.requests[0]["idemKey"]);
    CHECK(office.status(fact).state == FactState::delivered);
}

TEST_CASE("an answer that was lost on the way there: ask, then send the same key") {
    Office office;
    const FactId fact = office.putReport();
    office.desk.link.then(outcomeUnknown);
    office.sendAllDue();
    office.pass(seconds(6));
    office.sendAllDue();
    CHECK(office.types() == Names{"ISSUE.REPORT", "PROGRESS.QUERY", "ISSUE.REPORT"});
    CHECK(office.desk.link.requests[2]["idemKey"] == office.desk.link.requests[0]["idemKey"]);
    CHECK(office.desk.link.requests[2]["terminalSeq"] ==
          office.desk.link.requests[0]["terminalSeq"]);
    CHECK(office.status(fact).state == FactState::delivered);
}

TEST_CASE("power lost between answer and commit costs one harmless re-send") {
    Office office;
    const FactId fact = office.putReport();
    {
        // The medium refuses the commit: the answer came, but is not on the disk.
        auto blocker = Transaction::begin(*office.kiosk).value();
        REQUIRE(
            blocker.run("CREATE TRIGGER broken BEFORE UPDATE ON outbox BEGIN"
                        " SELECT RAISE(ABORT, 'power'); END"));
        REQUIRE(blocker.commit());
    }
    CHECK_FALSE(office.sender.step().has_value());
    CHECK(office.status(fact).state == FactState::queued);
    {
        auto mended = Transaction::begin(*office.kiosk).value();
        REQUIRE(mended.run("DROP TRIGGER broken"));
        REQUIRE(mended.commit());
    }
    Sender afterRestart(*office.own, office.sealer, office.desk.adapter);
    const auto again = afterRestart.step();
    INFO((again ? std::string() : describe(again.error())));
    REQUIRE(again.has_value());
    CHECK(again->sent == fact);
    CHECK(office.status(fact).state == FactState::delivered);
    REQUIRE(office.desk.link.requests.size() == 2);
    for (const char* same : {"idemKey", "terminalSeq", "body", "bodyHash", "bizTime"}) {
        CHECK(office.desk.link.requests[0][same] == office.desk.link.requests[1][same]);
    }
}

TEST_CASE("ALREADY counts only where a query shows that it was us") {
    const auto stateAfter = [](const std::string& bizId, const std::string& state) {
        Office office;
        const FactId fact = office.putReport();
        office.desk.link.then(Answer{"ALREADY", {{"state", "REPORTED_OK"}}});
        json progress = test::exampleAnswer("PROGRESS.QUERY");
        progress["applications"] = json::array({test::applicationJson(state, bizId)});
        office.desk.link.then(Answer{"OK", progress});
        office.sendAllDue();
        return office.status(fact).outcome;
    };
    CHECK(stateAfter(test::business().bizId, "REPORTED_OK") == "ALREADY");
    CHECK(stateAfter(test::business().bizId, "MARKED") == "ALREADY/NOT_OURS");
    CHECK(stateAfter("T-000099-20240601-000042", "REPORTED_OK") == "ALREADY/NOT_OURS");
}

TEST_CASE("a card that was handed over is not proven by one that waits") {
    const auto outcomeOf = [](HandoverOutcome outcome, const std::string& state) {
        Office office;
        Handover handover = test::exampleHandover();
        handover.outcome = outcome;
        const FactId fact = office.put(factOf(test::business(), handover, 1).value());
        office.desk.link.then(Answer{"ALREADY", {{"state", state}}});
        json progress = test::exampleAnswer("PROGRESS.QUERY");
        progress["applications"] =
            json::array({test::applicationJson(state, test::business().bizId)});
        office.desk.link.then(Answer{"OK", progress});
        office.sendAllDue();
        return office.status(fact).outcome;
    };
    for (const auto given : {HandoverOutcome::taken, HandoverOutcome::staffDelivered}) {
        CHECK(outcomeOf(given, "HANDED_OVER") == "ALREADY");
        CHECK(outcomeOf(given, "HELD") == "ALREADY/NOT_OURS");
    }
    for (const auto kept : {HandoverOutcome::retainedTimeout, HandoverOutcome::retainedFault}) {
        CHECK(outcomeOf(kept, "HELD") == "ALREADY");
        CHECK(outcomeOf(kept, "HANDED_OVER") == "ALREADY");
        CHECK(outcomeOf(kept, "ENABLED") == "ALREADY/NOT_OURS");
    }
}

TEST_CASE("a fact that is dated months ahead of the province waits for people, not for that day") {
    const auto stateOfOneAhead = [](Duration ahead) {
        Office office;
        MakeReport report = test::exampleReport();
        report.madeAt =
            office.desk.clock.wallTime() + std::chrono::duration_cast<milliseconds>(ahead);
        const FactId fact = office.put(factOf(test::business(), report, 1).value());
        office.desk.link.then(Answer{"SECURITY", nullptr, "CLOCK_DIFFERS"});
        office.sender.step().value();
        return office.status(fact).state;
    };
    CHECK(stateOfOneAhead(std::chrono::hours{24 * 210}) == FactState::parked);
    // A clock that is to be set, or a day that comes soon.
    CHECK(stateOfOneAhead(std::chrono::minutes{30}) == FactState::queued);
    CHECK(stateOfOneAhead(-std::chrono::hours{24}) == FactState::queued);
}

TEST_CASE("a clock that was set back does not keep a fact waiting for its old time") {
    Office office;
    const FactId fact = office.putReport();
    office.desk.link.then(notSent);
    office.sendAllDue();
    office.desk.clock.setWallTime(WallTime(milliseconds(1'600'000'000'000)));
    office.sender.endPause();
    REQUIRE(office.sender.step()->sent == fact);
}

TEST_CASE("nothing personal of a fact stands in the database file") {
    Office office;
    office.putReport();
    office.putEnable();
    for (const char* name : {"kiosk.db", "kiosk.db-wal"}) {
        std::ifstream file(office.scratch.file(name), std::ios::binary);
        const std::string content((std::istreambuf_iterator<char>(file)), {});
        CHECK(content.find(test::socialNumber) == std::string::npos);
        CHECK(content.find("张三") == std::string::npos);
    }
}

TEST_CASE("a body whose seal is broken is parked, not dropped") {
    Office office;
    const FactId fact = office.putReport();
    const security::SealKey otherKey = security::SealKey::make(office.desk.random);
    const security::Sealer other(security::SealProfile::aes256Gcm, otherKey, office.desk.random);
    Sender sender(*office.own, other, office.desk.adapter);
    REQUIRE(sender.step()->sent == fact);
    CHECK(office.status(fact).state == FactState::parked);
    CHECK(office.status(fact).outcome == "SEAL_BROKEN");
    CHECK(office.desk.link.requests.empty());
}

TEST_CASE("a row that cannot be read is set aside and told once; the others go out") {
    for (const char* damage : {"UPDATE outbox SET message_type = 'STOCK.FUTURE' WHERE fact = 1",
                               "UPDATE outbox SET message_type = 'PERSON.QUERY' WHERE fact = 1",
                               "UPDATE outbox SET body_sealed = x'00' WHERE fact = 1",
                               "UPDATE outbox SET body_sealed = NULL WHERE fact = 1"}) {
        CAPTURE(std::string(damage));
        Office office;
        const FactId bad = office.putReport(1);
        const FactId behind = office.putEnable(1);
        const FactId other = office.putReport(2);
        auto hurt = Transaction::begin(*office.kiosk).value();
        REQUIRE(hurt.run(damage));
        REQUIRE(hurt.commit());
        const SendStep step = office.sender.step().value();
        CHECK(step.sent == bad);
        REQUIRE(step.parked.size() == 1);
        CHECK(step.parked.front().find(test::business(1).bizId) != std::string::npos);
        for (auto next = office.sender.step().value(); next.sent;
             next = office.sender.step().value()) {
            CHECK(next.parked.empty());
        }
        CHECK(office.status(bad).state == FactState::parked);
        CHECK(office.status(behind).state == FactState::queued);
        CHECK(office.status(other).state == FactState::delivered);
        CHECK(office.types() == Names{"ISSUE.REPORT"});
    }
}

TEST_CASE("a body that is whole and senseless ends neither program nor queue") {
    for (const char* body : {"[]", "7", "{}", R"({"applicationNo":7,"readBack":[1]})",
                             R"({"result":{},"cardNo":[]})"}) {
        CAPTURE(std::string(body));
        Office office;
        Fact fact = factOf(test::business(1), test::exampleReport(), 1).value();
        fact.body = PersonalText(std::string(body));
        const FactId bad = office.put(fact);
        const FactId other = office.putReport(2);
        // What is no object is found before it is sent; what is one is proven from its fields.
        const bool isSent = body[0] == '{';
        if (isSent) office.desk.link.then(Answer{"ALREADY", {{"state", "REPORTED_OK"}}});
        office.sendAllDue();
        CHECK(office.status(bad).state == FactState::parked);
        CHECK((office.status(bad).outcome == "BODY_DAMAGED") == !isSent);
        office.pass(seconds(6));
        office.sendAllDue();
        CHECK(office.status(other).state == FactState::delivered);
    }
}

TEST_CASE("two people close what can never be sent; then its business goes on") {
    Office office;
    const FactId enable = office.putEnable();
    const FactId handover = office.putHandover();
    const auto close = [&](FactId fact, const FactClosing& closing) {
        auto transaction = Transaction::begin(*office.kiosk).value();
        const auto done = closeParked(transaction, fact, closing);
        if (done) REQUIRE(transaction.commit());
        return done ? std::optional<ErrorCode>() : std::optional(done.error().code);
    };
    const FactClosing closing{"entered-at-province", "2024-0117", "1003", "1001", WallTime{}};
    CHECK(close(enable, closing) == ErrorCode::factNotParked);
    office.desk.link.then(Answer{"BIZ_REFUSED", nullptr, "ENABLING_REFUSED"});
    office.sendAllDue();
    FactClosing poor = closing;
    poor.secondOperatorId = "1003";
    CHECK(close(enable, poor) == ErrorCode::moveNotPossible);
    poor = closing;
    poor.evidence.clear();
    CHECK(close(enable, poor) == ErrorCode::moveNotPossible);
    poor = closing;
    poor.reason.clear();
    CHECK(close(enable, poor) == ErrorCode::moveNotPossible);
    CHECK(depthOf(*office.kiosk)->parked == 1);
    CHECK_FALSE(close(enable, closing));
    CHECK(close(enable, closing) == ErrorCode::factNotParked);
    CHECK(depthOf(*office.kiosk)->parked == 0);
    CHECK(undelivered(*office.kiosk, 10)->size() == 1);
    office.sendAllDue();
    CHECK(office.status(handover).state == FactState::delivered);
    // It was never delivered, and nobody says so; nor is it sent by mistake.
    CHECK(office.status(enable).state == FactState::parked);
    auto transaction = Transaction::begin(*office.kiosk).value();
    CHECK(requeueParked(transaction, enable).error().code == ErrorCode::factNotParked);
    CHECK(office.kiosk
              ->number("SELECT count(*) FROM closed_facts WHERE evidence = '2024-0117' AND "
                       "operator = '1003' AND second_operator = '1001'")
              .value() == 1);
}

TEST_CASE("what happened under a clock that ran ahead is not sent before it happened") {
    Office office;
    office.putReport();
    const WallTime happened =
        factOf(test::business(42), test::exampleReport(), 1).value().happenedAt;
    office.desk.clock.setWallTime(happened - std::chrono::hours(1));
    office.sendAllDue();
    const json& request = office.desk.link.requests.at(0);
    CHECK(request["bizTime"] == formatChinaTime(happened));
    CHECK(request["sendTime"] == formatChinaTime(happened));
    CHECK(office.desk.link.faults == Names{});
}

TEST_CASE("who waits for an answer hears of it when it is stored, and not before") {
    Office office;
    SenderThread thread(office.sender, [](const Error&) {});
    thread.awaitNews(std::chrono::milliseconds{1});
    CHECK(office.types() == Names{});
    const FactId fact = office.putReport();
    thread.ring();
    // Where nobody told, the time limit of all tests would end it.
    thread.awaitNews(std::chrono::hours{1});
    CHECK(office.status(fact).state == FactState::delivered);
}

TEST_CASE("the sender's thread sends what was committed when it is rung, and ends when told") {
    Office office;
    const FactId fact = office.putReport();
    {
        SenderThread thread(office.sender, [](const Error&) {});
        thread.ring();
        while (office.status(fact).state != FactState::delivered) std::this_thread::yield();
    }
    CHECK(office.types() == Names{"ISSUE.REPORT"});
}
