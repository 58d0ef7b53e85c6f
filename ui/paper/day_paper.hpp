// The report of a business day on paper: an A4 PDF a bank can file, and a table for spreadsheets.
// In Chinese, because that is where it is filed. Called from one thread.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"
#include "firmware/ports/document_printer.hpp"

namespace liqu::ui {

// Hex digest of a file's bytes, and its name: "SM3".
struct PaperDigest {
    std::string name;
    std::function<std::string(ByteView)> of;
};
// What the books have by code, and people by name. Without a name the code stands alone.
struct PaperNames {
    std::map<std::string, std::string> banks;
    std::map<std::string, std::string> makers = {};
    std::string outlet = {};
};
// fonts: kiosk-config/fonts/fonts.conf, opened at the first report. digest: of the day's table, so
// that the signed page says which figures were signed for.
std::unique_ptr<ports::DocumentPrinter> makeDocumentPrinter(std::filesystem::path fonts,
                                                            PaperNames names, PaperDigest digest);

// "hopper-1" → "1 号卡槽"
std::string placeName(const std::string& place);
// The spreadsheet's text, with its byte order mark.
std::string dayTable(const ports::DayReport& report);

}  // namespace liqu::ui
