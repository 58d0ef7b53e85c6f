#include "firmware/storage/whole_check.hpp"

#include "firmware/storage/run_mark.hpp"

namespace liqu::storage {
namespace {

constexpr const char* checkedAt = "whole_check_at";
constexpr std::chrono::hours rhythm{24};

std::int64_t stampOf(WallTime time) {
    return time.time_since_epoch().count();
}

}  // namespace

Result<bool> wholeCheckIsDue(Database& database, WallTime now) {
    const std::int64_t last = TRY(database.number(
        "SELECT coalesce((SELECT value FROM meta WHERE name = ?), 0)", {std::string(checkedAt)}));
    return last > stampOf(now) || last <= stampOf(now - rhythm);
}

Result<void> oweWholeCheck(Transaction& transaction) {
    return transaction.run("DELETE FROM meta WHERE name = ?", {std::string(checkedAt)});
}

Result<void> checkAtStart(Database& database, const std::filesystem::path& path, WallTime now) {
    if (TRY(wholeCheckIsDue(database, now))) return checkWhole(database, now);
    return endedUncleanly(path) ? database.verify() : Result<void>();
}

Result<void> checkWhole(Database& database, WallTime now) {
    TRY(database.verify(Database::Depth::whole));
    auto transaction = TRY(Transaction::begin(database));
    TRY(transaction.run(
        "INSERT INTO meta VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        {std::string(checkedAt), stampOf(now)}));
    return transaction.commit();
}

}  // namespace liqu::storage
