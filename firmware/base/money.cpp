#include "firmware/base/money.hpp"

#include <algorithm>

namespace liqu {
namespace {

constexpr std::size_t decimals = 2;
constexpr std::size_t mostDigits = 7;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

Result<Money> Money::parseYuan(std::string_view text) {
    const std::size_t point = text.find('.');
    const bool formed = point != std::string_view::npos && point > 0 && point <= mostDigits &&
                        text.size() == point + 1 + decimals &&
                        std::ranges::all_of(text.substr(0, point), isDigit) &&
                        std::ranges::all_of(text.substr(point + 1), isDigit) &&
                        (text.front() != '0' || point == 1);
    if (!formed) return fail(ErrorCode::amountMalformed, "an amount that is not like 20.00");
    std::int64_t fen = 0;
    for (const char c : text) {
        if (isDigit(c)) fen = fen * 10 + (c - '0');
    }
    if (fen > mostFen) return fail(ErrorCode::amountMalformed, "more than a fee can be");
    return Money(fen);
}

std::string Money::yuan() const {
    const std::string cents = std::to_string(fen_ % 100);
    return std::to_string(fen_ / 100) + "." + std::string(decimals - cents.size(), '0') + cents;
}

}  // namespace liqu
