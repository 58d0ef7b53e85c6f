// Cells of a table that a spreadsheet opens (RFC 4180). Any thread.
#pragma once

#include <string>
#include <string_view>

namespace liqu {

// A text that a spreadsheet would take for a number, a date or a formula is written so that it
// stays the text it is: badge 0012 does not become 12, nor card 3E0000012 a power of ten.
std::string csvText(std::string_view text);

}  // namespace liqu
