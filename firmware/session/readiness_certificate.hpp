// 就绪报告: every part is tested and read, and what was found is written as PDF and table beside
// the days' reports.
//
// Used by the kiosk thread.
#pragma once

#include "firmware/ports/readiness_report.hpp"
#include "firmware/session/machine_readings.hpp"
#include "firmware/session/report_files.hpp"

namespace liqu::session {

// by: who signs, "1001 王样例". Asks every part, the province too.
ports::ReadinessReport readinessReport(SessionParts& parts, MachineReadings& readings,
                                       const std::string& by);
// "T-000017-ready-20240511-1422.pdf" beside its table.
Result<ReportFiles> writeReadiness(const SessionParts& parts, const ports::ReadinessReport& report);

}  // namespace liqu::session
