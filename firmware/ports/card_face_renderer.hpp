// Port: draws the face of a card.
#pragma once

#include <cstdint>
#include <vector>

#include "firmware/base/bytes.hpp"
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
    // Would these texts be drawn? Asked before a blank is fed, without a portrait.
    // glyphMissing: no installed font has a character; faceTextDoesNotFit; provinceReplyMalformed.
    virtual Result<void> checkText(const card::FaceItems& items) = 0;
    // Would this be drawn as the portrait? Empty: none is. portraitUnreadable.
    virtual Result<void> checkPortrait(ByteView jpeg) = 0;
    virtual Result<CardFace> render(const card::FaceItems& items) = 0;
};

}  // namespace liqu::ports
