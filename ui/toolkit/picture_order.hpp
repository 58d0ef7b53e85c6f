// What is said between the window and the program that draws pictures (program/pictures/): one
// order, and one answer for each picture of it, in its order. Numbers are of 32 bits,
// little-endian. Whoever reads believes no length. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/result.hpp"

namespace liqu::ui {

inline constexpr std::uint32_t smallestPictureSide = 8;
inline constexpr std::uint32_t largestPictureSide = 2048;
inline constexpr std::size_t mostPicturesAtOnce = 32;
inline constexpr std::size_t mostPixelsAtOnce = 8UL << 20;  // of all pictures of an order
inline constexpr std::size_t largestPictureOrder = 2UL << 20;

// Of a square: four bytes each (blue, green, red, alpha; not premultiplied), row by row.
constexpr std::size_t bytesOfPicture(std::uint32_t side) {
    return std::size_t{side} * side * 4;
}

struct PictureOrder {
    struct Wish {
        std::uint32_t side = 0;  // in pixels
        std::string svg;
        friend bool operator==(const Wish&, const Wish&) = default;
    };
    std::string style;  // CSS, of picture_style.hpp
    std::vector<Wish> wishes;
    friend bool operator==(const PictureOrder&, const PictureOrder&) = default;
};

std::string bytesOfOrder(const PictureOrder& order);
// configBadValue where it is none, or beyond a limit.
Result<PictureOrder> pictureOrderFrom(std::string_view bytes);

// Before each answer: pixels, or words that say why there are none.
struct AnswerHead {
    static constexpr std::size_t size = 8;
    static constexpr std::uint32_t longestWords = 500;
    enum class Kind : std::uint32_t { pixels, words };
    Kind kind = Kind::pixels;
    std::uint32_t length = 0;  // of what follows, in bytes
};
std::string bytesOfHead(const AnswerHead& head);
// None where it is no answer to this wish.
std::optional<AnswerHead> answerHeadFrom(std::string_view bytes, std::uint32_t side);

}  // namespace liqu::ui
