// Turns a document into a file a bank can keep. Implemented by ui/paper with Cairo.
// The file is written beside its name first and renamed when it is whole: a stick pulled while a
// report is written leaves the old file or none, never a torn one.
#pragma once

#include <filesystem>

#include "firmware/base/result.hpp"
#include "firmware/ports/day_report.hpp"
#include "firmware/ports/readiness_report.hpp"

namespace liqu::ports {

class DocumentPrinter {
  public:
    virtual ~DocumentPrinter() = default;
    // A4, as many pages as it needs. fileNotWritable, fontMissing.
    virtual Result<void> printDayReport(const DayReport& report,
                                        const std::filesystem::path& pdf) = 0;
    // The slip of the day for a receipt printer: a picture 576 dots wide.
    virtual Result<void> drawDaySlip(const DayReport& report, const std::filesystem::path& png) = 0;
    // The same figures for a spreadsheet: UTF-8 with a byte order mark, one table after the other.
    virtual Result<void> writeDayTable(const DayReport& report,
                                       const std::filesystem::path& csv) = 0;
    // 就绪报告, and the table whose digest it bears.
    virtual Result<void> printReadiness(const ReadinessReport& report,
                                        const std::filesystem::path& pdf) = 0;
    virtual Result<void> writeReadinessTable(const ReadinessReport& report,
                                             const std::filesystem::path& csv) = 0;
};

}  // namespace liqu::ports
