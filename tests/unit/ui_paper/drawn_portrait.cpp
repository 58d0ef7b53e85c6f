#include "tests/unit/ui_paper/drawn_portrait.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <doctest/doctest.h>
#include <turbojpeg.h>

namespace liqu::test {
namespace {

using Colour = std::array<std::uint8_t, 3>;

Colour colourAt(double x, double y) {
    const auto inside = [&](double centreX, double centreY, double radiusX, double radiusY) {
        return std::pow((x - centreX) / radiusX, 2) + std::pow((y - centreY) / radiusY, 2) < 1;
    };
    if (inside(0.5, 0.5, 0.05, 0.05)) return {200, 20, 20};
    if (inside(0.42, 0.4, 0.025, 0.015) || inside(0.58, 0.4, 0.025, 0.015)) return {40, 30, 30};
    if (inside(0.5, 0.46, 0.2, 0.27)) return {230, 190, 160};
    if (inside(0.5, 0.36, 0.24, 0.26)) return {50, 40, 40};
    if (inside(0.5, 1.2, 0.45, 0.4)) return {40, 60, 120};
    return {245, 247, 250};
}

Bytes drawn(int width, int height) {
    Bytes rgb;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            // Both axes in widths, so that a circle is a circle.
            const double across = (x + 0.5) / width;
            const double down = 0.5 + (y + 0.5 - height / 2.0) / width;
            for (const std::uint8_t part : colourAt(across, down)) rgb.push_back(part);
        }
    }
    return rgb;
}

Bytes compressed(const Bytes& pixels, int width, int height, int format) {
    tjhandle encoder = tjInitCompress();
    unsigned char* data = nullptr;
    unsigned long size = 0;
    const int outcome = tjCompress2(encoder, pixels.data(), width, 0, height, format, &data, &size,
                                    TJSAMP_444, 92, 0);
    REQUIRE(outcome == 0);
    Bytes jpeg(data, data + size);
    tjFree(data);
    tjDestroy(encoder);
    return jpeg;
}

}  // namespace

Bytes drawnPortrait(int width, int height) {
    return compressed(drawn(width, height), width, height, TJPF_RGB);
}

Bytes drawnInInks(int width, int height) {
    const Bytes rgb = drawn(width, height);
    Bytes inked;
    for (std::size_t at = 0; at < rgb.size(); at += 3) {
        const int black = 255 - std::max({rgb[at], rgb[at + 1], rgb[at + 2]});
        for (std::size_t part = 0; part < 3; ++part) {
            const int light = black == 255 ? 255 : rgb[at + part] * 255 / (255 - black);
            inked.push_back(static_cast<std::uint8_t>(255 - light));
        }
        inked.push_back(static_cast<std::uint8_t>(black));
    }
    for (std::uint8_t& ink : inked) ink = static_cast<std::uint8_t>(255 - ink);
    return compressed(inked, width, height, TJPF_CMYK);
}

}  // namespace liqu::test
