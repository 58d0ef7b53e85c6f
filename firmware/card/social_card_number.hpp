// 社会保障卡卡号, the 9-character social card number: a letter, seven letters or digits, a check
// character (weights 3 7 9 10 5 8 4 2, hardware-notes/chip.md, "The social card number"). It is
// stock data, not personal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/result.hpp"

namespace liqu::card {

class SocialCardNumber {
  public:
    // Shape only: nine characters. Real test cards fail the check character, so it is asked
    // separately: warn, do not reject (hardware-notes/chip.md, "The social card number").
    static Result<SocialCardNumber> parse(std::string_view text);
    // The number with this 8-character body and its right check character.
    static Result<SocialCardNumber> withBody(std::string_view body);

    const std::string& text() const { return text_; }
    bool checkCharacterHolds() const;
    friend auto operator<=>(const SocialCardNumber&, const SocialCardNumber&) = default;

  private:
    explicit SocialCardNumber(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

char socialCardCheckCharacter(std::string_view body8);

// The numbers from first to last, both included, counting the digits of the body; the letters
// before the digits must be equal. Fails with rangeReversed, checkCharacterWrong or configBadValue;
// at most 10,000 numbers.
Result<std::vector<SocialCardNumber>> expandRange(const SocialCardNumber& first,
                                                  const SocialCardNumber& last);

}  // namespace liqu::card
