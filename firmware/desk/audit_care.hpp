// The audit record of what the machine itself does, and its witnesses: a line where cards moved or
// orders ended, and a checkpoint for the province where lines have waited for a quarter of an hour,
// and at the close of each day (staff/audit_checkpoint.hpp). Thread of the write connection.
#pragma once

#include "firmware/desk/carry_out.hpp"
#include "firmware/ports/day_report.hpp"
#include "firmware/staff/audit_checkpoint.hpp"

namespace liqu::desk {

// Who is the actor of what nobody did: start, stop, and what the books had meanwhile.
inline constexpr const char* machineItself = "kiosk";

constexpr Duration checkpointRhythm = std::chrono::minutes{15};

// Once in each round of the kiosk. True: a fact was queued.
Result<bool> careForAudit(const DeskParts& parts);

// At the close of a day, in its commit: for the paper, and for the province.
Result<void> witnessDay(const DeskParts& parts, storage::Transaction& transaction,
                        const std::string& day, WallTime at);
Result<void> putWitnessOn(ports::DayReport& report, storage::Database& database);

// "start" or "stop" of the program: which one, and half the digest of its configuration.
Result<void> recordRun(storage::Database& database, const char* act, const std::string& version,
                       const std::string& configDigest, WallTime at);

}  // namespace liqu::desk
