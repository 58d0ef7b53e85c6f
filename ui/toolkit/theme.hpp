// Colours and sizes of the window, as data: kiosk-config/theme.toml.
// Contrast follows WCAG 2: the pairs that are used for text must reach 4.5 : 1.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "firmware/base/config_file.hpp"
#include "firmware/screen/comfort.hpp"
#include "firmware/screen/page_parts.hpp"

namespace liqu::ui {

struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t alpha = 255;

    Colour faded(float share) const;
    friend bool operator==(const Colour&, const Colour&) = default;
};

// "#0B5C66"
Result<Colour> colourFromHex(std::string_view text);
// From 1 (equal) to 21 (black on white).
double contrast(Colour one, Colour other);

using screen::Tone;

struct ToneColours {
    Colour surface;
    Colour ink;
    Colour line;
    friend bool operator==(const ToneColours&, const ToneColours&) = default;
};

struct Palette {
    Colour background;
    Colour surface;
    Colour outline;
    Colour ink;
    Colour mutedInk;
    Colour primary;
    Colour primaryHeld;
    Colour onPrimary;
    Colour soft;    // the accent as a pale surface
    Colour skin;    // hands in the pictures
    Colour gold;    // the chip in the pictures
    Colour detail;  // lines on these two, and hair
    Colour focus;   // around what the keys are at; within it the edge, so that one is seen anywhere
    Colour focusEdge;
    ToneColours info;
    ToneColours success;
    ToneColours warning;
    ToneColours danger;

    ToneColours of(Tone tone) const;
    friend bool operator==(const Palette&, const Palette&) = default;
};

// In the units of a page, of which body text has 44.
struct Sizes {
    float titleSize = 0;
    float largeSize = 0;
    float bodySize = 0;
    float smallSize = 0;
    float margin = 0;
    float gap = 0;
    float radius = 0;
    float target = 0;  // least side of anything to be touched
};

// What one page is drawn with.
struct Theme : Palette, Sizes {};

// What people can choose from.
class Look {
  public:
    static Result<Look> read(const std::filesystem::path& file, Faults* faults = nullptr);

    Theme theme(screen::Contrast contrast) const;
    // How tall body text is on the glass.
    float lettersMm(screen::LetterSize size) const;

  private:
    std::array<Palette, 3> palettes_;  // in the order of the enumeration, as are the letters
    std::array<float, 4> letters_{};
    Sizes sizes_;
};

}  // namespace liqu::ui
