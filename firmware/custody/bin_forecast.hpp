// When the hold bin will be full of cards that nobody fetches, as the last four weeks went on: a
// machine with a full one makes no card, and old cards leave it only through people.
#pragma once

#include <optional>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::custody {

struct HoldForecast {
    std::int64_t cards = 0;
    std::int64_t capacity = 0;           // 0: not limited
    std::optional<Date> fullOn;          // today, where it is full; none where it does not fill
    bool isPressing(WallTime at) const;  // within three weeks
};
Result<HoldForecast> forecastOf(storage::Database& database, WallTime at);

}  // namespace liqu::custody
