#include "firmware/province/sender.hpp"

#include <algorithm>

#include "firmware/province/outbox_row.hpp"

namespace liqu::province {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds shortestPause{5'000};
constexpr milliseconds longestPause{600'000};

// Waiting its turn: nothing undelivered of the same business stands before it.
constexpr std::string_view headOfBusiness =
    " state = 'queued' AND NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE"
    " earlier.order_id = outbox.order_id AND earlier.fact < outbox.fact"
    " AND earlier.state <> 'delivered')";

std::string outcomeOf(const Reply& reply) {
    const std::string code(wireName(reply.code));
    return reply.detail == "NONE" ? code : code + "/" + reply.detail;
}

std::string outcomeOf(const Error& error) {
    // An unknown outcome is remembered as such: the next try asks first.
    const std::string_view kind = mayHaveHappened(error) ? "UNKNOWN_OUTCOME" : "NOT_SENT";
    return std::string(kind) + "/" + std::to_string(numberOf(error.code));
}

// A refusal of the machine, not of the fact: it passes once a technician was there.
bool isAboutTheMachine(const Reply& reply) {
    return reply.code == ReplyCode::security && reply.detail != "PERMIT_REFUSED" &&
           reply.detail != "KEY_REUSED";
}

}  // namespace

struct Sender::DueFact {
    FactId id = 0;
    std::int64_t terminalSeq = 0;
    std::string bizId;
    MessageType type = MessageType::issueReport;
    std::string idempotencyKey;
    WallTime happenedAt{};
    Bytes sealed;
    int attempts = 0;
    bool inDoubt = false;
};

milliseconds backOff(int attempts, Random& random) {
    const int doublings = std::clamp(attempts - 1, 0, 10);
    const milliseconds pause = std::min(shortestPause * (1 << doublings), longestPause);
    std::uint8_t chance = 0;
    random.fill({&chance, 1});
    return pause - pause * chance / (4 * 256);
}

milliseconds Sender::timeUntil(WallTime time) const {
    return time - courier_.clock().wallTime();
}

Result<SendStep> Sender::step() {
    SendStep result;
    const auto due = TRY(nextDueFact());
    if (due) {
        TRY(record(*due, deliver(*due)));
        result.sent = due->id;
    }
    result.nextDue = TRY(nextDueTime());
    return result;
}

Result<std::optional<Sender::DueFact>> Sender::nextDueFact() {
    const std::int64_t now = millisecondsOf(courier_.clock().wallTime());
    // A time further off than any pause comes from a clock that was set back.
    static const std::string sql =
        "SELECT fact, terminal_seq, order_id, message_type, idempotency_key, happened_at,"
        " body_sealed, attempts, outcome FROM outbox WHERE" +
        std::string(headOfBusiness) +
        " AND (next_try_at <= ?1 OR next_try_at > ?1 + ?2) ORDER BY fact LIMIT 1";
    const auto rows = TRY(database_.query(sql, {now, std::int64_t{longestPause.count()}}));
    if (rows.empty()) return std::nullopt;
    const storage::Row& row = rows[0];
    DueFact fact;
    fact.id = row.integer(0);
    fact.terminalSeq = row.integer(1);
    fact.bizId = row.text(2);
    const auto type = messageTypeOf(row.text(3));
    if (!type) return fail(ErrorCode::storageDamaged, "an outbox row of an unknown type");
    fact.type = *type;
    fact.idempotencyKey = row.text(4);
    fact.happenedAt = wallTimeOf(row.integer(5));
    fact.sealed = row.isNull(6) ? Bytes{} : row.bytes(6);
    fact.attempts = static_cast<int>(row.integer(7));
    fact.inDoubt = row.textOrEmpty(8).starts_with("UNKNOWN_OUTCOME");
    return fact;
}

Result<std::optional<WallTime>> Sender::nextDueTime() {
    static const std::string sql =
        "SELECT MIN(next_try_at) FROM outbox WHERE" + std::string(headOfBusiness);
    const auto rows = TRY(database_.query(sql));
    if (rows.empty() || rows[0].isNull(0)) return std::nullopt;
    return wallTimeOf(rows[0].integer(0));
}

Sender::Verdict Sender::deliver(const DueFact& fact) {
    const auto opened = sealer_.open(fact.sealed, sealPlaceOf(fact.idempotencyKey));
    if (!opened) return {Fate::parked, "SEAL_BROKEN"};
    const PersonalText text(textOf(opened->reveal()));
    const auto sealedFact = readSealedFact(text.reveal());
    if (!sealedFact) return {Fate::parked, "SEAL_BROKEN"};
    Business business = sealedFact->business;
    business.bizId = fact.bizId;
    if (fact.inDoubt) {
        const auto proof =
            courier_.progress(business, ProgressBy::idempotencyKey, fact.idempotencyKey);
        if (!proof)
            return {Fate::again, "UNKNOWN_OUTCOME/" + std::to_string(numberOf(proof.error().code))};
        const bool done = proof->carriedOut && proof->outcome == ReplyCode::ok;
        if (done) return {Fate::delivered, "OK"};
    }
    Outgoing message;
    message.type = fact.type;
    message.idempotencyKey = fact.idempotencyKey;
    message.terminalSeq = fact.terminalSeq;
    message.business = business;
    message.policyId = sealedFact->policyId;
    message.happenedAt = fact.happenedAt;
    message.attempt = fact.attempts + 1;
    message.body = sealedFact->body.reveal();
    const auto reply = courier_.send(message);
    if (!reply) return {Fate::again, outcomeOf(reply.error())};
    return judge(fact, business, message.body, *reply);
}

Sender::Verdict Sender::judge(const DueFact& fact, const Business& business, std::string_view body,
                              const Reply& reply) {
    if (succeeded(reply)) return {Fate::delivered, outcomeOf(reply)};
    if (reply.code == ReplyCode::already) return judgeAlready(fact, business, body);
    const bool passes = reply.code == ReplyCode::retryLater ||
                        reply.code == ReplyCode::unknownOutcome || isAboutTheMachine(reply);
    return {passes ? Fate::again : Fate::parked, outcomeOf(reply)};
}

Sender::Verdict Sender::judgeAlready(const DueFact& fact, const Business& business,
                                     std::string_view body) {
    const auto claim = claimOf(fact.type, business, body);
    if (!claim) return {Fate::parked, "ALREADY/NOT_OURS"};
    const auto proof = askForProof(courier_, *claim);
    if (!proof) return {Fate::again, outcomeOf(proof.error())};
    if (!*proof) return {Fate::parked, "ALREADY/NOT_OURS"};
    return {Fate::delivered, "ALREADY"};
}

Result<void> Sender::record(const DueFact& fact, const Verdict& verdict) {
    const WallTime now = courier_.clock().wallTime();
    const std::int64_t attempts = fact.attempts + 1;
    auto transaction = TRY(storage::Transaction::begin(database_));
    switch (verdict.fate) {
        case Fate::delivered:
            // The answer and the end are one commit; what was personal goes with it.
            TRY(
                transaction.run("UPDATE outbox SET state = 'delivered', outcome = ?, attempts = ?,"
                                " delivered_at = ?, body_sealed = NULL WHERE fact = ?",
                                {verdict.outcome, attempts, millisecondsOf(now), fact.id}));
            // The line is back: whoever waited for it need not wait longer.
            if (fact.attempts > 0) TRY(tryAllNow(transaction));
            break;
        case Fate::parked:
            TRY(transaction.run(
                "UPDATE outbox SET state = 'parked', outcome = ?, attempts = ? WHERE fact = ?",
                {verdict.outcome, attempts, fact.id}));
            break;
        case Fate::again: {
            const auto pause = backOff(static_cast<int>(attempts), courier_.random());
            TRY(transaction.run(
                "UPDATE outbox SET outcome = ?, attempts = ?, next_try_at = ? WHERE fact = ?",
                {verdict.outcome, attempts, millisecondsOf(now + pause), fact.id}));
            break;
        }
    }
    return transaction.commit();
}

}  // namespace liqu::province
