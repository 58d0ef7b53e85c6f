#include "ui/toolkit/canvas.hpp"

#include <array>
#include <cmath>
#include <imgui.h>
#include <numbers>

namespace liqu::ui {

namespace {

ImU32 packed(Colour colour) {
    return IM_COL32(colour.red, colour.green, colour.blue, colour.alpha);
}

ImVec2 scaled(Point point, float scale) {
    return {point.x * scale, point.y * scale};
}

// Edges on whole pixels stay sharp.
ImVec2 snapped(Point point, float scale) {
    return {std::round(point.x * scale), std::round(point.y * scale)};
}

float angleOf(float turns) {
    return (turns - 0.25F) * 2 * std::numbers::pi_v<float>;
}

}  // namespace

void Canvas::box(const Rect& place, Colour colour, float radius) {
    list_.AddRectFilled(snapped({place.x, place.y}, scale_),
                        snapped({place.right(), place.bottom()}, scale_), packed(colour),
                        radius * scale_);
}

void Canvas::frame(const Rect& place, Colour colour, float thickness, float radius) {
    const Rect inner = place.inset(thickness / 2);
    list_.AddRect(scaled({inner.x, inner.y}, scale_),
                  scaled({inner.right(), inner.bottom()}, scale_), packed(colour), radius * scale_,
                  0, thickness * scale_);
}

void Canvas::line(Point from, Point to, Colour colour, float thickness) {
    list_.AddLine(scaled(from, scale_), scaled(to, scale_), packed(colour), thickness * scale_);
    // Round ends.
    disc(from, thickness / 2, colour);
    disc(to, thickness / 2, colour);
}

void Canvas::disc(Point centre, float radius, Colour colour) {
    list_.AddCircleFilled(scaled(centre, scale_), radius * scale_, packed(colour));
}

void Canvas::ring(Point centre, float radius, Colour colour, float thickness) {
    list_.AddCircle(scaled(centre, scale_), radius * scale_, packed(colour), 0, thickness * scale_);
}

void Canvas::arc(Point centre, float radius, float from, float to, Colour colour, float thickness) {
    list_.PathArcTo(scaled(centre, scale_), radius * scale_, angleOf(from), angleOf(to));
    list_.PathStroke(packed(colour), 0, thickness * scale_);
}

void Canvas::shape(std::span<const Point> corners, Colour colour) {
    for (const Point corner : corners) list_.PathLineTo(scaled(corner, scale_));
    list_.PathFillConvex(packed(colour));
}

void Canvas::path(std::span<const Point> points, Colour colour, float thickness) {
    for (const Point point : points) list_.PathLineTo(scaled(point, scale_));
    list_.PathStroke(packed(colour), 0, thickness * scale_);
}

void Canvas::shadow(const Rect& place, float radius) {
    const Colour dark{16, 41, 47, 255};
    const Rect low{place.x, place.y + 6, place.width, place.height};
    box(low, dark.faded(0.05F), radius);
    box({place.x, place.y + 2, place.width, place.height}, dark.faded(0.05F), radius);
}

TextStyle Canvas::styleOf(const TextLook& look, float width) const {
    return {look.size * scale_,         look.weight,   look.align,
            std::floor(width * scale_), look.balanced, language_};
}

MeasuredText Canvas::measure(std::string_view text, const TextLook& look, float width,
                             Privacy privacy) {
    if (text.empty()) return {};
    const TextImage image = texts_.image(text, styleOf(look, width), privacy);
    return {{static_cast<float>(image.width) / scale_, static_cast<float>(image.height) / scale_},
            image.lines,
            image.brokenWord};
}

bool Canvas::text(const Rect& place, std::string_view text, const TextLook& look, Colour colour,
                  Privacy privacy) {
    if (text.empty()) return true;
    const TextImage image = texts_.image(text, styleOf(look, place.width), privacy);
    const Size size{static_cast<float>(image.width), static_cast<float>(image.height)};
    const float left = place.x * scale_;
    const float spare = place.width * scale_ - size.width;
    const float shift = look.align == Align::left     ? 0
                        : look.align == Align::centre ? spare / 2
                                                      : spare;
    const float x = std::round(left + shift);
    const float y = std::round(place.y * scale_ + (place.height * scale_ - size.height) / 2);
    list_.AddImage(image.texture, {x, y}, {x + size.width, y + size.height}, {0, 0}, {1, 1},
                   packed(colour));
    constexpr float tolerance = 1.5F;
    return spare >= -tolerance && size.height <= place.height * scale_ + tolerance &&
           !image.brokenWord;
}

}  // namespace liqu::ui
