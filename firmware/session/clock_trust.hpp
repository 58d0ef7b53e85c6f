// May the machine's clock be believed (rulings 8)? Every move and every fact is dated by it, so it
// never stands before what the books have seen, nor far from the province's signed time.
#pragma once

#include <string>

#include "firmware/base/clock.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::session {

// Some jitter is no news: a clock set by the network may go back by seconds.
constexpr std::chrono::minutes clockTolerance{5};

// clockNotTrusted where the newest entry of the books lies after now.
Result<void> checkClockAgainstBooks(storage::Database& database, WallTime now);
// clockNotTrusted where the province's time, as it stands in its reply, is far from ours.
Result<void> checkClockAgainstProvince(const std::string& serverTime, WallTime now);

}  // namespace liqu::session
