// The dear look at the books, indexes against their tables: once in a day of the machine's life,
// however often it is switched off and on. Kiosk thread.
#pragma once

#include <filesystem>

#include "firmware/base/clock.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::storage {

// A day has passed since the last good one, there was none, or the clock was set back behind it.
Result<bool> wholeCheckIsDue(Database& database, WallTime now);
// After an unclean end: it is due until one was good, whoever opens the books meanwhile.
Result<void> oweWholeCheck(Transaction& transaction);
// At a start: the dear look where it is due; a quick one after an unclean end; after an orderly one
// the books are as they were left. storageDamaged with what was found.
Result<void> checkAtStart(Database& database, const std::filesystem::path& path, WallTime now);
// storageDamaged with what was found; a good one is noted.
Result<void> checkWhole(Database& database, WallTime now);

}  // namespace liqu::storage
