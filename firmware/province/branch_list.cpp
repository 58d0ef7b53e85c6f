#include "firmware/province/branch_list.hpp"

#include "firmware/base/bytes.hpp"
#include "firmware/province/outbox_row.hpp"

namespace liqu::province {
namespace {

std::string boundToFact(std::string_view messageType, std::string_view bizId,
                        std::int64_t terminalSeq) {
    return security::boundColumns({messageType, bizId, std::to_string(terminalSeq)});
}

}  // namespace

Result<void> putOnBranchList(storage::Transaction& transaction, const security::Sealer& sealer,
                             const Outgoing& fact, WallTime at) {
    const std::string type(nameOf(fact.type));
    const std::int64_t place = fact.place ? fact.place->terminalSeq : 0;
    const std::string bound = boundToFact(type, fact.business.bizId, place);
    Bytes body = TRY(sealer.seal(bytesOf(fact.body),
                                 {"branch_list", "body_sealed", fact.idempotencyKey, bound}));
    return transaction.run(
        "INSERT INTO branch_list(key, message_type, biz_id, terminal_seq, happened_at, listed_at, "
        "body_sealed) VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(key) DO NOTHING",
        {fact.idempotencyKey, type, fact.business.bizId, place, millisecondsOf(fact.happenedAt),
         millisecondsOf(at), std::move(body)});
}

Result<std::vector<BranchLine>> branchList(storage::Database& database, int most) {
    const auto rows =
        TRY(database.query("SELECT line, message_type, biz_id, terminal_seq, happened_at FROM "
                           "branch_list WHERE settled_at = 0 ORDER BY line LIMIT ?",
                           {std::int64_t{most}}));
    std::vector<BranchLine> lines;
    for (const storage::Row& row : rows) {
        lines.push_back(
            {row.integer(0), row.text(1), row.text(2), row.integer(3), wallTimeOf(row.integer(4))});
    }
    return lines;
}

Result<std::int64_t> branchListLength(storage::Database& database) {
    return database.number("SELECT count(*) FROM branch_list WHERE settled_at = 0");
}

Result<PersonalText> branchFact(storage::Database& database, const security::Sealer& sealer,
                                std::int64_t line) {
    const auto rows = TRY(database.query(
        "SELECT key, message_type, biz_id, terminal_seq, body_sealed FROM branch_list WHERE "
        "line = ?",
        {line}));
    if (rows.empty()) return fail(ErrorCode::factNotParked, "the branch's list has no such line");
    const storage::Row& row = rows.front();
    const std::string bound = boundToFact(row.text(1), row.text(2), row.integer(3));
    const PersonalBytes body =
        TRY(sealer.open(row.bytes(4), {"branch_list", "body_sealed", row.text(0), bound}));
    return PersonalText(textOf(body.reveal()));
}

Result<void> settleBranchLine(storage::Transaction& transaction, std::int64_t line,
                              const FactClosing& settling) {
    const bool twoPeople = !settling.operatorId.empty() && !settling.secondOperatorId.empty() &&
                           settling.operatorId != settling.secondOperatorId;
    if (settling.reason.empty() || settling.evidence.empty() || !twoPeople)
        return fail(ErrorCode::moveNotPossible, "a reason, evidence and two people are needed");
    TRY(transaction.run(
        "UPDATE branch_list SET settled_at = ?, reason = ?, evidence = ?, operator_id = ?, "
        "second_operator_id = ? WHERE line = ? AND settled_at = 0",
        {millisecondsOf(settling.at), settling.reason, settling.evidence, settling.operatorId,
         settling.secondOperatorId, line}));
    if (TRY(transaction.changedRows()) == 1) return {};
    return fail(ErrorCode::factNotParked, "the branch's list has no such open line");
}

}  // namespace liqu::province
