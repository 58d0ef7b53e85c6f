// The technical cause of an error of the books, said to staff in their language. The books write
// one English sentence with the numbers in it, for the log and the command line; here it is known
// again by its words, and its numbers go into words of the strings. A sentence that is not known
// is not shown: the error's own words say what to do. Pure.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "firmware/screen/staff_screen.hpp"

namespace liqu::session {

struct CausePattern {
    std::string_view pattern;  // "{a} was never here"
    std::string_view key;      // "staff.cause.never-here"
};
std::span<const CausePattern> causePatterns();

std::optional<screen::Phrase> causeWords(std::string_view cause);

}  // namespace liqu::session
