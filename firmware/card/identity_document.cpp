#include "firmware/card/identity_document.hpp"

#include <algorithm>
#include <tuple>

#include "firmware/base/encoding.hpp"

namespace liqu::card {

const PersonalText& displayName(const IdentityDocument& document) {
    return document.name.empty() ? document.nameLatin : document.name;
}

int ageOn(Date day, Date birth) {
    const int years = static_cast<int>(day.year()) - static_cast<int>(birth.year());
    const bool before = std::tuple(day.month(), day.day()) < std::tuple(birth.month(), birth.day());
    return before ? years - 1 : years;
}

std::string maskedName(std::string_view name) {
    const std::u32string points = codePointsOf(name);
    if (points.empty()) return {};
    return utf8Of(points.front()) + std::string(std::min<std::size_t>(points.size() - 1, 3), '*');
}

std::string maskedNumber(std::string_view number) {
    const std::size_t kept = std::min<std::size_t>(4, number.size() / 4);
    std::string masked(number);
    std::fill(masked.begin() + static_cast<std::ptrdiff_t>(kept),
              masked.end() - static_cast<std::ptrdiff_t>(kept), '*');
    return masked;
}

}  // namespace liqu::card
