#include "firmware/card/citizen_number.hpp"

#include <array>
#include <string_view>

#include "firmware/base/encoding.hpp"

namespace liqu::card {
namespace {

constexpr std::string_view provinces =
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 "
    "50 51 52 53 54 61 62 63 64 65 71 81 82 83";

// Upper case, half width.
std::string normalised(std::string_view text) {
    std::string plain;
    // Room from the start: growing would leave unwiped copies behind.
    plain.reserve(text.size() + 32);
    for (char32_t point : codePointsOf(text)) {
        if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFEE0;
        if (point == 'x') point = 'X';
        plain += utf8Of(point);
    }
    return plain;
}

int digitsAt(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value * 10 + (text[at + i] - '0');
    return value;
}

Date birthDateOf(std::string_view text) {
    return Date{std::chrono::year{digitsAt(text, 6, 4)},
                std::chrono::month{static_cast<unsigned>(digitsAt(text, 10, 2))},
                std::chrono::day{static_cast<unsigned>(digitsAt(text, 12, 2))}};
}

Result<std::string> checked(std::string_view text) {
    const std::string number = normalised(text);
    if (number.size() != 18) return fail(ErrorCode::documentNumberInvalid, "not 18 characters");
    for (std::size_t i = 0; i < 17; ++i) {
        if (number[i] < '0' || number[i] > '9') {
            return fail(ErrorCode::documentNumberInvalid, "a character that is no digit");
        }
    }
    if (citizenCheckCharacter(std::string_view(number).substr(0, 17)) != number[17]) {
        return fail(ErrorCode::documentNumberInvalid, "the check character does not fit");
    }
    return number;
}

}  // namespace

char citizenCheckCharacter(std::string_view digits17) {
    constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += (digits17[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

Result<CitizenNumber> CitizenNumber::parse(std::string_view text) {
    std::string number = TRY(checked(text));
    if (provinces.find(number.substr(0, 2)) == std::string_view::npos) {
        return fail(ErrorCode::documentNumberInvalid, "no such province");
    }
    const Date birth = birthDateOf(number);
    if (!birth.ok() || birth.year() < std::chrono::year{1800}) {
        return fail(ErrorCode::documentNumberInvalid, "not a calendar date");
    }
    return CitizenNumber(std::move(number));
}

Result<CitizenNumber> CitizenNumber::parseForeigner2023(std::string_view text) {
    std::string number = TRY(checked(text));
    if (number[0] != '9') return fail(ErrorCode::documentNumberInvalid, "the first digit is not 9");
    return CitizenNumber(std::move(number));
}

Date CitizenNumber::birthDate() const {
    return birthDateOf(text_.reveal());
}

}  // namespace liqu::card
