#include "firmware/province/branch_list.hpp"

#include <doctest/doctest.h>

#include "firmware/base/bytes.hpp"
#include "firmware/province/bodies.hpp"
#include "tests/unit/card_service/fake_service.hpp"

namespace liqu::province {
namespace {

using card_service::Way;
using card_service::wayOf;
using test::LegacyDesk;

Outgoing handedOver(LegacyDesk& desk, const PersonalText& body) {
    Outgoing fact = desk.outgoing(MessageType::issueHandover, body.reveal());
    fact.place = FactPlace{std::string(32, 'e'), 9, std::string(64, 'A')};
    fact.happenedAt = desk.clock.wallTime();
    return fact;
}

TEST_CASE(
    "a fact without a place there is on the branch's list once, sealed, until it is settled") {
    LegacyDesk desk;
    Handover handover;
    handover.applicationNo = "L-1";
    handover.cardNumber = "A12345678";
    const auto body = bodyOf(handover);
    const Outgoing fact = handedOver(desk, *body);
    CHECK_FALSE(desk.adapter->proofOf(fact)->carriedOut);
    for (int i = 0; i < 2; ++i) {
        const auto reply = desk.adapter->send(fact);
        REQUIRE(reply);
        CHECK(reply->code == ReplyCode::ok);
        CHECK(reply->detail == onBranchList);
    }
    CHECK(desk.adapter->proofOf(fact)->carriedOut);
    CHECK(desk.service.asked.empty());
    REQUIRE(*branchListLength(*desk.database) == 1);
    const BranchLine line = branchList(*desk.database, 10)->front();
    CHECK(line.messageType == "ISSUE.HANDOVER");
    CHECK(line.terminalSeq == 9);
    CHECK(*branchFact(*desk.database, desk.sealer, line.line) == *body);
    const auto kept = desk.database->query("SELECT body_sealed FROM branch_list");
    CHECK(textOf(kept->front().bytes(0)).find("A12345678") == std::string::npos);
    {
        auto transaction = storage::Transaction::begin(*desk.database);
        CHECK_FALSE(transaction->run("DELETE FROM branch_list"));
    }
    auto transaction = storage::Transaction::begin(*desk.database);
    FactClosing settling{"told by letter", "P-7", "0001", "0002", desk.clock.wallTime()};
    settling.secondOperatorId = "0001";
    CHECK_FALSE(settleBranchLine(*transaction, line.line, settling));
    settling.secondOperatorId = "0002";
    settling.evidence = "";
    CHECK_FALSE(settleBranchLine(*transaction, line.line, settling));
    settling.evidence = "P-7";
    CHECK(settleBranchLine(*transaction, line.line, settling));
    CHECK_FALSE(settleBranchLine(*transaction, line.line, settling));
    CHECK(transaction->commit());
    CHECK(*branchListLength(*desk.database) == 0);
}

TEST_CASE("a checkpoint of the audit record is work for nobody; the day's paper has it") {
    LegacyDesk desk;
    const auto body =
        bodyOf(AuditCheckpoint{{}, 12, "", std::string(64, 'A'), 3, 4, std::string(128, 'B')});
    const Outgoing fact = desk.outgoing(MessageType::auditCheckpoint, body->reveal());
    const auto reply = desk.adapter->send(fact);
    REQUIRE(reply);
    CHECK(reply->code == ReplyCode::ok);
    CHECK(reply->detail == onDayPaper);
    CHECK(*branchListLength(*desk.database) == 0);
    CHECK(desk.service.asked.empty());
}

TEST_CASE("every fact is said or listed; none is lost") {
    for (const char* name : {"henan", "hubei", "jilin"}) {
        const auto table = test::tableNamed(name);
        for (const MessageType type : wordTable<MessageType>.values()) {
            if (kindOf(type) != MessageKind::fact) continue;
            CAPTURE(std::string(nameOf(type)));
            CHECK(wayOf(table, type, nullptr) != Way::none);
        }
        CHECK(wayOf(table, MessageType::issueHandover, nullptr) == Way::branchList);
        CHECK(wayOf(table, MessageType::stockSnapshot, nullptr) == Way::branchList);
    }
}

}  // namespace
}  // namespace liqu::province
