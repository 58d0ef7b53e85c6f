#include "firmware/desk/audit_care.hpp"

#include "firmware/base/china_time.hpp"
#include "firmware/staff/audit_books.hpp"
#include "firmware/storage/meta.hpp"

namespace liqu::desk {
namespace {

using staff::Checkpoint;
using storage::Transaction;

constexpr const char* toldLines = "audit_checkpoint";

// None before the first line.
Result<std::optional<Checkpoint>> checkpointOf(const DeskParts& parts, WallTime at) {
    const staff::AuditEnd end = TRY(staff::endOfRecord(parts.database));
    if (end.lines == 0) return std::optional<Checkpoint>();
    Checkpoint checkpoint;
    checkpoint.terminal = parts.config.terminal;
    checkpoint.at = at;
    checkpoint.lines = end.lines;
    checkpoint.mac = end.mac;
    checkpoint.digest = end.digest;
    checkpoint.move = TRY(staff::seenSoFar(parts.database)).move;
    checkpoint.terminalSeq = TRY(parts.database.number(
        "SELECT coalesce(max(terminal_seq), 0) FROM outbox WHERE epoch = (SELECT value FROM meta "
        "WHERE name = 'epoch')"));
    if (parts.signer != nullptr) TRY(staff::sign(checkpoint, *parts.signer));
    return std::optional(std::move(checkpoint));
}

// A business of its own for each day: a checkpoint that is refused holds back no card.
province::Business businessOf(const DeskParts& parts, WallTime at) {
    return {.bizId = parts.config.terminal + "-" + formatDate(chinaDate(at)) + "-000000",
            .bankCode = parts.config.lanes.front().bank,
            .channel = province::Channel::selfService,
            .operatorId = "",
            .secondOperatorId = ""};
}

// False where this place in the record was told before, or nothing is signed here.
Result<bool> tell(const DeskParts& parts, Transaction& transaction, const Checkpoint& checkpoint) {
    const auto told = TRY(storage::metaRow(parts.database, toldLines));
    if (told && told->integer(0) >= checkpoint.lines) return false;
    TRY(storage::putMeta(transaction, toldLines, checkpoint.lines));
    if (checkpoint.signature.empty()) return false;
    const province::AuditCheckpoint message{
        checkpoint.at,   checkpoint.lines,       checkpoint.mac,      checkpoint.digest,
        checkpoint.move, checkpoint.terminalSeq, checkpoint.signature};
    TRY(parts.outbox.enqueue(transaction,
                             TRY(province::factOf(businessOf(parts, checkpoint.at), message))));
    return true;
}

Result<bool> isDue(const DeskParts& parts, WallTime now) {
    const auto told = TRY(storage::metaRow(parts.database, toldLines));
    const auto waiting =
        TRY(parts.database.query("SELECT at FROM staff_audit WHERE line > ? ORDER BY line LIMIT 1",
                                 {told ? told->integer(0) : std::int64_t{0}}));
    if (waiting.empty()) return false;
    const WallTime since{std::chrono::milliseconds{waiting[0].integer(0)}};
    // Written under a clock that was ahead: it does not wait until that hour has come.
    return since > now || now - since >= checkpointRhythm;
}

}  // namespace

Result<bool> careForAudit(const DeskParts& parts) {
    const WallTime now = parts.clock.wallTime();
    if (TRY(staff::booksAreAhead(parts.database)))
        TRY(staff::recordAlone(parts.database, {0, now, machineItself, "", "books", ""}));
    if (parts.signer == nullptr || !TRY(isDue(parts, now))) return false;
    auto transaction = TRY(Transaction::begin(parts.database));
    const auto checkpoint = TRY(checkpointOf(parts, now));
    const bool queued = checkpoint && TRY(tell(parts, transaction, *checkpoint));
    TRY(transaction.commit());
    return queued;
}

Result<void> witnessDay(const DeskParts& parts, Transaction& transaction, const std::string& day,
                        WallTime at) {
    const auto checkpoint = TRY(checkpointOf(parts, at));
    if (!checkpoint) return {};
    TRY(transaction.run("UPDATE staff_audit_marks SET checkpoint = ? WHERE day = ?",
                        {staff::textOf(*checkpoint), day}));
    TRY(tell(parts, transaction, *checkpoint));
    return {};
}

Result<void> putWitnessOn(ports::DayReport& report, storage::Database& database) {
    const auto rows = TRY(database.query(
        "SELECT checkpoint FROM staff_audit_marks WHERE day = ? AND checkpoint <> ''",
        {report.day}));
    if (rows.empty()) return {};
    const Checkpoint checkpoint = TRY(staff::parseCheckpoint(rows[0].text(0)));
    report.auditCheckpoint = rows[0].text(0);
    report.auditLetters = staff::lettersOf(checkpoint);
    report.auditLines = checkpoint.lines;
    return {};
}

Result<void> recordRun(storage::Database& database, const char* act, const std::string& version,
                       const std::string& configDigest, WallTime at) {
    return staff::recordAlone(
        database, {0, at, machineItself, "", act, version + " " + configDigest.substr(0, 32)});
}

}  // namespace liqu::desk
