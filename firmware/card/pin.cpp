#include "firmware/card/pin.hpp"

#include <algorithm>

namespace liqu::card {

std::optional<Pin> Pin::of(const SecretText& digits) {
    const std::string& text = digits.reveal();
    const bool allDigits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (text.size() < shortestPin || text.size() > longestPin || !allDigits) return std::nullopt;
    Pin pin;
    for (const char digit : text) pin.digits_.append(static_cast<std::uint8_t>(digit - '0'));
    return pin;
}

bool Pin::matches(const Pin& other) const {
    return equalInConstantTime(digits_.view(), other.digits_.view());
}

bool Pin::isWeak(const PinRules& rules, const PinHolder& holder) const {
    return card::isWeak(digits_.view(), rules, holder);
}

void Pin::into(LockedBytes& command) const {
    const ByteView digits = digits_.view();
    for (std::size_t at = 0; at < digits.size(); at += 2) {
        const int low = at + 1 < digits.size() ? digits[at + 1] : 0x0F;
        command.append(static_cast<std::uint8_t>(digits[at] << 4 | low));
    }
}

}  // namespace liqu::card
