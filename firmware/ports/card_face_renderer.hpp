// Port: draws the face of a card.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"
#include "firmware/card/personalisation.hpp"

namespace liqu::ports {

// Landscape, 300 dpi, origin top left. Black text is in the mask only; the colour beneath it is
// white, so that nothing is printed twice.
struct CardFace {
    static constexpr int width = 1016;
    static constexpr int height = 648;
    PersonalBytes rgb;                  // width * height * 3
    PersonalBytes black;                // width * height, 0 or 1: 1 prints K
    std::vector<std::uint8_t> overlay;  // width * height, 0 or 1: 1 is varnished; 0 at the contacts
};

class CardFaceRenderer {
  public:
    virtual ~CardFaceRenderer() = default;
    // Code points of the text that no installed font can draw. Asked before a blank is fed.
    virtual std::vector<char32_t> missingGlyphs(std::string_view utf8) = 0;
    virtual Result<CardFace> render(const card::FaceItems& items) = 0;
};

}  // namespace liqu::ports
