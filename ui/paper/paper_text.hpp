// One piece of words on paper, for whatever is drawn: pages or slips.
#pragma once

#include <cairo.h>

#include "ui/paper/sheet.hpp"

namespace liqu::ui {

struct PaperPoint {
    double x = 0;
    double y = 0;
};

// Width 0: one line. Draws in the context's colour, or only measures where it is null. The height.
double drawPaperText(cairo_t* context, const PaperFonts& fonts, const std::string& text,
                     const PaperText& look, PaperPoint at, double width);

// Of one line.
double paperTextWidth(const PaperFonts& fonts, const std::string& text, const PaperText& look);

}  // namespace liqu::ui
