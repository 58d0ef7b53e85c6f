#include "ui/toolkit/sketch.hpp"

#include <cmath>
#include <vector>

#include "ui/toolkit/pictures.hpp"

namespace liqu::ui {

Rect Sketch::placed(const Rect& at) const {
    return {place_.x + at.x * unit_, place_.y + at.y * unit_, at.width * unit_, at.height * unit_};
}

void Sketch::box(const Rect& at, Colour colour, float radius) {
    canvas_.box(placed(at), colour, radius * unit_);
}
void Sketch::frame(const Rect& at, Colour colour, float thickness, float radius) {
    canvas_.frame(placed(at), colour, thickness * unit_, radius * unit_);
}
void Sketch::line(Point from, Point to, Colour colour, float thickness) {
    canvas_.line(placed(from), placed(to), colour, thickness * unit_);
}
void Sketch::disc(Point centre, float radius, Colour colour) {
    canvas_.disc(placed(centre), radius * unit_, colour);
}
void Sketch::ring(Point centre, float radius, Colour colour, float thickness) {
    canvas_.ring(placed(centre), radius * unit_, colour, thickness * unit_);
}
void Sketch::arc(Point centre, float radius, float from, float to, Colour colour, float thickness) {
    canvas_.arc(placed(centre), radius * unit_, from, to, colour, thickness * unit_);
}

void Sketch::shape(std::initializer_list<Point> corners, Colour colour) {
    std::vector<Point> points;
    for (const Point corner : corners) points.push_back(placed(corner));
    canvas_.shape(points, colour);
}

void Sketch::arrow(Point from, Point to, Colour colour, float thickness) {
    const float length = std::hypot(to.x - from.x, to.y - from.y);
    const Point along{(to.x - from.x) / length, (to.y - from.y) / length};
    const Point across{-along.y, along.x};
    const float head = thickness * 2.2F;
    const Point neck{to.x - along.x * head, to.y - along.y * head};
    line(from, neck, colour, thickness);
    const auto wing = [&](float side) {
        return Point{neck.x + across.x * head * side, neck.y + across.y * head * side};
    };
    line(to, wing(1), colour, thickness);
    line(to, wing(-1), colour, thickness);
    line(neck, to, colour, thickness);
}

void Sketch::tick(Point centre, float radius, Colour background, Colour mark) {
    disc(centre, radius + 1.6F, theme.surface);
    disc(centre, radius, background);
    const float side = radius * 1.1F;
    drawSign(canvas_, Sign::tick,
             placed(Rect{centre.x - side / 2, centre.y - side / 2, side, side}), mark);
}

void Sketch::ground() {
    disc({50, 50}, 49, theme.soft);
}

void Sketch::person(Point head, float size, Colour colour) {
    disc(head, size * 0.30F, colour);
    const float top = head.y + size * 0.40F;
    box({head.x - size * 0.52F, top, size * 1.04F, size * 0.62F}, colour, size * 0.34F);
    // Shoulders are round, the lower edge is straight.
    box({head.x - size * 0.52F, top + size * 0.34F, size * 1.04F, size * 0.30F}, colour);
}

void Sketch::chip(const Rect& at) {
    const Colour lines = theme.ink.faded(0.45F);
    box(at, theme.gold, at.height * 0.18F);
    line({at.x + at.width / 3, at.y + at.height * 0.12F},
         {at.x + at.width / 3, at.bottom() - at.height * 0.12F}, lines, 0.5F);
    line({at.right() - at.width / 3, at.y + at.height * 0.12F},
         {at.right() - at.width / 3, at.bottom() - at.height * 0.12F}, lines, 0.5F);
    line({at.x + at.width * 0.1F, at.centre().y}, {at.right() - at.width * 0.1F, at.centre().y},
         lines, 0.5F);
}

void Sketch::socialCard(const Rect& at) {
    const float w = at.width;
    const float h = at.height;
    box({at.x + w * 0.012F, at.y + h * 0.035F, w, h}, theme.ink.faded(0.14F), h * 0.09F);
    box(at, theme.primary, h * 0.09F);
    box({at.x, at.y + h * 0.74F, w, h * 0.10F}, theme.primaryHeld);
    box({at.x + w * 0.07F, at.y + h * 0.10F, w * 0.44F, h * 0.09F}, theme.onPrimary, h * 0.03F);
    chip({at.x + w * 0.08F, at.y + h * 0.34F, w * 0.17F, h * 0.21F});
    const Rect photo{at.x + w * 0.66F, at.y + h * 0.18F, w * 0.26F, h * 0.50F};
    box(photo, theme.soft, h * 0.03F);
    person({photo.centre().x, photo.y + photo.height * 0.34F}, photo.width * 0.78F, theme.mutedInk);
    const Colour faint = theme.onPrimary.faded(0.75F);
    box({at.x + w * 0.31F, at.y + h * 0.38F, w * 0.27F, h * 0.05F}, faint, h * 0.02F);
    box({at.x + w * 0.31F, at.y + h * 0.50F, w * 0.20F, h * 0.05F}, faint, h * 0.02F);
}

void Sketch::socialCardUpright(const Rect& at) {
    const float w = at.width;
    const float h = at.height;
    box({at.x + w * 0.03F, at.y + h * 0.015F, w, h}, theme.ink.faded(0.14F), w * 0.09F);
    box(at, theme.primary, w * 0.09F);
    box({at.x + w * 0.74F, at.y, w * 0.10F, h}, theme.primaryHeld);
    chip({at.x + w * 0.30F, at.y + h * 0.62F, w * 0.26F, h * 0.16F});
    const Colour faint = theme.onPrimary.faded(0.75F);
    box({at.x + w * 0.16F, at.y + h * 0.14F, w * 0.09F, h * 0.36F}, theme.onPrimary, w * 0.03F);
    box({at.x + w * 0.34F, at.y + h * 0.14F, w * 0.06F, h * 0.28F}, faint, w * 0.02F);
    box({at.x + w * 0.48F, at.y + h * 0.14F, w * 0.06F, h * 0.20F}, faint, w * 0.02F);
}

void Sketch::idCard(const Rect& at) {
    const float w = at.width;
    const float h = at.height;
    box({at.x + w * 0.012F, at.y + h * 0.035F, w, h}, theme.ink.faded(0.14F), h * 0.08F);
    box(at, theme.surface, h * 0.08F);
    frame(at, theme.mutedInk, h * 0.022F, h * 0.08F);
    const Rect photo{at.x + w * 0.64F, at.y + h * 0.14F, w * 0.27F, h * 0.54F};
    box(photo, theme.soft, h * 0.03F);
    person({photo.centre().x, photo.y + photo.height * 0.34F}, photo.width * 0.78F, theme.mutedInk);
    const Colour words = theme.mutedInk.faded(0.7F);
    for (int row = 0; row < 4; ++row) {
        const float share = row == 0 ? 0.26F : row == 3 ? 0.34F : 0.46F;
        box({at.x + w * 0.09F, at.y + h * (0.16F + 0.145F * static_cast<float>(row)), w * share,
             h * 0.065F},
            words, h * 0.025F);
    }
    box({at.x + w * 0.09F, at.y + h * 0.80F, w * 0.82F, h * 0.075F}, theme.ink.faded(0.75F),
        h * 0.025F);
}

void Sketch::handBehind(Point wrist, float size) {
    for (int finger = 0; finger < 4; ++finger) {
        const float x = wrist.x - size * 0.42F + static_cast<float>(finger) * size * 0.215F;
        const float reach = finger == 0 || finger == 3 ? 0.88F : 1.0F;
        box({x, wrist.y - size * reach, size * 0.19F, size * 0.72F}, theme.skin, size * 0.095F);
    }
}

void Sketch::handBefore(Point wrist, float size) {
    const Colour crease = theme.ink.faded(0.18F);
    box({wrist.x - size * 0.42F, wrist.y - size * 0.42F, size * 0.835F, size * 0.50F}, theme.skin,
        size * 0.2F);
    // The thumb lies on what is held.
    line({wrist.x + size * 0.30F, wrist.y - size * 0.20F},
         {wrist.x + size * 0.02F, wrist.y - size * 0.60F}, theme.skin, size * 0.21F);
    line({wrist.x + size * 0.20F, wrist.y - size * 0.16F},
         {wrist.x - size * 0.02F, wrist.y - size * 0.44F}, crease, size * 0.015F);
    box({wrist.x - size * 0.36F, wrist.y + size * 0.02F, size * 0.72F, size * 0.40F},
        theme.primaryHeld, size * 0.06F);
    box({wrist.x - size * 0.40F, wrist.y - size * 0.02F, size * 0.80F, size * 0.14F}, theme.primary,
        size * 0.05F);
}

void Sketch::machine(const Rect& at) {
    const float w = at.width;
    const float h = at.height;
    box({at.x + w * 0.02F, at.y + h * 0.02F, w, h}, theme.ink.faded(0.12F), w * 0.07F);
    box(at, theme.surface, w * 0.07F);
    frame(at, theme.mutedInk, w * 0.022F, w * 0.07F);
    box({at.x + w * 0.12F, at.y + h * 0.09F, w * 0.76F, h * 0.44F}, theme.primary, w * 0.04F);
    box({at.x + w * 0.24F, at.y + h * 0.66F, w * 0.52F, h * 0.065F}, theme.ink, w * 0.02F);
    box({at.x + w * 0.12F, at.y + h * 0.82F, w * 0.76F, h * 0.07F}, theme.soft, w * 0.02F);
}

}  // namespace liqu::ui
