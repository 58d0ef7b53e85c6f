// Time comes in through Clock, so that a simulation can own it. A SystemClock is of any thread.
#pragma once

#include <chrono>
#include <string>

namespace liqu {

using Duration = std::chrono::microseconds;
// Monotonic; its zero has no meaning. A virtual clock makes its own values.
using Instant = std::chrono::time_point<std::chrono::steady_clock, Duration>;
// Civil time, UTC.
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::year_month_day;

class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
    virtual WallTime wallTime() const = 0;
    // In a simulation, sleeping is what makes the world go on.
    virtual void sleepUntil(Instant instant) = 0;

    void sleepFor(Duration duration) { sleepUntil(now() + duration); }
};

class SystemClock final : public Clock {
  public:
    Instant now() const override;
    WallTime wallTime() const override;
    void sleepUntil(Instant instant) override;
};

// The kiosk lives in one time zone without daylight saving: China Standard Time, UTC+8.
constexpr std::chrono::hours chinaOffset{8};

Date chinaDate(WallTime time);
std::string formatChinaTime(WallTime time);  // "2024-05-11T10:22:31.000+08:00"
std::string formatDate(Date date);           // "20240511"

}  // namespace liqu
