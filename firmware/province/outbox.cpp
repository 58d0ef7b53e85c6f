#include "firmware/province/outbox.hpp"

#include <array>
#include <cstdlib>

#include "firmware/base/assert.hpp"
#include "firmware/province/bodies.hpp"
#include "firmware/province/outbox_row.hpp"
#include "firmware/storage/books_identity.hpp"

namespace liqu::province {
namespace {

FactStatus statusOf(const storage::Row& row, std::size_t firstColumn) {
    FactStatus status;
    status.state = row.choice<FactState>(firstColumn);
    status.outcome = row.textOrEmpty(firstColumn + 1);
    status.answer =
        named<ReplyCode>(std::string_view(status.outcome).substr(0, status.outcome.find('/')));
    status.attempts = static_cast<int>(row.integer(firstColumn + 2));
    return status;
}

Result<Fact> factWith(MessageType type, const Business& business, int ordinal, WallTime happenedAt,
                      Result<PersonalText> body) {
    Fact fact;
    fact.type = type;
    fact.business = business;
    fact.ordinal = ordinal;
    fact.happenedAt = happenedAt;
    fact.body = TRY(std::move(body));
    return fact;
}

tl::unexpected<Error> notParked(FactId fact) {
    return fail(ErrorCode::factNotParked, "message " + std::to_string(fact) + " is not set aside");
}

}  // namespace

Result<Fact> factOf(const Business& business, const MakeReport& report, int ordinal) {
    return factWith(MessageType::issueReport, business, ordinal, report.madeAt, bodyOf(report));
}
Result<Fact> factOf(const Business& business, const Enabling& enabling, WallTime happenedAt) {
    return factWith(MessageType::issueEnable, business, 1, happenedAt, bodyOf(enabling));
}
Result<Fact> factOf(const Business& business, const Handover& handover, int ordinal) {
    return factWith(MessageType::issueHandover, business, ordinal, handover.at, bodyOf(handover));
}
Result<Fact> factOf(const Business& business, const PinChange& change) {
    return factWith(MessageType::pinChanged, business, 1, change.at, bodyOf(change));
}
Result<Fact> factOf(const Business& business, MessageType type, const PinService& service) {
    return factWith(type, business, 1, service.at, bodyOf(service));
}
Result<Fact> factOf(const Business& business, const FeePayment& payment, WallTime at) {
    return factWith(MessageType::feeRegister, feeBusiness(business), 1, at, bodyOf(payment));
}
Result<Fact> factOf(const Business& business, const FeeRefund& refund, WallTime at) {
    return factWith(MessageType::feeRefund, feeBusiness(business), 1, at, bodyOf(refund));
}
Result<Fact> factOf(const Business& business, const StockLoad& load) {
    return factWith(MessageType::stockLoad, business, 1, load.at, bodyOf(load));
}
Result<Fact> factOf(const Business& business, MessageType type, const StockAct& act, int ordinal) {
    return factWith(type, business, ordinal, act.at, bodyOf(act));
}
Result<Fact> factOf(const Business& business, const CardRecovery& recovery) {
    return factWith(MessageType::cardRecover, business, 1, recovery.at, bodyOf(recovery));
}
Result<Fact> factOf(const Business& business, const WrongCard& card) {
    return factWith(MessageType::wrongCardRegister, business, 1, card.at, bodyOf(card));
}
Result<Fact> factOf(const Business& business, const WrongCardConfirmation& confirmation) {
    return factWith(MessageType::wrongCardConfirm, business, 1, confirmation.at,
                    bodyOf(confirmation));
}
Result<Fact> factOf(const Business& business, const StockSnapshot& snapshot) {
    return factWith(MessageType::stockSnapshot, business, 1, snapshot.until, bodyOf(snapshot));
}

Result<Fact> factOf(const Business& business, const AuditCheckpoint& checkpoint) {
    // By what the record says there: a machine that was restored comes to the same count of lines
    // again, over others.
    constexpr std::size_t enough = 7;  // hexadecimal digits
    const std::string place = checkpoint.digest.substr(0, enough);
    const auto ordinal = static_cast<int>(std::strtol(place.c_str(), nullptr, 16));
    return factWith(MessageType::auditCheckpoint, business, ordinal, checkpoint.at,
                    bodyOf(checkpoint));
}

Result<FactId> Outbox::enqueue(storage::Transaction& transaction, const Fact& fact) const {
    LIQU_ASSERT(kindOf(fact.type) == MessageKind::fact);
    FactRow row;
    row.bizId = fact.business.bizId;
    row.messageType = nameOf(fact.type);
    row.idempotencyKey =
        idempotencyKey(terminal_.terminalId, fact.business.bizId, fact.type, fact.ordinal);
    row.happenedAt = fact.happenedAt;
    TRY(chain(transaction.database(), row, fact.body.reveal()));
    const Bytes sealed =
        TRY(sealFact(sealer_, row, SealedFact{fact.business, terminal_.policyId, fact.body}));
    TRY(transaction.run(
        "INSERT INTO outbox(epoch, terminal_seq, chain, order_id, message_type, idempotency_key,"
        " happened_at, body_sealed, state) VALUES(?, ?, ?, ?, ?, ?, ?, ?, 'queued')",
        {row.epoch, row.terminalSeq, row.chain, row.bizId, row.messageType, row.idempotencyKey,
         millisecondsOf(row.happenedAt), sealed}));
    return transaction.lastInsertedRow();
}

Result<void> Outbox::chain(storage::Database& database, FactRow& row, std::string_view body) const {
    const auto identity = TRY(storage::identityOf(database));
    if (!identity) return fail(ErrorCode::storageDamaged, "the books have no epoch");
    const ChainEnd end = TRY(chainEnd(database, identity->epoch));
    row.epoch = identity->epoch;
    row.terminalSeq = end.terminalSeq + 1;
    row.chain = TRY(chainedDigest(end.chain, terminal_.terminalId, row, body));
    return {};
}

Result<void> Outbox::moveToEpoch(storage::Transaction& transaction) const {
    const auto identity = TRY(storage::identityOf(transaction.database()));
    if (!identity) return fail(ErrorCode::storageDamaged, "the books have no epoch");
    const auto rows = TRY(
        transaction.query("SELECT fact, body_sealed, " + std::string(factRowColumns) +
                              " FROM outbox WHERE state <> 'delivered' AND epoch <> ? AND NOT " +
                              isClosed("outbox") + " ORDER BY fact",
                          {identity->epoch}));
    for (const storage::Row& old : rows) {
        FactRow row = factRowOf(old, 2);
        const auto fact = openFact(sealer_, row, old.isNull(1) ? Bytes{} : old.bytes(1));
        if (!fact) continue;
        TRY(chain(transaction.database(), row, fact->body.reveal()));
        const Bytes sealed = TRY(sealFact(sealer_, row, *fact));
        TRY(
            transaction.run("UPDATE outbox SET epoch = ?, terminal_seq = ?, chain = ?, "
                            "body_sealed = ? WHERE fact = ?",
                            {row.epoch, row.terminalSeq, row.chain, sealed, old.integer(0)}));
    }
    return {};
}

Result<std::optional<FactId>> findFact(storage::Database& database, const std::string& bizId,
                                       MessageType type) {
    const auto rows =
        TRY(database.query("SELECT fact FROM outbox WHERE order_id = ? AND message_type = ? ORDER "
                           "BY fact DESC LIMIT 1",
                           {bizId, std::string(nameOf(type))}));
    if (rows.empty()) return std::optional<FactId>();
    return std::optional<FactId>(rows[0].integer(0));
}

Result<int> nextOrdinal(storage::Database& database, const std::string& bizId, MessageType type) {
    const std::int64_t known =
        TRY(database.number("SELECT count(*) FROM outbox WHERE order_id = ? AND message_type = ?",
                            {bizId, std::string(nameOf(type))}));
    return static_cast<int>(known) + 1;
}

Result<FactStatus> statusOf(storage::Database& database, FactId fact) {
    const auto rows =
        TRY(database.query("SELECT state, outcome, attempts FROM outbox WHERE fact = ?", {fact}));
    if (rows.empty()) return fail(ErrorCode::storageFailed, "no such fact in the outbox");
    return statusOf(rows[0], 0);
}

Result<bool> reportsWaiting(storage::Database& database, WallTime until) {
    return TRY(database.number("SELECT EXISTS(SELECT 1 FROM outbox WHERE state = 'queued' AND "
                               "message_type = 'ISSUE.REPORT' AND happened_at <= ?)",
                               {millisecondsOf(until)})) != 0;
}

// Counted in an index: a month of messages is not read for it.
Result<OutboxDepth> depthOf(storage::Database& database) {
    OutboxDepth depth;
    depth.queued = TRY(database.number("SELECT count(*) FROM outbox WHERE state = 'queued'"));
    depth.parked = TRY(database.number(
        "SELECT count(*) FROM outbox WHERE state = 'parked' AND NOT " + isClosed("outbox")));
    const auto rows =
        TRY(database.query("SELECT happened_at FROM outbox WHERE state <> 'delivered' AND NOT " +
                           isClosed("outbox") + " ORDER BY fact LIMIT 1"));
    if (!rows.empty()) depth.oldest = wallTimeOf(rows[0].integer(0));
    return depth;
}

Result<std::vector<FactLine>> undelivered(storage::Database& database, int most) {
    const auto rows = TRY(database.query(
        "SELECT fact, terminal_seq, order_id, message_type, happened_at, state, outcome, attempts"
        " FROM outbox WHERE state <> 'delivered' AND NOT " +
            isClosed("outbox") + " ORDER BY fact LIMIT ?",
        {std::int64_t{most}}));
    std::vector<FactLine> lines;
    for (const storage::Row& row : rows) {
        FactLine line;
        line.fact = row.integer(0);
        line.terminalSeq = row.integer(1);
        line.bizId = row.text(2);
        line.messageType = row.text(3);
        line.happenedAt = wallTimeOf(row.integer(4));
        line.status = statusOf(row, 5);
        lines.push_back(std::move(line));
    }
    return lines;
}

Result<void> requeueParked(storage::Transaction& transaction, FactId fact) {
    TRY(transaction.run(
        "UPDATE outbox SET state = 'queued', next_try_at = 0 WHERE fact = ? AND state = 'parked'"
        " AND NOT " +
            isClosed("outbox"),
        {fact}));
    if (TRY(transaction.changedRows()) == 1) return {};
    return notParked(fact);
}

Result<void> closeParked(storage::Transaction& transaction, FactId fact,
                         const FactClosing& closing) {
    const bool two = !closing.operatorId.empty() && !closing.secondOperatorId.empty() &&
                     closing.operatorId != closing.secondOperatorId;
    if (!two || closing.reason.empty() || closing.evidence.empty()) {
        return fail(ErrorCode::moveNotPossible,
                    "two people close a message, with a reason and evidence");
    }
    TRY(transaction.run(
        "INSERT INTO closed_facts(fact, reason, evidence, operator, second_operator, at)"
        " SELECT fact, ?, ?, ?, ?, ? FROM outbox WHERE fact = ? AND state = 'parked' AND NOT " +
            isClosed("outbox"),
        {closing.reason, closing.evidence, closing.operatorId, closing.secondOperatorId,
         millisecondsOf(closing.at), fact}));
    if (TRY(transaction.changedRows()) == 1) return {};
    return notParked(fact);
}

Result<void> tryAllNow(storage::Transaction& transaction) {
    return transaction.run(
        "UPDATE outbox SET next_try_at = 0 WHERE state = 'queued' AND next_try_at > 0");
}

}  // namespace liqu::province
