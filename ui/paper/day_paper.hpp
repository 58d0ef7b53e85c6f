// The report of a business day on paper: an A4 PDF a bank can file, and a table for spreadsheets.
// In Chinese, because that is where it is filed. Called from one thread.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "firmware/base/result.hpp"
#include "firmware/ports/document_printer.hpp"

namespace liqu::ui {

// fonts: kiosk-config/fonts/fonts.conf, opened at the first report. banks: names by code.
std::unique_ptr<ports::DocumentPrinter> makeDocumentPrinter(
    std::filesystem::path fonts, std::map<std::string, std::string> banks);

// "hopper-1" → "1 号卡槽"
std::string placeName(const std::string& place);
// The spreadsheet's text, with its byte order mark.
std::string dayTable(const ports::DayReport& report);

}  // namespace liqu::ui
