#include "firmware/custody/bin_forecast.hpp"

#include <algorithm>

#include "firmware/custody/posting.hpp"

namespace liqu::custody {
namespace {

constexpr std::chrono::days lookedBack{28};
constexpr std::chrono::days warnedBefore{21};

}  // namespace

bool HoldForecast::isPressing(WallTime at) const {
    return fullOn &&
           std::chrono::sys_days{*fullOn} - std::chrono::sys_days{chinaDate(at)} <= warnedBefore;
}

Result<HoldForecast> forecastOf(storage::Database& database, WallTime at) {
    HoldForecast forecast;
    const std::string hold = Place::holdBin().name();
    const auto rows =
        TRY(database.query("SELECT balance, capacity FROM places WHERE place = ?", {hold}));
    if (rows.empty()) return forecast;
    forecast.cards = rows[0].integer(0);
    forecast.capacity = optionalNumber(rows[0], 1).value_or(0);
    if (forecast.capacity <= 0) return forecast;
    const std::int64_t room = std::max<std::int64_t>(forecast.capacity - forecast.cards, 0);
    const std::int64_t came = TRY(database.number(
        "SELECT coalesce(sum(CASE WHEN to_place = ?1 THEN quantity ELSE -quantity END), 0) FROM "
        "day_flows WHERE day > ?2 AND (to_place = ?1 OR from_place = ?1)",
        {hold, formatDate(chinaDate(at - lookedBack))}));
    const std::chrono::sys_days today{chinaDate(at)};
    if (room == 0) forecast.fullOn = Date{today};
    if (room > 0 && came > 0) {
        // As fast as on average of those weeks.
        const std::chrono::days left{room * lookedBack.count() / came};
        forecast.fullOn = Date{today + left};
    }
    return forecast;
}

}  // namespace liqu::custody
