#include "firmware/province/sender.hpp"

#include <algorithm>
#include <utility>

#include "firmware/base/china_time.hpp"
#include "firmware/province/outbox_row.hpp"

namespace liqu::province {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds shortestPause{5'000};
constexpr milliseconds longestPause{600'000};

// Answers that wait for their commit: so many, and not for longer.
constexpr std::size_t mostInABurst = 16;
constexpr Duration longestBurst = std::chrono::seconds(1);

// So many businesses in a row that are told to come later: it is the province, not they.
constexpr int provinceIsBusy = 3;

std::string outcomeOf(const Reply& reply) {
    const std::string code(nameOf(reply.code));
    return reply.detail == "NONE" ? code : code + "/" + reply.detail;
}

std::string outcomeOf(const Error& error) {
    // An unknown outcome is remembered as such: the next try asks first.
    const std::string_view kind = mayHaveHappened(error) ? "UNKNOWN_OUTCOME" : "NOT_SENT";
    return std::string(kind) + "/" + std::to_string(numberOf(error.code));
}

// A send whose answer is open, whatever its error is called.
std::string openOutcome(const Error& error) {
    return "UNKNOWN_OUTCOME/" + std::to_string(numberOf(error.code));
}

bool startsWith(const std::string& outcome, ReplyCode code) {
    return outcome.starts_with(nameOf(code));
}

bool isDone(const Proof& proof) {
    return proof.carriedOut && proof.outcome == ReplyCode::ok;
}

// Both texts for those who find out: why no proof tells it, and what the try before brought.
std::string outcomeForPeople(const Proof& proof, const std::string& before) {
    return std::string(nameOf(ReplyCode::needsStaff)) + "/" + proof.onlyPeople + ", " + before;
}

// A refusal of the machine, not of the fact: it passes once a technician was there.
bool isAboutTheMachine(const Reply& reply) {
    return reply.code == ReplyCode::security && reply.detail != "PERMIT_REFUSED" &&
           reply.detail != "KEY_REUSED";
}

// Made under a clock that ran ahead: no time of sending fits it before that day comes, and people
// have to close it. What is ahead by less may wait for it.
bool isDatedAhead(const Reply& reply, WallTime happenedAt) {
    if (reply.code != ReplyCode::security || reply.detail != "CLOCK_DIFFERS") return false;
    const auto server = parseChinaTime(reply.serverTime);
    return server && happenedAt > *server + std::chrono::hours{1};
}

}  // namespace

struct Sender::DueFact {
    FactId id = 0;
    FactRow row;
    std::optional<MessageType> type;  // none: another version wrote it, or the row is damaged
    Bytes sealed;
    int attempts = 0;
    std::string outcome;  // of the try before
};

milliseconds backOff(int attempts, Random& random) {
    const int doublings = std::clamp(attempts - 1, 0, 10);
    const milliseconds pause = std::min(shortestPause * (1 << doublings), longestPause);
    std::uint8_t chance = 0;
    random.fill({&chance, 1});
    return pause - pause * chance / (4 * 256);
}

milliseconds Sender::timeUntil(WallTime time) const {
    return time - adapter_.clock().wallTime();
}

Result<SendStep> Sender::burst() {
    return tryUpTo(mostInABurst);
}

Result<SendStep> Sender::tryUpTo(std::size_t most) {
    SendStep result;
    const Instant now = adapter_.clock().now();
    if (pausedUntil_ && now < *pausedUntil_) {
        result.nextDue =
            adapter_.clock().wallTime() + std::chrono::ceil<milliseconds>(*pausedUntil_ - now);
        return result;
    }
    const auto due = TRY(nextDueFacts(most));
    if (due.empty()) {
        result.nextDue = TRY(nextDueTime());
        return result;
    }
    const std::vector<Verdict> verdicts = deliverSome(due);
    auto transaction = TRY(storage::Transaction::begin(database_));
    for (std::size_t i = 0; i < verdicts.size(); ++i) TRY(record(transaction, due[i], verdicts[i]));
    TRY(transaction.commit());
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        heedLine(verdicts[i]);
        if (verdicts[i].fate != Fate::parked) continue;
        result.parked.push_back("message " + std::to_string(due[i].id) + " " +
                                due[i].row.messageType + " of " + due[i].row.bizId + ": " +
                                verdicts[i].outcome);
    }
    result.sent = due[verdicts.size() - 1].id;
    result.tries = static_cast<int>(verdicts.size());
    return result;
}

std::vector<Sender::Verdict> Sender::deliverSome(const std::vector<DueFact>& due) {
    const Instant end = adapter_.clock().now() + longestBurst;
    // A line that was silent, or a province that was busy, is tried by one.
    const std::size_t lines = unheard_ == 0 && putOff_ == 0 ? lines_ : 1;
    std::vector<Verdict> verdicts;
    bool goesOn = true;
    while (goesOn && verdicts.size() < due.size()) {
        const std::span<const DueFact> rest = std::span(due).subspan(verdicts.size());
        for (Verdict& verdict : deliverAtOnce(rest.first(std::min(lines, rest.size())))) {
            goesOn = goesOn && verdict.fate == Fate::delivered;
            verdicts.push_back(std::move(verdict));
        }
        goesOn = goesOn && adapter_.clock().now() < end;
    }
    return verdicts;
}

std::vector<Sender::Verdict> Sender::deliverAtOnce(std::span<const DueFact> facts) {
    std::vector<Verdict> verdicts(facts.size());
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < facts.size(); ++i) {
            others.emplace_back([this, &facts, &verdicts, i] { verdicts[i] = deliver(facts[i]); });
        }
        verdicts[0] = deliver(facts[0]);
    }
    return verdicts;
}

