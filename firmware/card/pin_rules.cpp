#include "firmware/card/pin_rules.hpp"

#include <algorithm>
#include <array>

namespace liqu::card {
namespace {

// Each digit is the one so many places before it.
bool repeatsAfter(PinDigits digits, std::size_t places) {
    for (std::size_t at = places; at < digits.size(); ++at) {
        if (digits[at] != digits[at - places]) return false;
    }
    return true;
}

bool goesBy(PinDigits digits, int step) {
    for (std::size_t at = 1; at < digits.size(); ++at) {
        if ((digits[at - 1] + 10 + step) % 10 != digits[at]) return false;
    }
    return true;
}

bool isInPairs(PinDigits digits) {
    if (digits.size() % 2 != 0) return false;
    for (std::size_t at = 0; at < digits.size(); at += 2) {
        if (digits[at] != digits[at + 1]) return false;
    }
    return true;
}

int differentOnes(PinDigits digits) {
    std::array<bool, 10> seen{};
    for (const std::uint8_t digit : digits) seen[digit % 10] = true;
    return static_cast<int>(std::ranges::count(seen, true));
}

bool hasRun(PinDigits digits, int length) {
    int run = 0;
    for (std::size_t at = 0; at < digits.size(); ++at) {
        run = at > 0 && digits[at] == digits[at - 1] ? run + 1 : 1;
        if (run >= length) return true;
    }
    return false;
}

// As text: the values it is held against are texts. Wiped by whoever holds it.
SecretText textOf(PinDigits digits) {
    std::string text;
    text.reserve(32);
    for (const std::uint8_t digit : digits) text.push_back(static_cast<char>('0' + digit));
    return SecretText(std::move(text));
}

std::string digitsIn(const std::string& text) {
    std::string digits;
    digits.reserve(text.size());
    std::ranges::copy_if(text, std::back_inserter(digits),
                         [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

bool beginsOrEnds(const std::string& pin, const PersonalText& number) {
    const PersonalText digits(digitsIn(number.reveal()));
    return !digits.empty() && digits.reveal().size() >= pin.size() &&
           (digits.reveal().starts_with(pin) || digits.reveal().ends_with(pin));
}

bool isFormOfDate(const std::string& pin, const std::string& date) {
    if (date.size() != 8) return false;
    const std::string century = date.substr(0, 4);
    const std::string year = date.substr(2, 2);
    const std::string month = date.substr(4, 2);
    const std::string day = date.substr(6, 2);
    const std::array forms{year + month + day,   century + month,    day + month + year,
                           month + day + year,   year + day + month, month + year + day,
                           century + month + day};
    return std::ranges::find(forms, pin) != forms.end();
}

constexpr std::size_t numberLength = 18;
constexpr std::size_t birthAt = 6;

// The last digits with the check character and without it, and the first ones.
bool isOfNumber(const std::string& pin, const std::string& number) {
    if (number.size() != numberLength || pin.size() + 1 > number.size()) return false;
    const std::string withoutCheck = number.substr(0, number.size() - 1);
    return number.ends_with(pin) || withoutCheck.ends_with(pin) || number.starts_with(pin) ||
           isFormOfDate(pin, number.substr(birthAt, 8));
}

}  // namespace

bool hasPattern(PinDigits digits, PinPattern pattern) {
    switch (pattern) {
        case PinPattern::allSame:
            return repeatsAfter(digits, 1);
        case PinPattern::steps:
            return goesBy(digits, 1) || goesBy(digits, -1);
        case PinPattern::pairs:
            return repeatsAfter(digits, 2);
        case PinPattern::triples:
            return repeatsAfter(digits, 3);
        case PinPattern::doubles:
            return isInPairs(digits);
        case PinPattern::palindrome:
            return std::equal(digits.begin(), digits.end(), digits.rbegin());
        case PinPattern::twoDigits:
            return differentOnes(digits) <= 2;
        case PinPattern::fourInARow:
            return hasRun(digits, 4);
    }
    return false;
}

bool isOfHolder(PinDigits digits, const PinHolder& holder) {
    const SecretText pin = textOf(digits);
    return isOfNumber(pin.reveal(), holder.socialNumber.reveal()) ||
           isFormOfDate(pin.reveal(), holder.birthDate.reveal()) ||
           beginsOrEnds(pin.reveal(), holder.phone) ||
           beginsOrEnds(pin.reveal(), holder.cardNumber) ||
           beginsOrEnds(pin.reveal(), holder.bankNumber);
}

bool isWeak(PinDigits digits, const PinRules& rules, const PinHolder& holder) {
    const auto has = [&](PinPattern pattern) { return hasPattern(digits, pattern); };
    if (std::ranges::any_of(rules.patterns, has)) return true;
    const SecretText pin = textOf(digits);
    return rules.values.contains(pin.reveal()) || isOfHolder(digits, holder);
}

}  // namespace liqu::card
