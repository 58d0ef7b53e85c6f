// 公民身份号码, the 18-character citizen number of GB 11643-1999: region (6), birth date (8),
// sequence (3, odd = male), check character (ISO 7064 MOD 11-2). It is also the 社会保障号码.
// Permanent-residence numbers of 2023 ("Y", first digit 9) share the check but have no region
// of GB/T 2260 and no parity rule (hardware-notes/id-reader.md, "Citizen numbers").
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/clock.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"

namespace liqu::card {

class CitizenNumber {
  public:
    // Accepts full-width digits and a lower-case x. Fails with documentNumberInvalid.
    static Result<CitizenNumber> parse(std::string_view text);
    // Foreigner's number of 2023: 18 digits, the first is 9.
    static Result<CitizenNumber> parseForeigner2023(std::string_view text);

    const std::string& reveal() const { return text_.reveal(); }
    std::string regionCode() const { return text_.reveal().substr(0, 6); }
    Date birthDate() const;
    friend bool operator==(const CitizenNumber&, const CitizenNumber&) = default;

  private:
    explicit CitizenNumber(std::string text) : text_(std::move(text)) {}
    PersonalText text_;
};

// The check character of the first 17 digits.
char citizenCheckCharacter(std::string_view digits17);

}  // namespace liqu::card
