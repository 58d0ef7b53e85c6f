// What the books say of earlier orders that failed for the sake of somebody's data.
#pragma once

#include <optional>
#include <string>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::issuance {

// Did a card of this person fail today for a reason that lies in their data? The same data would
// spoil the next blank as well, so nothing is fed for them before another day.
Result<std::optional<ErrorCode>> spoiledForDataToday(storage::Database& database,
                                                     const std::string& holderDigest, WallTime now);

// Has the card's holder set its social PIN here, and was it not reset since? holderDigest: of the
// order that did.
Result<bool> pinWasSetHere(storage::Database& database, const std::string& holderDigest,
                           const std::string& cardIdCode);

// Orders of late that failed because the province's answer was about somebody or something else:
// the staff menu says so.
Result<std::int64_t> foreignAnswersOfLate(storage::Database& database);

}  // namespace liqu::issuance
