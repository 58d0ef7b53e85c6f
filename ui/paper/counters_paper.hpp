// The ninth part of the day's report: what waits for its holder and by when it is due, what went
// back and why (《滞留原因统计表》), wrong cards (《信息错误人员清单》), hand-overs, visits.
#pragma once

#include "firmware/ports/day_report.hpp"
#include "ui/paper/sheet.hpp"

namespace liqu::ui {

void drawCounterFigures(Sheet& sheet, const ports::CounterFigures& figures);
// A word of the books as the papers say it; a word that is not known stands as it is.
std::string counterWord(const std::string& word);
// "NAME,PHOTO" with each word said.
std::string itemsText(const std::string& items);

}  // namespace liqu::ui
