#include "firmware/card/social_card_number.hpp"

#include <array>
#include <vector>

namespace liqu::card {
namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLetter(char c) {
    return c >= 'A' && c <= 'Z';
}
int valueOf(char c) {
    return isDigit(c) ? c - '0' : c - 'A' + 10;
}

Result<std::string> checkedBody(std::string_view body) {
    if (body.size() != 8 || !isLetter(body[0])) {
        return fail(ErrorCode::cardNumberMistyped, "a card number starts with a letter");
    }
    for (const char c : body) {
        if (!isDigit(c) && !isLetter(c)) {
            return fail(ErrorCode::cardNumberMistyped, "a card number has letters and digits only");
        }
    }
    return std::string(body);
}

}  // namespace

char socialCardCheckCharacter(std::string_view body8) {
    constexpr std::array<int, 8> weights{3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += valueOf(body8[i]) * weights[i];
    const int check = 11 - sum % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : static_cast<char>('0' + check);
}

Result<SocialCardNumber> SocialCardNumber::parse(std::string_view text) {
    if (text.size() != 9)
        return fail(ErrorCode::cardNumberMistyped, "a card number has 9 characters");
    TRY(checkedBody(text.substr(0, 8)));
    if (!isDigit(text[8]) && text[8] != 'X') {
        return fail(ErrorCode::cardNumberMistyped, "the check character is a digit or X");
    }
    return SocialCardNumber(std::string(text));
}

Result<SocialCardNumber> SocialCardNumber::withBody(std::string_view body) {
    std::string text = TRY(checkedBody(body));
    text += socialCardCheckCharacter(text);
    return SocialCardNumber(std::move(text));
}

bool SocialCardNumber::checkCharacterHolds() const {
    return socialCardCheckCharacter(text_) == text_[8];
}

Result<std::vector<SocialCardNumber>> expandRange(const SocialCardNumber& first,
                                                  const SocialCardNumber& last) {
    constexpr long longestRange = 10'000;
    for (const SocialCardNumber* end : {&first, &last}) {
        if (!end->checkCharacterHolds()) {
            return fail(ErrorCode::checkCharacterWrong,
                        end->text() + " has a wrong check character");
        }
    }
    std::size_t letters = 1;
    while (letters < 8 && !isDigit(first.text()[letters])) ++letters;
    const std::string prefix = first.text().substr(0, letters);
    const std::string from = first.text().substr(letters, 8 - letters);
    const std::string to = last.text().substr(letters, 8 - letters);
    const auto digitsOnly = [](const std::string& text) {
        return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    };
    if (last.text().substr(0, letters) != prefix || !digitsOnly(from) || !digitsOnly(to)) {
        return fail(ErrorCode::cardNumberMistyped, "the two numbers do not belong to one series");
    }
    const long low = std::stol(from);
    const long high = std::stol(to);
    if (low > high) return fail(ErrorCode::rangeReversed, "the last number is below the first");
    if (high - low >= longestRange) {
        return fail(ErrorCode::cardNumberMistyped, "a range has at most 10,000 cards");
    }
    std::vector<SocialCardNumber> numbers;
    for (long value = low; value <= high; ++value) {
        std::string digits = std::to_string(value);
        digits.insert(0, from.size() - digits.size(), '0');
        numbers.push_back(TRY(SocialCardNumber::withBody(prefix + digits)));
    }
    return numbers;
}

}  // namespace liqu::card
