// Port: draws the face of a card.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"
#include "firmware/card/personalisation.hpp"

namespace liqu::ports {

using LaneNumber = int;  // hopper lane, from 1

// One side of a card. Black text is in the mask only; the colour beneath it is white, so that
// nothing is printed twice.
struct CardSide {
    PersonalBytes rgb;                  // width * height * 3; empty: no colour on this side
    PersonalBytes black;                // width * height, 0 or 1: 1 prints K
    std::vector<std::uint8_t> overlay;  // width * height, 0 or 1: 1 is varnished; empty: none is
};

// Landscape, 300 dpi, origin top left of each side as it is looked at. The front is the side with
// the chip; nothing is varnished at its contacts.
struct CardFace : CardSide {
    static constexpr int width = 1016;
    static constexpr int height = 648;
    std::optional<CardSide> back{};
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
    // The face of nobody for a test card: a made-up person, marked 测试 TEST across both sides.
    virtual Result<CardFace> renderTestFace() = 0;
    // The face that cards of this lane get. Without a lane `checkText` asks whether any lane's face
    // could be drawn, and the others speak of the first lane.
    virtual CardFaceRenderer& ofLane(LaneNumber) { return *this; }
};

}  // namespace liqu::ports
