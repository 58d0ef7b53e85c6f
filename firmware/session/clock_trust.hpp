// May the machine's clock be believed (decision 8)? Every move and every fact is dated by it, so it
// never stands before what the books have seen, nor far from the province's signed time.
#pragma once

#include <string>

#include "firmware/base/clock.hpp"
#include "firmware/security/certificate.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::session {

// Some jitter is no news: a clock set by the network may go back by seconds.
constexpr std::chrono::minutes clockTolerance{5};

// clockNotTrusted where the newest entry of the books lies after now.
Result<void> checkClockAgainstBooks(storage::Database& database, WallTime now);
// clockNotTrusted where now lies before the day this program was built.
Result<void> checkClockAgainstProgram(WallTime builtAt, WallTime now);
// clockNotTrusted where our certificate is not valid now and the books do not speak for the clock:
// a machine that worked in the last days has a good clock and a bad certificate. Without books
// nothing speaks for the clock.
Result<void> checkClockAgainstCertificate(storage::Database& database,
                                          const security::Certificate& certificate, WallTime now);
Result<void> checkClockAgainstCertificate(const security::Certificate& certificate, WallTime now);
// clockNotTrusted where the province's time, as it stands in its reply, is far from ours.
Result<void> checkClockAgainstProvince(const std::string& serverTime, WallTime now);

}  // namespace liqu::session
