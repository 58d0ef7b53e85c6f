#include "firmware/session/advice.hpp"

#include <algorithm>
#include <string_view>

#include "firmware/base/encoding.hpp"

namespace liqu::session {
namespace {

constexpr std::size_t longestAdvice = 100;  // signs; more is no sentence to be read standing
constexpr std::u32string_view blanks = U" \u3000\u00A0";

// No control, no override of the direction, no invisible joiner, nothing private or unassigned.
bool isShown(char32_t sign) {
    if (sign < 0x20 || (sign >= 0x7F && sign < 0xA0)) return false;
    if (sign >= 0x200B && sign <= 0x200F) return false;
    if (sign >= 0x2028 && sign <= 0x202E) return false;
    if (sign >= 0x2060 && sign <= 0x206F) return false;
    if (sign >= 0xD800 && sign <= 0xF8FF) return false;  // surrogates and private use
    if (sign >= 0xFFF0 || sign == 0xFEFF) return sign >= 0x20000 && sign < 0x323B0;
    return true;
}

}  // namespace

PersonalText checkedAdvice(const std::string& fromProvince) {
    std::u32string signs = codePointsOf(fromProvince);
    const std::size_t first = signs.find_first_not_of(blanks);
    if (first == std::u32string::npos) return {};
    signs = signs.substr(first, signs.find_last_not_of(blanks) - first + 1);
    if (signs.size() > longestAdvice || !std::ranges::all_of(signs, isShown)) return {};
    return PersonalText(utf8Of(std::u32string_view(signs)));
}

}  // namespace liqu::session