void Sender::heedLine(const Verdict& verdict) {
    unheard_ = verdict.fate == Fate::unheard ? unheard_ + 1 : 0;
    putOff_ = verdict.fate == Fate::later ? putOff_ + 1 : 0;
    const int tries = std::max(unheard_, putOff_ - provinceIsBusy + 1);
    pausedUntil_.reset();
    if (tries > 0) pausedUntil_ = adapter_.clock().now() + backOff(tries, adapter_.random());
}

Result<std::vector<Sender::DueFact>> Sender::nextDueFacts(std::size_t most) {
    const std::int64_t now = millisecondsOf(adapter_.clock().wallTime());
    // A time further off than any pause comes from a clock that was set back.
    static const std::string sql =
        "SELECT fact, body_sealed, attempts, outcome, " + std::string(factRowColumns) +
        " FROM outbox WHERE" + headOfBusiness() +
        " AND (next_try_at <= ?1 OR next_try_at > ?1 + ?2) ORDER BY fact LIMIT ?3";
    const auto rows = TRY(database_.query(
        sql, {now, std::int64_t{longestPause.count()}, static_cast<std::int64_t>(most)}));
    std::vector<DueFact> facts;
    for (const storage::Row& row : rows) {
        DueFact fact;
        fact.id = row.integer(0);
        fact.sealed = row.isNull(1) ? Bytes{} : row.bytes(1);
        fact.attempts = static_cast<int>(row.integer(2));
        fact.outcome = row.textOrEmpty(3);
        fact.row = factRowOf(row, 4);
        fact.type = named<MessageType>(fact.row.messageType);
        facts.push_back(std::move(fact));
    }
    return facts;
}

Result<std::optional<WallTime>> Sender::nextDueTime() {
    static const std::string sql = "SELECT MIN(next_try_at) FROM outbox WHERE" + headOfBusiness();
    const auto rows = TRY(database_.query(sql));
    if (rows.empty() || rows[0].isNull(0)) return std::nullopt;
    return wallTimeOf(rows[0].integer(0));
}

Sender::Verdict Sender::deliver(const DueFact& fact) {
    if (!fact.type || kindOf(*fact.type) != MessageKind::fact)
        return {Fate::parked, "TYPE_UNKNOWN"};
    const auto sealedFact = openFact(sealer_, fact.row, fact.sealed);
    if (!sealedFact) {
        const bool broken = sealedFact.error().code == ErrorCode::sealBroken;
        return {Fate::parked, broken ? "SEAL_BROKEN" : "BODY_DAMAGED"};
    }
    Business business = sealedFact->business;
    business.bizId = fact.row.bizId;
    Outgoing message;
    message.type = *fact.type;
    message.idempotencyKey = fact.row.idempotencyKey;
    message.place = FactPlace{fact.row.epoch, fact.row.terminalSeq, fact.row.chain};
    message.business = business;
    message.policyId = sealedFact->policyId;
    message.happenedAt = fact.row.happenedAt;
    message.attempt = fact.attempts + 1;
    message.body = sealedFact->body.reveal();
    if (startsWith(fact.outcome, ReplyCode::unknownOutcome)) {
        const auto proof = adapter_.proofOf(message);
        if (!proof) return {Fate::unheard, openOutcome(proof.error())};
        if (isDone(*proof)) return {Fate::delivered, "OK"};
        if (!proof->onlyPeople.empty())
            return {Fate::parked, outcomeForPeople(*proof, fact.outcome)};
    }
    const auto reply = adapter_.send(message);
    if (!reply) return {Fate::unheard, outcomeOf(reply.error())};
    return judge(fact, message, *reply);
}

