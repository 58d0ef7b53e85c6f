// The step journal: before a motion or an irreversible act its intent is committed, right after
// it the fact or the failure. Whatever stops the machine, the journal says what may have happened.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::custody {

enum class Phase : std::uint8_t { intent, fact, failure };
constexpr auto wordsOf(Phase) {
    return words<Phase>(
        {{Phase::intent, "intent"}, {Phase::fact, "fact"}, {Phase::failure, "failure"}});
}

struct JournalEntry {
    std::int64_t entry = 0;
    std::string orderId;
    std::string step;
    int attempt = 1;
    Phase phase = Phase::intent;
    WallTime at{};
    // Short "key=value" words without personal data: counters before a print, an error's number.
    std::string detail;
};

Result<void> record(storage::Transaction& transaction, const JournalEntry& entry);
// In order of entry.
Result<std::vector<JournalEntry>> entriesOf(storage::Database& database,
                                            const std::string& orderId);
// The last intent of the order that has neither fact nor failure.
Result<std::optional<JournalEntry>> openIntent(storage::Database& database,
                                               const std::string& orderId);

// "panels=120 ribbon=88": the number behind a key; none where absent.
std::optional<std::int64_t> detailNumber(const std::string& detail, std::string_view key);

}  // namespace liqu::custody
