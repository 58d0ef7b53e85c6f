// The same trouble of the ID card reader, visit after visit. Its self-test may be good all the
// time: the module answers, and no card is read. After as many visits as the region says nobody is
// asked to lay down an ID card until the reader was plugged in again, or staff say so (decision
// 42). Kept in the books, so that a restart does not forget it. Kiosk thread.
#pragma once

#include <optional>

#include "firmware/base/error.hpp"
#include "firmware/policy/region_policy.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::issuance {

struct ReadingStreak {
    ErrorCode cause = ErrorCode::idReaderSilent;
    int visits = 0;
};
Result<std::optional<ReadingStreak>> readingStreak(storage::Database& database);

// How a visit's reading ended; none: a document was read, or the reader was seen to be away. What
// is the document's fault counts as neither.
Result<void> noteReading(storage::Database& database, std::optional<ErrorCode> trouble);
// The trouble itself, after as many visits as the region says.
Result<void> requireGoodReadings(storage::Database& database, const policy::RegionPolicy& region);
Result<void> endReadingStreak(storage::Transaction& transaction);

}  // namespace liqu::issuance
