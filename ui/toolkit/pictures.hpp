// Drawings made of shapes, so that they are sharp at every size and need no files.
#pragma once

#include <cstdint>
#include <string_view>

#include "ui/toolkit/geometry.hpp"

namespace liqu::ui {

class Canvas;
struct Theme;
struct Colour;

enum class Picture : std::uint8_t {
    none,
    socialCard,      // the card itself
    idCardOnReader,  // lay it down here
    attendant,       // a member of staff
    identity,        // an ID card and a tick
    newCard,         // a card and a plus
    replacedCard,    // a card and two arrows
    making,          // a card in the machine
    takeCard,        // out of the mouth, into the hand
    takeIdCard,      // off the reader, into the hand
    bankCounter,
    waiting,   // a clock
    cardKept,  // a card in a drawer
    trouble,   // the machine and a question
    closed,    // out of service
    starting,
    consent,  // a page with a tick
};

// In the middle of the place, as large as fits, keeping the shape.
void drawPicture(Canvas& canvas, const Theme& theme, Picture picture, const Rect& place);

enum class Sign : std::uint8_t { back, home, help, language, info, tick, warning, stop, erase };
void drawSign(Canvas& canvas, Sign sign, const Rect& place, Colour colour);

}  // namespace liqu::ui
