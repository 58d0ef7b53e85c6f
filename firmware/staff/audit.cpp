#include "firmware/staff/audit.hpp"

#include <limits>

#include "firmware/base/bytes.hpp"
#include "firmware/security/sm3.hpp"

namespace liqu::staff {
namespace {

// Fields are divided by a character that none of them can hold.
std::string digestOf(const AuditLine& line, const std::string& before) {
    std::string text = before;
    for (const std::string& field :
         {std::to_string(line.line), std::to_string(line.at.time_since_epoch().count()), line.actor,
          line.second, line.act, line.object}) {
        text += '\x1f' + field;
    }
    return toHex(security::sm3(bytesOf(text)));
}

AuditLine lineOf(const storage::Row& row) {
    return {row.integer(0), WallTime{std::chrono::milliseconds{row.integer(1)}},
            row.text(2),    row.text(3),
            row.text(4),    row.text(5)};
}

}  // namespace

Result<void> record(storage::Transaction& transaction, const AuditLine& wanted) {
    const auto last =
        TRY(transaction.query("SELECT line, digest FROM staff_audit ORDER BY line DESC LIMIT 1"));
    AuditLine line = wanted;
    line.line = last.empty() ? 1 : last[0].integer(0) + 1;
    const std::string digest = digestOf(line, last.empty() ? "" : last[0].text(1));
    return transaction.run(
        "INSERT INTO staff_audit(line, at, actor, second, act, object, digest) "
        "VALUES(?,?,?,?,?,?,?)",
        {line.line, std::int64_t{line.at.time_since_epoch().count()}, line.actor, line.second,
         line.act, line.object, digest});
}

Result<std::vector<AuditLine>> newestLines(storage::Database& database, int most,
                                           std::optional<std::int64_t> before) {
    const std::int64_t below = before.value_or(std::numeric_limits<std::int64_t>::max());
    std::vector<AuditLine> lines;
    for (const storage::Row& row :
         TRY(database.query("SELECT line, at, actor, second, act, object FROM staff_audit "
                            "WHERE line < ? ORDER BY line DESC LIMIT ?",
                            {below, std::int64_t{most}}))) {
        lines.push_back(lineOf(row));
    }
    return lines;
}

Result<void> checkChain(storage::Database& database) {
    std::string before;
    std::int64_t expected = 1;
    std::int64_t broken = 0;
    TRY(database.forEach(
        "SELECT line, at, actor, second, act, object, digest FROM staff_audit ORDER BY line", {},
        [&](const storage::Row& row) {
            const AuditLine line = lineOf(row);
            if (line.line != expected || row.text(6) != digestOf(line, before)) {
                broken = expected;
                return false;
            }
            before = row.text(6);
            ++expected;
            return true;
        }));
    if (broken == 0) return {};
    return fail(ErrorCode::auditChainBroken, "line " + std::to_string(broken));
}

}  // namespace liqu::staff
