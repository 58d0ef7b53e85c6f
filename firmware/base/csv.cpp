#include "firmware/base/csv.hpp"

namespace liqu {
namespace {

std::string inQuotes(std::string_view text) {
    std::string cell = "\"";
    for (const char sign : text) cell += sign == '"' ? "\"\"" : std::string(1, sign);
    return cell + '"';
}

// Formulas begin with a sign; numbers, powers of ten, dates and moments are made of these.
bool looksLikeValue(std::string_view text) {
    constexpr std::string_view beginsFormula = "=+-@\t\r";
    constexpr std::string_view beginsNumber = "0123456789.";
    constexpr std::string_view value = "0123456789.,:/%-+eETZ ";
    if (text.empty()) return false;
    return beginsFormula.find(text.front()) != std::string_view::npos ||
           (beginsNumber.find(text.front()) != std::string_view::npos &&
            text.find_first_not_of(value) == std::string_view::npos);
}

}  // namespace

std::string csvText(std::string_view text) {
    // ="0012": a formula that gives a text; Excel, WPS and LibreOffice all know it.
    if (looksLikeValue(text)) return inQuotes("=" + inQuotes(text));
    return text.find_first_of(",\"\r\n") == std::string_view::npos ? std::string(text)
                                                                   : inQuotes(text);
}

}  // namespace liqu
