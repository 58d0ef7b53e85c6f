// Places on the screen, in design units: the short side of the screen is 1080 units.
#pragma once

#include <cstddef>

namespace liqu::ui {

struct Point {
    float x = 0;
    float y = 0;
};

struct Size {
    float width = 0;
    float height = 0;
};

struct Rect {
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;

    float right() const { return x + width; }
    float bottom() const { return y + height; }
    Point centre() const { return {x + width / 2, y + height / 2}; }
    Rect inset(float across, float down) const {
        return {x + across, y + down, width - 2 * across, height - 2 * down};
    }
    Rect inset(float margin) const { return inset(margin, margin); }
    bool contains(const Rect& other) const {
        return other.x >= x && other.y >= y && other.right() <= right() &&
               other.bottom() <= bottom();
    }
};

// Cuts a strip off one side; what stays is left in `rest`.
inline Rect cutTop(Rect& rest, float height) {
    const Rect strip{rest.x, rest.y, rest.width, height};
    rest.y += height;
    rest.height -= height;
    return strip;
}
inline Rect cutBottom(Rect& rest, float height) {
    rest.height -= height;
    return {rest.x, rest.bottom(), rest.width, height};
}
inline Rect cutLeft(Rect& rest, float width) {
    const Rect strip{rest.x, rest.y, width, rest.height};
    rest.x += width;
    rest.width -= width;
    return strip;
}
inline Rect cutRight(Rect& rest, float width) {
    rest.width -= width;
    return {rest.right(), rest.y, width, rest.height};
}

// The so-many-eth cell of a grid that fills the place's width, row by row.
inline Rect cellOf(const Rect& place, std::size_t index, std::size_t columns, float gap,
                   float height) {
    const std::size_t row = index / columns;
    const auto across = static_cast<float>(columns);
    const float width = (place.width - gap * (across - 1)) / across;
    return {place.x + static_cast<float>(index % columns) * (width + gap),
            place.y + static_cast<float>(row) * (height + gap), width, height};
}

}  // namespace liqu::ui