Sender::Verdict Sender::judge(const DueFact& fact, const Outgoing& message, const Reply& reply) {
    if (succeeded(reply)) return {Fate::delivered, outcomeOf(reply)};
    if (reply.code == ReplyCode::already) return judgeAlready(fact, message.business, message.body);
    if (reply.code == ReplyCode::protocol) return judgeMessage(fact, message, reply);
    const bool passes = reply.code == ReplyCode::retryLater ||
                        reply.code == ReplyCode::unknownOutcome ||
                        (isAboutTheMachine(reply) && !isDatedAhead(reply, fact.row.happenedAt));
    return {passes ? Fate::later : Fate::parked, outcomeOf(reply)};
}

Sender::Verdict Sender::judgeMessage(const DueFact& fact, const Outgoing& message,
                                     const Reply& reply) {
    const auto proof = adapter_.proofOf(message);
    if (!proof) return {Fate::unheard, openOutcome(proof.error())};
    if (isDone(*proof)) return {Fate::delivered, "OK"};
    if (!proof->onlyPeople.empty())
        return {Fate::parked, outcomeForPeople(*proof, outcomeOf(reply))};
    // In another way than plainly done: the same key brings the answer.
    if (proof->carriedOut) return {Fate::later, std::string(nameOf(ReplyCode::unknownOutcome))};
    // What was said to the first may have been to come later: heard once, it ends nothing.
    const bool again = startsWith(fact.outcome, ReplyCode::protocol);
    return {again ? Fate::parked : Fate::later, outcomeOf(reply)};
}

Sender::Verdict Sender::judgeAlready(const DueFact& fact, const Business& business,
                                     std::string_view body) {
    const auto claim = claimOf(*fact.type, business, body);
    if (!claim) return {Fate::parked, "ALREADY/NOT_OURS"};
    const auto proof = askForProof(adapter_, *claim);
    if (!proof) return {Fate::unheard, outcomeOf(proof.error())};
    if (!*proof) return {Fate::parked, "ALREADY/NOT_OURS"};
    return {Fate::delivered, "ALREADY"};
}

Result<void> Sender::record(storage::Transaction& transaction, const DueFact& fact,
                            const Verdict& verdict) {
    const WallTime now = adapter_.clock().wallTime();
    const std::int64_t attempts = fact.attempts + 1;
    switch (verdict.fate) {
        case Fate::delivered:
            // The answer and the end are one commit. The body stays for a while (keptBodies).
            TRY(
                transaction.run("UPDATE outbox SET state = 'delivered', outcome = ?, attempts = ?,"
                                " delivered_at = ? WHERE fact = ?",
                                {verdict.outcome, attempts, millisecondsOf(now), fact.id}));
            // The line is back: whoever waited for it need not wait longer.
            if (fact.attempts > 0 || unheard_ > 0) TRY(tryAllNow(transaction));
            break;
        case Fate::parked:
            TRY(transaction.run(
                "UPDATE outbox SET state = 'parked', outcome = ?, attempts = ? WHERE fact = ?",
                {verdict.outcome, attempts, fact.id}));
            break;
        case Fate::later:
        case Fate::unheard: {
            const auto pause = backOff(static_cast<int>(attempts), adapter_.random());
            TRY(transaction.run(
                "UPDATE outbox SET outcome = ?, attempts = ?, next_try_at = ? WHERE fact = ?",
                {verdict.outcome, attempts, millisecondsOf(now + pause), fact.id}));
            break;
        }
    }
    return {};
}

}  // namespace liqu::province
