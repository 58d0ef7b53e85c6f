#include "firmware/session/clock_trust.hpp"

#include <cstdio>

#include "firmware/custody/books_clock.hpp"

namespace liqu::session {
namespace {

// "2024-05-11T10:22:31.000+08:00", the one form of the contract.
std::optional<WallTime> parseChinaTime(const std::string& text) {
    int year = 0;
    unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0;
    // NOLINTNEXTLINE(cert-err34-c): the widths leave no number too large
    const int fields = std::sscanf(text.c_str(), "%4d-%2u-%2uT%2u:%2u:%2u.%3u+08:00", &year, &month,
                                   &day, &hour, &minute, &second, &milli);
    const Date date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (fields != 7 || !date.ok()) return std::nullopt;
    return WallTime{std::chrono::sys_days{date}} + std::chrono::hours{hour} +
           std::chrono::minutes{minute} + std::chrono::seconds{second} +
           std::chrono::milliseconds{milli} - chinaOffset;
}

Error differs(WallTime now, const std::string& from) {
    return {ErrorCode::clockNotTrusted,
            "the clock says " + formatChinaTime(now) + ", " + from + "; set the clock"};
}

}  // namespace

Result<void> checkClockAgainstBooks(storage::Database& database, WallTime now) {
    const WallTime newest = TRY(custody::newestInBooks(database));
    if (now + clockTolerance >= newest) return {};
    return fail(differs(now, "the books have been at " + formatChinaTime(newest)));
}

Result<void> checkClockAgainstProvince(const std::string& serverTime, WallTime now) {
    const auto theirs = parseChinaTime(serverTime);
    if (!theirs) return fail(ErrorCode::provinceReplyMalformed, "serverTime is no moment");
    if (std::chrono::abs(now - *theirs) <= clockTolerance) return {};
    return fail(differs(now, "the province's " + serverTime));
}

}  // namespace liqu::session
