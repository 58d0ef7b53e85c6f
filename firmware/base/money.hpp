// An amount of 人民币, in fen. Never a fraction and never a double: what a system writes in yuan is
// read and written as text of two decimals.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "firmware/base/result.hpp"

namespace liqu {

class Money {
  public:
    // More than any fee of a card; what is above it is a slip of the unit.
    static constexpr std::int64_t mostFen = 1'000'000;

    constexpr Money() = default;
    // Of a number that is known to be within the limits.
    static constexpr Money ofFen(std::int64_t fen) { return Money(fen); }
    // "20.00": digits, a point, two digits; nothing before, between or behind.
    static Result<Money> parseYuan(std::string_view text);

    constexpr std::int64_t fen() const { return fen_; }
    constexpr bool isNothing() const { return fen_ == 0; }
    std::string yuan() const;  // "20.00"

    friend constexpr auto operator<=>(const Money&, const Money&) = default;

  private:
    constexpr explicit Money(std::int64_t fen) : fen_(fen) {}
    std::int64_t fen_ = 0;
};

}  // namespace liqu
