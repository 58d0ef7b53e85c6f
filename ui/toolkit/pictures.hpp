// Drawings made of shapes, so that they are sharp at every size and need no files.
#pragma once

#include <cstdint>
#include <string_view>

#include "firmware/screen/page_parts.hpp"
#include "ui/toolkit/geometry.hpp"

namespace liqu::ui {

class Canvas;
struct Theme;
struct Colour;

using screen::Picture;

// In the middle of the place, as large as fits, keeping the shape.
void drawPicture(Canvas& canvas, const Theme& theme, Picture picture, const Rect& place);

enum class Sign : std::uint8_t {
    back,
    home,
    help,
    language,
    info,
    tick,
    warning,
    stop,
    erase,
    sound,
};
void drawSign(Canvas& canvas, Sign sign, const Rect& place, Colour colour);

}  // namespace liqu::ui
