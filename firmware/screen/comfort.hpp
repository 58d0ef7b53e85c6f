// How somebody wants to read: chosen at any time, the same on every page, forgotten with the visit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/words.hpp"
#include "firmware/screen/language.hpp"

namespace liqu::screen {

// How large letters are; in millimetres they stand in kiosk-config/theme.toml. From `large` on the
// easy words are shown where there are any.
enum class LetterSize : std::uint8_t { small, medium, large, largest };
constexpr auto wordsOf(LetterSize) {
    return words<LetterSize>({{LetterSize::small, "s"},
                              {LetterSize::medium, "m"},
                              {LetterSize::large, "l"},
                              {LetterSize::largest, "xl"}});
}

enum class Contrast : std::uint8_t { usual, light, dark };
constexpr auto wordsOf(Contrast) {
    return words<Contrast>(
        {{Contrast::usual, "usual"}, {Contrast::light, "light"}, {Contrast::dark, "dark"}});
}

struct Comfort {
    Language language{};
    LetterSize size = LetterSize::medium;
    Contrast contrast = Contrast::usual;

    friend bool operator==(const Comfort&, const Comfort&) = default;
};

// What `adjust` answers with: "language.en", "size.l", "contrast.dark".
inline std::string adjustTo(Language language) {
    return "language." + std::string(nameOf(language));
}
inline std::string adjustTo(LetterSize size) {
    return "size." + std::string(nameOf(size));
}
inline std::string adjustTo(Contrast contrast) {
    return "contrast." + std::string(nameOf(contrast));
}
// As it is wanted now; whatever means nothing changes nothing.
Comfort adjusted(Comfort comfort, std::string_view choice);

}  // namespace liqu::screen
