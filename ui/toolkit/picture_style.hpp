// The colours of a picture: an SVG names roles of the theme, never a colour, so that one drawing
// has each contrast. The class `primary` fills with that role, `stroke-primary` draws its lines.
#pragma once

#include <string>
#include <string_view>

#include "ui/toolkit/theme.hpp"

namespace liqu::ui {

// CSS with both classes of every role; what bears no class is not seen.
std::string styleSheetOf(const Palette& palette);
bool isPictureClass(std::string_view name);

}  // namespace liqu::ui
