#include "program/build_day.hpp"

namespace liqu::program {

WallTime builtAt() {
    // yyyymmdd, in UTC; CMake honours SOURCE_DATE_EPOCH.
    constexpr int day = LIQU_BUILT_ON;
    return WallTime{
        std::chrono::sys_days{std::chrono::year{day / 10000} / (day / 100 % 100) / (day % 100)}};
}

}  // namespace liqu::program
