#include "firmware/session/clock_trust.hpp"

#include "firmware/base/china_time.hpp"
#include "firmware/custody/books_clock.hpp"

namespace liqu::session {
namespace {

// Set by hand to the day only, or in another zone.
constexpr std::chrono::hours zones{24};
// A machine that has worked so lately has had its clock compared with the province's.
constexpr std::chrono::days lately{14};

std::string daysBetween(WallTime earlier, WallTime later) {
    return std::to_string(std::chrono::floor<std::chrono::days>(later - earlier).count());
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

Result<void> checkClockAgainstProgram(WallTime builtAt, WallTime now) {
    if (now + zones >= builtAt) return {};
    return fail(differs(now, daysBetween(now, builtAt) + " days before this program was built"));
}

Result<void> checkClockAgainstCertificate(storage::Database& database,
                                          const security::Certificate& certificate, WallTime now) {
    const WallTime newest = TRY(custody::newestInBooks(database));
    if (newest <= now && now - newest <= lately) return {};
    return checkClockAgainstCertificate(certificate, now);
}

Result<void> checkClockAgainstCertificate(const security::Certificate& certificate, WallTime now) {
    const bool early = now < certificate.from;
    if (!early && now <= certificate.to) return {};
    const std::string off =
        early
            ? daysBetween(now, certificate.from) + " days before this machine's certificate begins"
            : daysBetween(certificate.to, now) + " days after this machine's certificate ended";
    Error error = differs(now, off + " (" + formatDate(chinaDate(certificate.from)) + " to " +
                                   formatDate(chinaDate(certificate.to)) + ")");
    error.cause += "; if it is right, the certificate has to be renewed";
    return fail(std::move(error));
}

Result<void> checkClockAgainstProvince(const std::string& serverTime, WallTime now) {
    const auto theirs = parseChinaTime(serverTime);
    if (!theirs) return fail(ErrorCode::provinceReplyMalformed, "serverTime is no moment");
    if (std::chrono::abs(now - *theirs) <= clockTolerance) return {};
    return fail(differs(now, "the province's " + serverTime));
}

}  // namespace liqu::session
