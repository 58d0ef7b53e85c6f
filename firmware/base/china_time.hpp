// Moments and dates as the contracts write them, read strictly. The writing forms are in clock.hpp.
#pragma once

#include <optional>
#include <string_view>

#include "firmware/base/clock.hpp"

namespace liqu {

// "2024-05-11T10:22:31.000+08:00"; nothing for anything else.
std::optional<WallTime> parseChinaTime(std::string_view text);
// "20240511"; nothing for what is no day of the calendar.
std::optional<Date> parseDate(std::string_view text);

}  // namespace liqu
