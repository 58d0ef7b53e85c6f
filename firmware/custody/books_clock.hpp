// Time as the books have seen it. Every entry is dated by the machine's clock, so a clock before
// the newest entry is wrong; or the entries are, because the clock was ahead when they were made.
// Which of the two it was only people can say.
#pragma once

#include "firmware/custody/people.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::custody {

// The date of the newest entry of journal, moves, events and outbox; the epoch where there is none.
Result<WallTime> newestInBooks(storage::Database& database);

// clockNotTrusted where the clock stands on a day before the newest entry's.
Result<void> requireClock(storage::Database& database, WallTime at);

// Two people compared the clock with another one and it is right: what the books hold until now is
// dated ahead, stays as it is, and no longer counts as newest; only the day that is open counts as
// opened now, so that it is due in the evening. The reason is kept.
// moveNotPossible without a reason, or where the books are not ahead.
Result<void> acceptClock(storage::Transaction& transaction, const Mandate& mandate);

}  // namespace liqu::custody
