#include "firmware/custody/journal.hpp"

#include <charconv>

namespace liqu::custody {
Result<void> record(storage::Transaction& transaction, const JournalEntry& entry) {
    return transaction.run(
        "INSERT INTO journal(order_id, step, attempt, phase, at, detail) VALUES(?,?,?,?,?,?)",
        {entry.orderId, entry.step, std::int64_t{entry.attempt}, std::string(nameOf(entry.phase)),
         std::int64_t{entry.at.time_since_epoch().count()}, entry.detail});
}

Result<std::vector<JournalEntry>> entriesOf(storage::Database& database,
                                            const std::string& orderId) {
    std::vector<JournalEntry> entries;
    for (const storage::Row& row :
         TRY(database.query("SELECT entry, step, attempt, phase, at, detail FROM journal WHERE "
                            "order_id = ? ORDER BY entry",
                            {orderId}))) {
        entries.push_back({row.integer(0), orderId, row.text(1), static_cast<int>(row.integer(2)),
                           row.choice<Phase>(3),
                           WallTime{std::chrono::milliseconds{row.integer(4)}}, row.text(5)});
    }
    return entries;
}

Result<std::optional<JournalEntry>> openIntent(storage::Database& database,
                                               const std::string& orderId) {
    std::optional<JournalEntry> open;
    for (JournalEntry& entry : TRY(entriesOf(database, orderId))) {
        if (entry.phase == Phase::intent) {
            open = std::move(entry);
        } else if (open && open->step == entry.step) {
            open.reset();
        }
    }
    return open;
}

std::optional<std::int64_t> detailNumber(const std::string& detail, std::string_view key) {
    const std::string wanted = std::string(key) + "=";
    for (std::size_t at = 0; (at = detail.find(wanted, at)) != std::string::npos; ++at) {
        if (at > 0 && detail[at - 1] != ' ') continue;
        std::int64_t number = 0;
        const char* from = detail.data() + at + wanted.size();
        const auto [end, error] = std::from_chars(from, detail.data() + detail.size(), number);
        if (error == std::errc() && end != from) return number;
    }
    return std::nullopt;
}

}  // namespace liqu::custody
