// How somebody wants to read and hear: chosen at any time, the same on every page, forgotten with
// the visit.
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

// Whether the pages are read aloud, and to whom: to the room, or to whoever wears the headphones.
enum class Speech : std::uint8_t { off, loud, headphones };
constexpr auto wordsOf(Speech) {
    return words<Speech>(
        {{Speech::off, "off"}, {Speech::loud, "loud"}, {Speech::headphones, "headphones"}});
}

// Steps, from 1.
inline constexpr int mostVolume = 10;
inline constexpr int mostRate = 7;

struct Comfort {
    Language language{};
    LetterSize size = LetterSize::medium;
    Contrast contrast = Contrast::usual;
    Speech speech = Speech::off;
    int volume = 6;
    int rate = 4;

    friend bool operator==(const Comfort&, const Comfort&) = default;
};

// What `adjust` answers with: "language.en", "size.l", "contrast.dark", "speech.loud"; "volume.up",
// "volume.down", "rate.up" and "rate.down" are a step.
inline std::string adjustTo(Language language) {
    return "language." + std::string(nameOf(language));
}
inline std::string adjustTo(LetterSize size) {
    return "size." + std::string(nameOf(size));
}
inline std::string adjustTo(Contrast contrast) {
    return "contrast." + std::string(nameOf(contrast));
}
inline std::string adjustTo(Speech speech) {
    return "speech." + std::string(nameOf(speech));
}
// As it is wanted now; whatever means nothing changes nothing.
Comfort adjusted(Comfort comfort, std::string_view choice);

}  // namespace liqu::screen
