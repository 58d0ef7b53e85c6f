#include "firmware/card/person_name.hpp"

#include <algorithm>

#include "firmware/base/encoding.hpp"

namespace liqu::card {
namespace {

constexpr char32_t nameDot = 0x00B7;

// Bullet, hyphenation point, katakana dots, bullet operator, dot operator, small and full-width
// stop, Greek and Canadian look-alikes (hardware-notes/chip.md, "Names"; w3c/clreq).
constexpr char32_t otherDots[] = {0x2022, 0x2027, 0x30FB, 0xFF65, 0x2219, 0x22C5,
                                  0xFF0E, 0xFE52, 0x0387, 0x2024, 0x16EB, 0x2E31};

bool isSpace(char32_t point) {
    return point == 0 || point == ' ' || (point >= 0x09 && point <= 0x0D) || point == 0xA0 ||
           (point >= 0x2000 && point <= 0x200B) || point == 0x202F || point == 0x205F ||
           point == 0x3000 || point == 0xFEFF;
}

bool isCapital(char32_t point) {
    return point >= 'A' && point <= 'Z';
}

// Everything beyond the scripts of the alphabets: ideographs of all planes and private use.
bool isIdeograph(char32_t point) {
    return (point >= 0x2E80 && point <= 0x9FFF && point != 0x3000) ||
           (point >= 0xE000 && point <= 0xFAFF) || (point >= 0x20000 && point <= 0x10FFFF);
}

std::u32string_view trimmed(std::u32string_view name) {
    while (!name.empty() && isSpace(name.front())) name.remove_prefix(1);
    while (!name.empty() && isSpace(name.back())) name.remove_suffix(1);
    return name;
}

// How many code points a "[PINYIN]" at the beginning has; 0: there is none.
std::size_t pinyinLength(std::u32string_view text) {
    if (text.empty() || text.front() != '[') return 0;
    std::size_t at = 1;
    while (at < text.size() && isCapital(text[at])) ++at;
    return at > 1 && at < text.size() && text[at] == ']' ? at + 1 : 0;
}

bool match(std::u32string_view one, std::u32string_view other) {
    while (!one.empty() && !other.empty()) {
        const std::size_t left = pinyinLength(one);
        const std::size_t right = pinyinLength(other);
        const bool bothOrNeither = (left > 0) == (right > 0);
        if (bothOrNeither && one.front() != other.front()) return false;
        if (left > 0 && right == 0 && !isIdeograph(other.front())) return false;
        if (right > 0 && left == 0 && !isIdeograph(one.front())) return false;
        // Two pinyins are compared letter by letter, as any text.
        one.remove_prefix(bothOrNeither ? 1 : std::max<std::size_t>(left, 1));
        other.remove_prefix(bothOrNeither ? 1 : std::max<std::size_t>(right, 1));
    }
    return one.empty() && other.empty();
}

}  // namespace

PersonalText wireName(std::string_view utf8) {
    std::u32string points = codePointsOf(utf8);
    for (char32_t& point : points) {
        const bool dot =
            std::find(std::begin(otherDots), std::end(otherDots), point) != std::end(otherDots);
        point = dot ? nameDot : standardCodePoint(point);
    }
    return PersonalText(utf8Of(trimmed(points)));
}

bool holdsPinyin(std::string_view utf8) {
    const std::u32string points = codePointsOf(utf8);
    for (std::size_t at = 0; at < points.size(); ++at) {
        if (pinyinLength(std::u32string_view(points).substr(at)) > 0) return true;
    }
    return false;
}

bool sameName(std::string_view one, std::string_view other) {
    const std::u32string left = codePointsOf(wireName(one).reveal());
    const std::u32string right = codePointsOf(wireName(other).reveal());
    return !left.empty() && match(left, right);
}

}  // namespace liqu::card
