#include "firmware/staff/audit.hpp"

#include <limits>
#include <map>

#include "firmware/staff/audit_books.hpp"

namespace liqu::staff {
namespace {

AuditLine storedLine(const storage::Row& row) {
    return {row.integer(0), WallTime{std::chrono::milliseconds{row.integer(1)}},
            row.text(2),    row.text(3),
            row.text(4),    row.text(5),
            row.text(6)};
}

}  // namespace

AuditLine lineOf(const Deed& deed, const TwoPeople& people, WallTime at) {
    AuditLine line;
    line.at = at;
    line.actor = people.operatorId;
    line.second = people.secondOperatorId;
    line.act = nameOf(deed.act);
    line.object = deed.object;
    return line;
}

AuditLine refusedLineOf(const Deed& deed, const TwoPeople& people, WallTime at, const Error& why) {
    AuditLine line = lineOf(deed, people, at);
    line.object += " refused " + std::to_string(numberOf(why.code));
    return line;
}

Result<void> recordAlone(storage::Database& database, const AuditLine& line) {
    auto transaction = TRY(storage::Transaction::begin(database));
    TRY(record(transaction, line));
    return transaction.commit();
}

namespace {

Result<AuditEnd> lastLine(storage::Database& database) {
    const auto last =
        TRY(database.query("SELECT line, digest, mac FROM staff_audit ORDER BY line DESC LIMIT 1"));
    return last.empty() ? AuditEnd{}
                        : AuditEnd{last[0].integer(0), last[0].text(1), last[0].text(2)};
}

// What was written down beside the record.
Result<AuditEnd> knownEnd(storage::Database& database) {
    AuditEnd end;
    for (const storage::Row& row : TRY(database.query(
             "SELECT name, value FROM meta WHERE name IN ('audit_lines','audit_digest')"))) {
        if (row.text(0) == "audit_lines" && row.isInteger(1)) end.lines = row.integer(1);
        if (row.text(0) == "audit_digest" && row.isText(1)) end.digest = row.text(1);
    }
    return end;
}

Result<void> keep(storage::Transaction& transaction, const char* name, storage::Value value) {
    return transaction.run(
        "INSERT INTO meta VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        {std::string(name), std::move(value)});
}

// Without a key, or where it is gone, the line has no mac: the act is recorded all the same, and
// the witness says of which lines that is so.
std::string macOf(storage::Database& database, const AuditLine& line, const std::string& before) {
    storage::RecordKey* key = database.recordKey();
    if (key == nullptr) return {};
    return key->macOf(line.line, macTextOf(line, before)).value_or(std::string());
}

}  // namespace

Result<AuditEnd> endOfRecord(storage::Database& database) {
    return lastLine(database);
}

// A record that was cut short goes on behind the end that is known, so that the gap stays.
Result<void> record(storage::Transaction& transaction, const AuditLine& wanted) {
    const AuditEnd last = TRY(lastLine(transaction.database()));
    const AuditEnd known = TRY(knownEnd(transaction.database()));
    const AuditEnd& end = known.lines > last.lines ? known : last;
    AuditLine line = wanted;
    line.line = end.lines + 1;
    line.books =
        TRY(lookAtBooks(transaction.database(), TRY(seenSoFar(transaction.database())))).text();
    const std::string digest = digestOf(line, end.digest);
    const std::string mac = macOf(transaction.database(), line, last.mac);
    TRY(
        transaction.run("INSERT INTO staff_audit(line, at, actor, second, act, object, books, "
                        "digest, mac) VALUES(?,?,?,?,?,?,?,?,?)",
                        {line.line, std::int64_t{line.at.time_since_epoch().count()}, line.actor,
                         line.second, line.act, line.object, line.books, digest, mac}));
    TRY(keep(transaction, "audit_lines", line.line));
    return keep(transaction, "audit_digest", digest);
}

Result<AuditEnd> markDay(storage::Transaction& transaction, const std::string& day) {
    AuditEnd end = TRY(lastLine(transaction.database()));
    TRY(transaction.run(
        "INSERT OR REPLACE INTO staff_audit_marks(day, lines, digest) VALUES(?,?,?)",
        {day, end.lines, end.digest}));
    return end;
}

Result<std::vector<AuditLine>> newestLines(storage::Database& database, int most,
                                           std::optional<std::int64_t> before) {
    const std::int64_t below = before.value_or(std::numeric_limits<std::int64_t>::max());
    std::vector<AuditLine> lines;
    for (const storage::Row& row :
         TRY(database.query("SELECT line, at, actor, second, act, object, books FROM staff_audit "
                            "WHERE line < ? ORDER BY line DESC LIMIT ?",
                            {below, std::int64_t{most}}))) {
        lines.push_back(storedLine(row));
    }
    return lines;
}

namespace {

Result<std::map<std::int64_t, std::string>> marks(storage::Database& database) {
    std::map<std::int64_t, std::string> marks;
    for (const storage::Row& row :
         TRY(database.query("SELECT lines, digest FROM staff_audit_marks WHERE lines > 0"))) {
        marks[row.integer(0)] = row.text(1);
    }
    const AuditEnd end = TRY(knownEnd(database));
    if (end.lines > 0) marks[end.lines] = end.digest;
    return marks;
}

}  // namespace

Result<void> checkChain(storage::Database& database) {
    const auto known = TRY(marks(database));
    std::string before;
    std::int64_t expected = 1;
    std::int64_t broken = 0;
    TRY(database.forEach(
        "SELECT line, at, actor, second, act, object, books, digest FROM staff_audit ORDER BY line",
        {}, [&](const storage::Row& row) {
            const AuditLine line = storedLine(row);
            const auto mark = known.find(line.line);
            const bool follows = line.line == expected && row.text(7) == digestOf(line, before) &&
                                 (mark == known.end() || mark->second == row.text(7));
            if (!follows) {
                broken = expected;
                return false;
            }
            before = row.text(7);
            ++expected;
            return true;
        }));
    if (broken != 0) return fail(ErrorCode::auditChainBroken, "line " + std::to_string(broken));
    const std::int64_t last = known.empty() ? 0 : known.rbegin()->first;
    if (last == expected - 1) return {};
    if (last < expected) return fail(ErrorCode::auditChainBroken, "its end was not kept");
    return fail(ErrorCode::auditChainBroken, "lines " + std::to_string(expected) + " to " +
                                                 std::to_string(last) + " are missing at the end");
}

Result<void> requireMac(storage::Database& database) {
    if (database.recordKey() == nullptr) return {};
    const AuditEnd end = TRY(endOfRecord(database));
    if (end.lines == 0 || !end.mac.empty()) return {};
    return fail(ErrorCode::keyMissing, "the newest line of the audit record, " +
                                           std::to_string(end.lines) + ", has no mac");
}

}  // namespace liqu::staff
