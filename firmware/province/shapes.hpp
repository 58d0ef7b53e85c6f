// Which texts a field allows: their length in bytes and their characters.
#pragma once

#include <cstddef>

namespace liqu::province {

struct Shape {
    std::size_t least;
    std::size_t most;
    bool (*allows)(unsigned char);
};
namespace shapes {
bool isDigit(unsigned char c);
bool isHexDigit(unsigned char c);   // upper case
bool isCapital(unsigned char c);    // A-Z 0-9
bool isTokenPart(unsigned char c);  // A-Z a-z 0-9 - . _
bool isTimePart(unsigned char c);   // digits and - : . + T
bool isPrintable(unsigned char c);  // no control characters; UTF-8 as it is

constexpr Shape digits(std::size_t least, std::size_t most) {
    return {least, most, isDigit};
}
constexpr Shape hex(std::size_t size) {
    return {size, size, isHexDigit};
}
constexpr Shape token(std::size_t least, std::size_t most) {
    return {least, most, isTokenPart};
}
constexpr Shape words(std::size_t least, std::size_t most) {
    return {least, most, isPrintable};
}
constexpr Shape date{8, 8, isDigit};
constexpr Shape time{29, 29, isTimePart};
constexpr Shape timeOrNone{0, 29, isTimePart};
constexpr Shape cardNumber{9, 9, isCapital};
constexpr Shape cardNumberOrNone{0, 9, isCapital};
constexpr Shape socialNumber{15, 18, isCapital};
constexpr Shape name{1, 600, isPrintable};
}  // namespace shapes

}  // namespace liqu::province
