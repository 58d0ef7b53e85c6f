// A language that people read, by its BCP 47 code, as the files of words are named. Which there are
// is data (kiosk-config/strings/languages.toml): one more needs no code.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "firmware/base/words.hpp"

namespace liqu::screen {

class Language {
  public:
    constexpr Language() = default;  // 简体中文, in which the rules are written

    static const Language chinese;
    static const Language english;

    // None for what is no code: letters, digits and hyphens, eleven at most.
    static constexpr std::optional<Language> of(std::string_view code) {
        const auto belongs = [](char sign) {
            return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
                   (sign >= '0' && sign <= '9') || sign == '-';
        };
        if (code.size() < 2 || code.size() >= mostSigns || !std::ranges::all_of(code, belongs)) {
            return std::nullopt;
        }
        Language language;
        language.code_ = {};
        std::ranges::copy(code, language.code_.begin());
        return language;
    }

    constexpr std::string_view code() const { return code_.data(); }

    friend constexpr bool operator==(const Language&, const Language&) = default;
    // For maps.
    friend constexpr bool operator<(const Language& one, const Language& other) {
        return one.code_ < other.code_;
    }

  private:
    static constexpr std::size_t mostSigns = 12;
    std::array<char, mostSigns> code_{'z', 'h', '-', 'C', 'N'};
};

inline constexpr Language Language::chinese{};
inline constexpr Language Language::english = *Language::of("en");

using liqu::nameOf;
constexpr std::string_view nameOf(const Language& language) {
    return language.code();
}

}  // namespace liqu::screen
