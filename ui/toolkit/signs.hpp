// Small signs beside words, of one colour, drawn by the canvas.
#pragma once

#include <cstdint>

#include "ui/toolkit/geometry.hpp"

namespace liqu::ui {

class Canvas;
struct Colour;

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
