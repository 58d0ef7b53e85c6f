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

Canvas::Upright::Upright(Canvas& canvas, const Rect& where)
    : place(canvas.physical(where)), canvas_(canvas), before_(canvas.mirrored_) {
    canvas.mirrored_ = false;
}

Rect Canvas::physical(const Rect& place) const {
    if (!mirrored_) return place;
    return {size().width - place.right(), place.y, place.width, place.height};
}

Rect Canvas::inPixels(const Rect& place) const {
    const Rect at = physical(place);
    return {at.x * scale_, at.y * scale_, at.width * scale_, at.height * scale_};
}

Canvas::Pixel Canvas::pixel(Point point) const {
    const float x = mirrored_ ? size().width - point.x : point.x;
    return {x * scale_, point.y * scale_};
}

void Canvas::box(const Rect& place, Colour colour, float radius) {
    if (place.width <= 0 || place.height <= 0) return;
    const ImU32 ink = packed(colour);
    const Rect at = inPixels(place);
    // Edges on whole pixels stay sharp; what is thinner than one is as thin as one.
    const ImVec2 start{std::round(at.x), std::round(at.y)};
    const ImVec2 end{std::max(std::round(at.right()), start.x + 1),
                     std::max(std::round(at.bottom()), start.y + 1)};
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
    const Rect at = inPixels(inner);
    list_.AddRect({at.x, at.y}, {at.right(), at.bottom()}, packed(colour), middle * scale_, 0,
                  thickness * scale_);
}

void Canvas::line(Point from, Point to, Colour colour, float thickness) {
    const Pixel start = pixel(from);
    const Pixel end = pixel(to);
    list_.AddLine({start.x, start.y}, {end.x, end.y}, packed(colour), thickness * scale_);
    // Round ends.
    disc(from, thickness / 2, colour);
    disc(to, thickness / 2, colour);
}

void Canvas::disc(Point centre, float radius, Colour colour) {
    const Pixel at = pixel(centre);
    for (const float from : {0.0F, 0.25F, 0.5F, 0.75F}) {
        quarter(list_, {at.x, at.y}, radius * scale_, from, packed(colour));
    }
}

void Canvas::ring(Point centre, float radius, Colour colour, float thickness) {
    const Pixel at = pixel(centre);
    list_.AddCircle({at.x, at.y}, radius * scale_, packed(colour), 0, thickness * scale_);
}

void Canvas::arc(Point centre, float radius, float from, float to, Colour colour, float thickness) {
    const Pixel at = pixel(centre);
    list_.PathArcTo({at.x, at.y}, radius * scale_, angleOf(turned(from)), angleOf(turned(to)));
    list_.PathStroke(packed(colour), 0, thickness * scale_);
}

void Canvas::path(std::span<const Point> points, Colour colour, float thickness) {
    for (const Point point : points) {
        const Pixel at = pixel(point);
        list_.PathLineTo({at.x, at.y});
    }
    list_.PathStroke(packed(colour), 0, thickness * scale_);
}

// Only below the box that is drawn over it: without a GPU what is covered costs as much as what is
// seen.
void Canvas::shadow(const Rect& place, float radius) {
    constexpr float deep = 6;
    const Colour dark{16, 41, 47, 255};
    const Rect at = inPixels(place);
    const float top = std::floor(at.bottom() - std::min(radius * scale_, at.height / 2)) - 1;
    list_.PushClipRect({at.x - 1, top}, {at.right() + 1, at.bottom() + deep * scale_ + 1}, true);
    for (const float down : {deep, 2.0F})
        box({place.x, place.y + down, place.width, place.height}, dark.faded(0.05F), radius);
    list_.PopClipRect();
}

void Canvas::image(SDL_Texture* texture, const Rect& pixels) {
    list_.AddImage(texture, {pixels.x, pixels.y}, {pixels.right(), pixels.bottom()});
}

TextStyle Canvas::styleOf(const TextLook& look, float width) const {
    return {.size = look.size * scale_,
            .weight = look.weight,
            .align = look.align,
            .direction = writing_.direction,
            .width = std::floor(width * scale_),
            .balanced = look.balanced,
            .language = language_,
            .fonts = writing_.fonts};
}

MeasuredText Canvas::measure(std::string_view text, const TextLook& look, float width,
                             Privacy privacy) {
    if (text.empty()) return {};
    const TextImage image = texts_.image(text, styleOf(look, width), privacy);
    return {{static_cast<float>(image.width) / scale_, static_cast<float>(image.height) / scale_},
            image.lines,
            image.brokenWord};
}

TextLook Canvas::fitted(std::string_view text, TextLook look, float width, float least,
                        Privacy privacy) {
    // A hair less: letters do not shrink quite as their size does.
    constexpr float hair = 0.97F;
    const float needed = measure(text, look, 0, privacy).size.width;
    if (needed > width) look.size *= std::max(least, width / needed * hair);
    return look;
}

bool Canvas::text(const Rect& place, std::string_view text, const TextLook& look, Colour colour,
                  Privacy privacy) {
    if (text.empty()) return true;
    const TextImage image = texts_.image(text, styleOf(look, place.width), privacy);
    const Size size{static_cast<float>(image.width), static_cast<float>(image.height)};
    const Rect at = inPixels(place);
    const float spare = at.width - size.width;
    const bool atLeft =
        (look.align == Align::start) == (writing_.direction == Direction::leftToRight);
    const float shift = look.align == Align::centre ? spare / 2 : atLeft ? 0 : spare;
    const float x = std::round(at.x + shift);
    const float y = std::round(at.y + (at.height - size.height) / 2);
    list_.AddImage(image.texture, {x, y}, {x + size.width, y + size.height}, {0, 0}, {1, 1},
                   packed(colour));
    constexpr float tolerance = 1.5F;
    // Of one line only what is seen of it needs room: fonts of some scripts ask for much air.
    const int tall = image.lines > 1 ? image.height : image.inkHeight;
    return spare >= -tolerance && static_cast<float>(tall) <= at.height + tolerance &&
           !image.brokenWord;
}

}  // namespace liqu::ui
