// 就绪报告 on paper: an A4 PDF for the signature, and a table whose digest the signed page bears.
// In Chinese, as the day's report. Called from one thread.
#pragma once

#include "firmware/ports/readiness_report.hpp"
#include "ui/paper/day_paper.hpp"
#include "ui/paper/sheet.hpp"

namespace liqu::ui {

Result<Bytes> readinessPdf(const PaperFonts& fonts, const ports::ReadinessReport& report,
                           const PaperNames& names, const PaperDigest& digest);
// The spreadsheet's text, with its byte order mark.
std::string readinessTable(const ports::ReadinessReport& report);

}  // namespace liqu::ui
