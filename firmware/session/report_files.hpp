// The report of a day as files: PDF, CSV and slip in the machine's own folder, and copies of the
// first two on a USB stick.
// A stick that is not there, full or pulled while it is written leaves the files in the machine, no
// torn file on the stick, and words that say what to do.
#pragma once

#include "firmware/ports/day_report.hpp"
#include "firmware/session/parts.hpp"

namespace liqu::session {

struct ReportFiles {
    std::filesystem::path pdf;
    std::filesystem::path csv;
    std::filesystem::path slip;  // for a receipt printer
};

// "T-000017-20240511.pdf" beside its CSV.
ReportFiles reportFilesOf(const SessionParts& parts, const std::string& day);
bool areWritten(const ReportFiles& files);
Result<ReportFiles> writeReport(const SessionParts& parts, const ports::DayReport& report);
// stickMissing, stickPulled. Gives the folder on the stick.
Result<std::filesystem::path> copyToStick(const policy::StaffConfig& config,
                                          const ReportFiles& files);

}  // namespace liqu::session
