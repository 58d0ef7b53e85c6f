#include "firmware/issuance/reading_streak.hpp"

namespace liqu::issuance {
namespace {

constexpr const char* causeKept = "reader_trouble_cause";
constexpr const char* visitsKept = "reader_trouble_visits";

// A reader that is away, or held, fails its self-test; a document that cannot be read is no trouble
// of the reader's.
bool isOfTheReader(ErrorCode code) {
    switch (code) {
        case ErrorCode::idReaderSilent:
        case ErrorCode::idReaderGarbled:
        case ErrorCode::idReaderRefusedCommand:
        case ErrorCode::idReaderSelfTestFailed:
        case ErrorCode::idReaderNotAuthorised:
            return true;
        default:
            return false;
    }
}

Result<std::int64_t> kept(storage::Database& database, const char* name) {
    return database.number("SELECT coalesce((SELECT value FROM meta WHERE name = ?), 0)",
                           {std::string(name)});
}

Result<void> keep(storage::Transaction& transaction, const char* name, std::int64_t value) {
    return transaction.run(
        "INSERT INTO meta VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        {std::string(name), value});
}

}  // namespace

Result<std::optional<ReadingStreak>> readingStreak(storage::Database& database) {
    const std::int64_t visits = TRY(kept(database, visitsKept));
    const std::int64_t cause = TRY(kept(database, causeKept));
    for (const ErrorCode code : allErrorCodes()) {
        if (visits > 0 && numberOf(code) == cause) {
            return std::optional(ReadingStreak{code, static_cast<int>(visits)});
        }
    }
    return std::optional<ReadingStreak>();
}

Result<void> noteReading(storage::Database& database, std::optional<ErrorCode> trouble) {
    const auto streak = TRY(readingStreak(database));
    if (trouble && !isOfTheReader(*trouble)) return {};
    if (!trouble && !streak) return {};
    const bool again = streak && trouble && streak->cause == *trouble;
    auto transaction = TRY(storage::Transaction::begin(database));
    TRY(keep(transaction, causeKept, trouble ? numberOf(*trouble) : 0));
    TRY(keep(transaction, visitsKept, !trouble ? 0 : again ? streak->visits + 1 : 1));
    return transaction.commit();
}

Result<void> requireGoodReadings(storage::Database& database, const policy::RegionPolicy& region) {
    const auto streak = TRY(readingStreak(database));
    if (!streak || streak->visits < region.failuresInARow) return {};
    return fail(streak->cause, std::to_string(streak->visits) +
                                   " visits in a row; plug the reader in again, or liqu making "
                                   "resume");
}

Result<void> endReadingStreak(storage::Transaction& transaction) {
    return keep(transaction, visitsKept, 0);
}

}  // namespace liqu::issuance
