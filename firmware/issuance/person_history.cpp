#include "firmware/issuance/person_history.hpp"

#include <algorithm>

#include "firmware/custody/journal.hpp"
#include "firmware/issuance/binding.hpp"

namespace liqu::issuance {
namespace {

// About a thousand cards.
constexpr std::int64_t entriesOfLate = 20'000;

bool liesInData(ErrorCode code) {
    switch (code) {
        case ErrorCode::chipItemUnfit:
        case ErrorCode::nameDoesNotFitChip:
        case ErrorCode::nameCharacterNotOnChip:
        case ErrorCode::nameNotPrintable:
        case ErrorCode::glyphMissing:
        case ErrorCode::faceTextDoesNotFit:
        case ErrorCode::portraitUnreadable:
        case ErrorCode::photoMissing:
        case ErrorCode::provinceReplyMalformed:
            return true;
        default:
            return isAlarm(code);
    }
}

std::optional<ErrorCode> codeIn(const std::string& detail) {
    const auto number = custody::detailNumber(detail, "error");
    if (!number) return std::nullopt;
    for (const ErrorCode code : allErrorCodes()) {
        if (std::int64_t{numberOf(code)} == *number) return code;
    }
    return std::nullopt;
}

}  // namespace

Result<std::optional<ErrorCode>> spoiledForDataToday(storage::Database& database,
                                                     const std::string& holderDigest,
                                                     WallTime now) {
    const WallTime midnight = WallTime(std::chrono::sys_days(chinaDate(now))) - chinaOffset;
    const auto rows = TRY(database.query(
        "SELECT journal.detail FROM orders JOIN journal USING(order_id) WHERE holder_digest = ? "
        "AND state = 'failed' AND ended_at >= ? AND phase = 'failure' ORDER BY entry DESC",
        {holderDigest, std::int64_t{midnight.time_since_epoch().count()}}));
    for (const storage::Row& row : rows) {
        const auto code = codeIn(row.text(0));
        if (code && liesInData(*code)) return code;
    }
    return std::optional<ErrorCode>();
}

Result<bool> pinWasSetHere(storage::Database& database, const std::string& holderDigest,
                           const std::string& cardIdCode) {
    const std::string ofCard = "card=" + cardIdCode + " ";
    for (const storage::Row& row : TRY(database.query(
             "SELECT begun.step, begun.detail FROM orders JOIN journal AS begun USING(order_id) "
             "JOIN journal AS done ON done.order_id = orders.order_id AND done.step = begun.step "
             "WHERE holder_digest = ? AND state = 'carriedOut' AND begun.phase = 'intent' "
             "AND done.phase = 'fact' AND begun.step IN ('changePin', 'resetPin') "
             "ORDER BY begun.entry DESC",
             {holderDigest}))) {
        if (row.text(1).starts_with(ofCard)) return row.text(0) == "changePin";
    }
    return false;
}

Result<std::int64_t> foreignAnswersOfLate(storage::Database& database) {
    std::int64_t count = 0;
    for (const storage::Row& row : TRY(database.query(
             "SELECT detail FROM journal WHERE phase = 'failure' AND step = 'personalise' "
             "AND entry > (SELECT ifnull(max(entry), 0) FROM journal) - ?",
             {entriesOfLate}))) {
        const auto code = codeIn(row.text(0));
        if (code && isAlarm(*code)) ++count;
    }
    return count;
}

}  // namespace liqu::issuance
