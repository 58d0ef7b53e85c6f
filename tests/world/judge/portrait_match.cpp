#include "tests/world/judge/portrait_match.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace liqu::judge {
namespace {

constexpr double dotsPerMillimetre = 300 / 25.4;
constexpr int columns = 16;
constexpr int rows = 20;

using Colour = std::array<double, 3>;

struct Box {
    double left, top, width, height;
};

Colour meanOf(const FacePicture& picture, const Box& box) {
    const int left = std::clamp(static_cast<int>(box.left), 0, picture.width - 1);
    const int top = std::clamp(static_cast<int>(box.top), 0, picture.height - 1);
    const int right = std::clamp(static_cast<int>(box.left + box.width), left + 1, picture.width);
    const int bottom = std::clamp(static_cast<int>(box.top + box.height), top + 1, picture.height);
    Colour sum{};
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            const std::size_t at =
                3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                     static_cast<std::size_t>(x));
            for (std::size_t i = 0; i < 3; ++i) sum[i] += picture.rgb[at + i];
        }
    }
    for (double& channel : sum) channel /= (right - left) * (bottom - top);
    return sum;
}

Box cellOf(const Box& whole, int column, int row) {
    const double width = whole.width / columns;
    const double height = whole.height / rows;
    return {whole.left + column * width, whole.top + row * height, width, height};
}

// The middle of the picture, in the shape of the place.
Box cutTo(const PortraitPlace& place, const FacePicture& portrait) {
    const double wanted = place.width / place.height;
    const double is = static_cast<double>(portrait.width) / portrait.height;
    if (is > wanted) {
        const double width = portrait.height * wanted;
        return {(portrait.width - width) / 2, 0, width, static_cast<double>(portrait.height)};
    }
    const double height = portrait.width / wanted;
    return {0, (portrait.height - height) / 2, static_cast<double>(portrait.width), height};
}

}  // namespace

double portraitDifference(const FacePicture& face, const PortraitPlace& place,
                          const FacePicture& portrait) {
    constexpr double nothingAlike = 255;
    if (face.rgb.empty() || portrait.rgb.empty() || place.height <= 0) return nothingAlike;
    const Box printed{place.x * dotsPerMillimetre, place.y * dotsPerMillimetre,
                      place.width * dotsPerMillimetre, place.height * dotsPerMillimetre};
    const Box wanted = cutTo(place, portrait);
    std::vector<double> apart;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const Colour one = meanOf(face, cellOf(printed, column, row));
            const Colour other = meanOf(portrait, cellOf(wanted, column, row));
            double sum = 0;
            for (std::size_t i = 0; i < 3; ++i) sum += std::abs(one[i] - other[i]);
            apart.push_back(sum / 3);
        }
    }
    std::ranges::sort(apart, std::greater<>());
    const std::size_t tenth = apart.size() / 10;
    double sum = 0;
    for (std::size_t i = 0; i < tenth; ++i) sum += apart[i];
    return sum / static_cast<double>(tenth);
}

}  // namespace liqu::judge
