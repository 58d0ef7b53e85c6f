#include "ui/toolkit/signs.hpp"

#include <array>

#include "ui/toolkit/canvas.hpp"

namespace liqu::ui {

namespace {

// Draws in a square of 100 units.
class Grid {
  public:
    Grid(Canvas& canvas, const Rect& place, Colour colour)
        : canvas_(canvas), place_(place), unit_(place.width / 100), colour_(colour) {}

    Point at(float x, float y) const { return {place_.x + x * unit_, place_.y + y * unit_}; }
    void line(Point from, Point to, float thickness) {
        canvas_.line(at(from.x, from.y), at(to.x, to.y), colour_, thickness * unit_);
    }
    void disc(Point centre, float radius) {
        canvas_.disc(at(centre.x, centre.y), radius * unit_, colour_);
    }
    void ring(Point centre, float radius, float thickness) {
        canvas_.ring(at(centre.x, centre.y), radius * unit_, colour_, thickness * unit_);
    }
    void arc(Point centre, float radius, float from, float to, float thickness) {
        canvas_.arc(at(centre.x, centre.y), radius * unit_, from, to, colour_, thickness * unit_);
    }
    template <std::size_t count>
    void lines(const std::array<Point, count>& points, float thickness) {
        for (std::size_t i = 1; i < count; ++i) line(points[i - 1], points[i], thickness);
    }

  private:
    Canvas& canvas_;
    Rect place_;
    float unit_;
    Colour colour_;
};

// Points to where reading begins.
void drawBack(Canvas& canvas, const Rect& place, Colour colour) {
    Grid grid(canvas, place, colour);
    grid.lines(std::array<Point, 3>{{{44, 18}, {12, 50}, {44, 82}}}, 11);
    grid.line({14, 50}, {90, 50}, 11);
}

void drawLanguage(Grid& grid) {
    grid.ring({50, 50}, 42, 8);
    grid.line({10, 50}, {90, 50}, 7);
    grid.line({50, 10}, {50, 90}, 7);
    grid.arc({18, 50}, 52, 0.11F, 0.39F, 7);
    grid.arc({82, 50}, 52, 0.61F, 0.89F, 7);
}

void drawHelp(Grid& grid) {
    grid.disc({50, 26}, 20);
    grid.arc({50, 96}, 40, 0.75F, 1.25F, 9);
    grid.line({10, 94}, {90, 94}, 9);
}

void drawHome(Grid& grid) {
    grid.lines(std::array<Point, 3>{{{10, 50}, {50, 14}, {90, 50}}}, 10);
    grid.lines(std::array<Point, 4>{{{22, 46}, {22, 88}, {78, 88}, {78, 46}}}, 10);
    grid.line({50, 86}, {50, 66}, 14);
}

void drawWarning(Grid& grid) {
    grid.lines(std::array<Point, 4>{{{50, 10}, {94, 88}, {6, 88}, {50, 10}}}, 9);
    grid.line({50, 38}, {50, 58}, 9);
    grid.disc({50, 74}, 6);
}

void drawErase(Grid& grid) {
    grid.lines(std::array<Point, 6>{{{8, 50}, {34, 22}, {94, 22}, {94, 78}, {34, 78}, {8, 50}}}, 7);
    grid.line({50, 38}, {74, 62}, 7);
    grid.line({74, 38}, {50, 62}, 7);
}

void drawSound(Grid& grid) {
    grid.lines(
        std::array<Point, 7>{{{8, 36}, {26, 36}, {50, 14}, {50, 86}, {26, 64}, {8, 64}, {8, 36}}},
        8);
    grid.arc({50, 50}, 20, -0.12F, 0.12F, 8);
    grid.arc({50, 50}, 40, -0.12F, 0.12F, 8);
}

}  // namespace

void drawSign(Canvas& canvas, Sign sign, const Rect& place, Colour colour) {
    if (sign == Sign::back) return drawBack(canvas, place, colour);
    const Canvas::Upright upright(canvas, place);
    Grid grid(canvas, upright.place, colour);
    switch (sign) {
        case Sign::back:
            break;
        case Sign::home:
            drawHome(grid);
            break;
        case Sign::help:
            drawHelp(grid);
            break;
        case Sign::language:
            drawLanguage(grid);
            break;
        case Sign::info:
            grid.ring({50, 50}, 42, 9);
            grid.disc({50, 30}, 6);
            grid.line({50, 48}, {50, 72}, 10);
            break;
        case Sign::tick:
            grid.lines(std::array<Point, 3>{{{12, 54}, {40, 80}, {88, 24}}}, 14);
            break;
        case Sign::warning:
            drawWarning(grid);
            break;
        case Sign::stop:
            grid.ring({50, 50}, 42, 9);
            grid.line({50, 26}, {50, 54}, 11);
            grid.disc({50, 72}, 7);
            break;
        case Sign::erase:
            drawErase(grid);
            break;
        case Sign::sound:
            drawSound(grid);
            break;
    }
}

}  // namespace liqu::ui
