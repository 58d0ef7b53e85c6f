// The slip of a closed day for a receipt printer: 80 mm paper, 576 dots wide, black on white, as a
// PNG. The figures a clerk takes along; the report has the rest. Called from one thread.
#pragma once

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"
#include "firmware/ports/day_report.hpp"
#include "ui/paper/sheet.hpp"

namespace liqu::ui {

constexpr int slipWidth = 576;

Result<Bytes> drawDaySlip(const PaperFonts& fonts, const ports::DayReport& report);

}  // namespace liqu::ui
