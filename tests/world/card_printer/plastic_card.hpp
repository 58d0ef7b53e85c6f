// A card of the simulated world, and what was printed on it.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "firmware/base/bytes.hpp"

namespace liqu::world {

struct PrintedPanel {
    int bits = 0;
    std::string sha256;  // of the packed panel
    bool whole = false;  // false: the ribbon ended, or the printer stopped, in the middle
    int times = 0;       // 2: printed twice over
    std::shared_ptr<const Bytes> packed;  // kept for the last few cards only
};

struct PlasticCard {
    std::string id;                       // the number printed on the blank, or any name
    std::string bank;                     // whose blank it is
    std::map<char, PrintedPanel> panels;  // by y m c k o

    bool hasWholeFace() const;
};

constexpr std::size_t faceWidth = 1016;
constexpr std::size_t faceHeight = 648;

// The turn that brought the landscape design onto the panels; facePng undoes it.
enum class FaceTurn : std::uint8_t { clockwise, counterclockwise };

// The face as a person would see it, lying landscape: 1016 by 648 dots, RGB or PNG. The panels are
// decoded here, independently of the driver that packed them; overlay does not show. Empty where
// the card has no panels or they are no longer kept.
Bytes faceRgb(const PlasticCard& card, FaceTurn turn = FaceTurn::clockwise);
Bytes facePng(const PlasticCard& card, FaceTurn turn = FaceTurn::clockwise);

// Any picture, three bytes a dot.
Bytes encodePng(Bytes& rgb, std::uint32_t width, std::uint32_t height);

}  // namespace liqu::world
