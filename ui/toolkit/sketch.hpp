// Things the pictures are put together from, in a square of 100 units.
// Main thread only.
#pragma once

#include <initializer_list>

#include "ui/toolkit/canvas.hpp"

namespace liqu::ui {

class Sketch {
  public:
    Sketch(Canvas& canvas, const Theme& sketchTheme, const Rect& place)
        : theme(sketchTheme), canvas_(canvas), place_(place), unit_(place.width / 100) {}

    const Theme& theme;

    void box(const Rect& at, Colour colour, float radius = 0);
    void frame(const Rect& at, Colour colour, float thickness, float radius = 0);
    void line(Point from, Point to, Colour colour, float thickness);
    void disc(Point centre, float radius, Colour colour);
    void ring(Point centre, float radius, Colour colour, float thickness);
    void arc(Point centre, float radius, float from, float to, Colour colour, float thickness);
    void shape(std::initializer_list<Point> corners, Colour colour);
    void arrow(Point from, Point to, Colour colour, float thickness);
    void tick(Point centre, float radius, Colour disc, Colour mark);

    void ground();                                       // the pale disc everything stands on
    void person(Point head, float size, Colour colour);  // head and shoulders
    void chip(const Rect& at);
    void socialCard(const Rect& at);  // lying, 1.586 : 1
    void socialCardUpright(const Rect& at);
    void idCard(const Rect& at);               // lying, 1.586 : 1
    void handBehind(Point wrist, float size);  // fingers, drawn before what they hold
    void handBefore(Point wrist, float size);  // palm and thumb, drawn after it
    void machine(const Rect& at);              // the kiosk with its screen and mouth

  private:
    Rect placed(const Rect& at) const;
    Point placed(Point at) const { return {place_.x + at.x * unit_, place_.y + at.y * unit_}; }

    Canvas& canvas_;
    Rect place_;
    float unit_;
};

}  // namespace liqu::ui
