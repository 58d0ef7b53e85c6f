// Drawing in design units: shapes by ImGui's draw list, words by the text cache. One canvas lives
// for one frame. Main thread only.
#pragma once

#include <span>
#include <string_view>

#include "ui/toolkit/geometry.hpp"
#include "ui/toolkit/text_cache.hpp"
#include "ui/toolkit/theme.hpp"

struct ImDrawList;

namespace liqu::ui {

struct TextLook {
    float size = 40;  // design units
    Weight weight = Weight::regular;
    Align align = Align::left;
    bool balanced = false;
};

struct MeasuredText {
    Size size;
    int lines = 0;
    bool brokenWord = false;
};

class Canvas {
  public:
    Canvas(ImDrawList& list, TextCache& texts, screen::Language language, float scale)
        : list_(list), texts_(texts), language_(language), scale_(scale) {}

    void box(const Rect& place, Colour colour, float radius = 0);
    void frame(const Rect& place, Colour colour, float thickness, float radius = 0);
    void line(Point from, Point to, Colour colour, float thickness);
    void disc(Point centre, float radius, Colour colour);
    void ring(Point centre, float radius, Colour colour, float thickness);
    // Angles in turns, from twelve o'clock, clockwise.
    void arc(Point centre, float radius, float from, float to, Colour colour, float thickness);
    void shape(std::span<const Point> corners, Colour colour);  // convex
    void path(std::span<const Point> points, Colour colour, float thickness);
    void shadow(const Rect& place, float radius);

    MeasuredText measure(std::string_view text, const TextLook& look, float width,
                         Privacy privacy = Privacy::open);
    // In the middle of the place's height; answers whether it fitted.
    bool text(const Rect& place, std::string_view text, const TextLook& look, Colour colour,
              Privacy privacy = Privacy::open);

    float scale() const { return scale_; }

  private:
    TextStyle styleOf(const TextLook& look, float width) const;

    ImDrawList& list_;
    TextCache& texts_;
    screen::Language language_;
    float scale_;
};

}  // namespace liqu::ui
