#include "ui/toolkit/canvas.hpp"

#include <algorithm>
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

constexpr float mostOffTheCircle = 0.25F;  // of a pixel

int stepsOfQuarter(float radius) {
    const float half = std::acos(1 - mostOffTheCircle / std::max(radius, 1.0F));
    return std::max(2, static_cast<int>(std::ceil(std::numbers::pi_v<float> / 4 / half)));
}

// A quarter of a disc, clockwise from so many turns. Where there is no GPU, every pixel around a
// triangle is looked at: these are small, and only the round edge is soft.
void quarter(ImDrawList& list, ImVec2 centre, float radius, float from, ImU32 colour) {
    const int steps = stepsOfQuarter(radius);
    const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
    const ImU32 vanished = colour & ~IM_COL32_A_MASK;
    const unsigned first = list._VtxCurrentIdx;
    const auto index = [first](int vertex) {
        return static_cast<ImDrawIdx>(first + static_cast<unsigned>(vertex));
    };
    list.PrimReserve(steps * 9, 3 + steps * 2);
    list.PrimWriteVtx(centre, white, colour);
    for (int i = 0; i <= steps; ++i) {
        const float angle =
            angleOf(from + 0.25F * static_cast<float>(i) / static_cast<float>(steps));
        const ImVec2 way{std::cos(angle), std::sin(angle)};
        const auto at = [&](float distance) {
            return ImVec2{centre.x + way.x * distance, centre.y + way.y * distance};
        };
        list.PrimWriteVtx(at(radius - 0.5F), white, colour);
        list.PrimWriteVtx(at(radius + 0.5F), white, vanished);
    }
    for (int inner = 1; inner < 1 + 2 * steps; inner += 2) {
        for (const int vertex :
             {0, inner, inner + 2, inner, inner + 1, inner + 3, inner, inner + 3, inner + 2}) {
            list.PrimWriteIdx(index(vertex));
        }
    }
}

}  // namespace

void Canvas::box(const Rect& place, Colour colour, float radius) {
    const ImU32 ink = packed(colour);
    const ImVec2 start = snapped({place.x, place.y}, scale_);
    const ImVec2 end = snapped({place.right(), place.bottom()}, scale_);
    const float smaller = std::min(end.x - start.x, end.y - start.y);
    const float round = std::min(std::round(radius * scale_), std::floor(smaller / 2));
    if (round < 1) return list_.AddRectFilled(start, end, ink);
    const ImVec2 innerStart{start.x + round, start.y + round};
    const ImVec2 innerEnd{end.x - round, end.y - round};
    list_.AddRectFilled({innerStart.x, start.y}, {innerEnd.x, innerStart.y}, ink);
    list_.AddRectFilled({start.x, innerStart.y}, {end.x, innerEnd.y}, ink);
    list_.AddRectFilled({innerStart.x, innerEnd.y}, {innerEnd.x, end.y}, ink);
    quarter(list_, {innerEnd.x, innerStart.y}, round, 0, ink);
    quarter(list_, innerEnd, round, 0.25F, ink);
    quarter(list_, {innerStart.x, innerEnd.y}, round, 0.5F, ink);
    quarter(list_, innerStart, round, 0.75F, ink);
}

void Canvas::frame(const Rect& place, Colour colour, float thickness, float radius) {
    const Rect inner = place.inset(thickness / 2);
    // Its outer edge is as round as a box of this radius.
    const float middle = std::max(0.0F, radius - thickness / 2);
    list_.AddRect(scaled({inner.x, inner.y}, scale_),
                  scaled({inner.right(), inner.bottom()}, scale_), packed(colour), middle * scale_,
                  0, thickness * scale_);
}

void Canvas::line(Point from, Point to, Colour colour, float thickness) {
    list_.AddLine(scaled(from, scale_), scaled(to, scale_), packed(colour), thickness * scale_);
    // Round ends.
    disc(from, thickness / 2, colour);
    disc(to, thickness / 2, colour);
}

void Canvas::disc(Point centre, float radius, Colour colour) {
    for (const float from : {0.0F, 0.25F, 0.5F, 0.75F}) {
        quarter(list_, scaled(centre, scale_), radius * scale_, from, packed(colour));
    }
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
