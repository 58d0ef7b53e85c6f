// Facts on their way to the province (hardware-notes/province.md, "Outbox"): a fact that happened
// is a row here, written in the transaction of the fact itself, and is never dropped. It is
// delivered, or it is parked for staff; later facts of the same business wait behind a parked one,
// and no others. What can never be sent is closed by two people, with a reason and evidence; then
// the rest goes on. What was delivered keeps its sealed body for a while, so that a province
// restored from a backup can be told again.
//
// Outbox and the questions belong to whatever thread owns the transaction or database passed in.
#pragma once

#include <vector>

#include "firmware/base/words.hpp"
#include "firmware/province/messages.hpp"
#include "firmware/security/sealer.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::province {

struct Fact {
    MessageType type = MessageType::issueReport;
    Business business;
    int ordinal = 1;  // counts the facts of one type inside one business
    WallTime happenedAt{};
    PersonalText body;  // canonical JSON, sealed at rest
};

Result<Fact> factOf(const Business& business, const MakeReport& report, int ordinal);
Result<Fact> factOf(const Business& business, const Enabling& enabling, WallTime happenedAt);
Result<Fact> factOf(const Business& business, const Handover& handover, int ordinal);
Result<Fact> factOf(const Business& business, const PinChange& change);
// type: PIN.UNLOCKED or PIN.RESET.
Result<Fact> factOf(const Business& business, MessageType type, const PinService& service);
// Of the business of the order it was paid in; each goes under the fee's own.
Result<Fact> factOf(const Business& business, const FeePayment& payment, WallTime at);
Result<Fact> factOf(const Business& business, const FeeRefund& refund, WallTime at);
Result<Fact> factOf(const Business& business, const StockLoad& load);
// type: one of STOCK.RECEIVE, UNLOAD, COUNT, ADJUST, RETURN, DESTROY, or of FINISHED.OVERDUE,
// RETURN, RECEIVE.
Result<Fact> factOf(const Business& business, MessageType type, const StockAct& act, int ordinal);
Result<Fact> factOf(const Business& business, const CardRecovery& recovery);
Result<Fact> factOf(const Business& business, const WrongCard& card);
Result<Fact> factOf(const Business& business, const WrongCardConfirmation& confirmation);
Result<Fact> factOf(const Business& business, const StockSnapshot& snapshot);
// Its ordinal is the number of lines: the same place in the record is told once.
Result<Fact> factOf(const Business& business, const AuditCheckpoint& checkpoint);

using FactId = std::int64_t;
struct FactRow;

class Outbox {
  public:
    Outbox(const security::Sealer& sealer, Terminal terminal)
        : sealer_(sealer), terminal_(std::move(terminal)) {}

    const Terminal& terminal() const { return terminal_; }

    // Numbers the fact in the books' epoch (terminalSeq, without gaps: decisions 15, 36), chains
    // it, makes its idempotency key and seals its body. It will be sent once the transaction is
    // committed.
    Result<FactId> enqueue(storage::Transaction& transaction, const Fact& fact) const;
    // Facts of another epoch that were not delivered are numbered and chained anew in the books'
    // own, under the keys they had. One whose seal is broken stays as it is.
    Result<void> moveToEpoch(storage::Transaction& transaction) const;

  private:
    // Gives the row its place behind the newest fact of the epoch.
    Result<void> chain(storage::Database& database, FactRow& row, std::string_view body) const;
    const security::Sealer& sealer_;
    Terminal terminal_;
};

enum class FactState : std::uint8_t { queued, delivered, parked };
constexpr auto wordsOf(FactState) {
    return words<FactState>({{FactState::queued, "queued"},
                             {FactState::delivered, "delivered"},
                             {FactState::parked, "parked"}});
}

struct FactStatus {
    FactState state = FactState::queued;
    // The last answer; none before the first, and where the line gave none.
    std::optional<ReplyCode> answer;
    std::string outcome;  // "OK", "BIZ_REFUSED/ENABLING_REFUSED", "NOT_SENT/40101"
    int attempts = 0;
};
Result<FactStatus> statusOf(storage::Database& database, FactId fact);
// The newest fact of this type in this business; none where nothing of the kind happened.
Result<std::optional<FactId>> findFact(storage::Database& database, const std::string& bizId,
                                       MessageType type);

// Counts the facts of one type inside one business, from 1: the ordinal of the next.
Result<int> nextOrdinal(storage::Database& database, const std::string& bizId, MessageType type);

struct OutboxDepth {
    std::int64_t queued = 0;
    std::int64_t parked = 0;         // and not closed
    std::optional<WallTime> oldest;  // when the first undelivered fact happened
};
Result<OutboxDepth> depthOf(storage::Database& database);

// Whether the province does not know yet of a card that was made or given up until then.
Result<bool> reportsWaiting(storage::Database& database, WallTime until);

struct FactLine {
    FactId fact = 0;
    std::int64_t terminalSeq = 0;
    std::string bizId;
    std::string messageType;  // as on the wire; this version may not know it
    WallTime happenedAt{};
    FactStatus status;
};
// Everything neither delivered nor closed, oldest first; at most `most`.
Result<std::vector<FactLine>> undelivered(storage::Database& database, int most);

// Staff mended what kept it from being accepted: it is sent again, under the same key.
// factNotParked.
Result<void> requeueParked(storage::Transaction& transaction, FactId fact);
struct FactClosing {
    std::string reason;
    std::string evidence;  // the number of the letter or ticket by which the province knows
    std::string operatorId;
    std::string secondOperatorId;
    WallTime at{};
};
// The fact is not sent any more: the province was told another way. factNotParked where it is not
// parked, or closed already; moveNotPossible without a reason, evidence or two different people.
Result<void> closeParked(storage::Transaction& transaction, FactId fact,
                         const FactClosing& closing);

// The line is back, or the machine starts: no fact waits for its back-off.
Result<void> tryAllNow(storage::Transaction& transaction);

}  // namespace liqu::province
