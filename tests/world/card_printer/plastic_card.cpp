#include "tests/world/card_printer/plastic_card.hpp"

#include <algorithm>
#include <png.h>

#include "tests/world/card_printer/panel_codec.hpp"

namespace liqu::world {
namespace {

// The light a panel lets through at each dot: 255 where it prints nothing.
Bytes lightThrough(const PlasticCard& card, char panel) {
    Bytes light(panelWidth * panelHeight, 255);
    const auto found = card.panels.find(panel);
    if (found == card.panels.end() || found->second.packed == nullptr) return light;
    const int bits = found->second.bits;
    const Bytes samples = unpackSamples(*found->second.packed, bits);
    const int top = (1 << bits) - 1;
    for (std::size_t i = 0; i < light.size() && i < samples.size(); ++i) {
        light[i] = static_cast<std::uint8_t>(255 - samples[i] * 255 / top);
    }
    return light;
}

}  // namespace

bool PlasticCard::hasWholeFace() const {
    return std::all_of(std::begin("ymcko"), std::end("ymcko") - 1, [this](char panel) {
        const auto found = panels.find(panel);
        return found != panels.end() && found->second.whole && found->second.times == 1;
    });
}

Bytes encodePng(Bytes& rgb, std::uint32_t width, std::uint32_t height) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = width;
    image.height = height;
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t length = PNG_IMAGE_PNG_SIZE_MAX(image);
    Bytes png(length);
    const int row = static_cast<int>(width * 3);
    if (png_image_write_to_memory(&image, png.data(), &length, 0, rgb.data(), row, nullptr) == 0) {
        return {};
    }
    png.resize(length);
    return png;
}

Bytes faceRgb(const PlasticCard& card, FaceTurn turn) {
    const bool kept = std::any_of(card.panels.begin(), card.panels.end(),
                                  [](const auto& one) { return one.second.packed != nullptr; });
    if (!kept) return {};
    const Bytes red = lightThrough(card, 'c');
    const Bytes green = lightThrough(card, 'm');
    const Bytes blue = lightThrough(card, 'y');
    const Bytes black = lightThrough(card, 'k');
    Bytes rgb;
    rgb.reserve(panelWidth * panelHeight * 3);
    for (std::size_t y = 0; y < panelWidth; ++y) {
        for (std::size_t x = 0; x < panelHeight; ++x) {
            const bool clockwise = turn == FaceTurn::clockwise;
            const std::size_t line = clockwise ? x : panelHeight - 1 - x;
            const std::size_t dot = clockwise ? panelWidth - 1 - y : y;
            const std::size_t at = line * panelWidth + dot;
            for (const Bytes* light : {&red, &green, &blue}) {
                rgb.push_back(std::min((*light)[at], black[at]));
            }
        }
    }
    return rgb;
}

Bytes facePng(const PlasticCard& card, FaceTurn turn) {
    Bytes rgb = faceRgb(card, turn);
    return rgb.empty() ? rgb : encodePng(rgb, panelHeight, panelWidth);
}

}  // namespace liqu::world
