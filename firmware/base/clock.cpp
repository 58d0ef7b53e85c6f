#include "firmware/base/clock.hpp"

#include <cstdio>
#include <thread>

namespace liqu {
namespace chrono = std::chrono;

Instant SystemClock::now() const {
    return chrono::time_point_cast<Duration>(chrono::steady_clock::now());
}
WallTime SystemClock::wallTime() const {
    return chrono::time_point_cast<chrono::milliseconds>(chrono::system_clock::now());
}
void SystemClock::sleepUntil(Instant instant) {
    std::this_thread::sleep_until(instant);
}

Date chinaDate(WallTime time) {
    return Date{chrono::floor<chrono::days>(time + chinaOffset)};
}

std::string formatDate(Date date) {
    char text[40];
    std::snprintf(text, sizeof text, "%04d%02u%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

std::string formatChinaTime(WallTime time) {
    const auto local = time + chinaOffset;
    const auto day = chrono::floor<chrono::days>(local);
    const Date date{day};
    const chrono::hh_mm_ss clock{local - day};
    char text[80];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03d+08:00",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()),
                  static_cast<int>(clock.subseconds().count()));
    return text;
}

}  // namespace liqu
