// The portrait the province holds of a synthetic person: drawn, never photographed. The same look
// gives the same picture, byte for byte. 358 x 441 pixels as photos for card issuing have
// (hardware-notes/province.md, "The portrait"), JPEG under 20 KB.
#pragma once

#include <cstdint>
#include <string_view>

#include "firmware/base/bytes.hpp"
#include "firmware/base/clock.hpp"

namespace liqu::world {

struct Person;

constexpr int portraitWidth = 358;
constexpr int portraitHeight = 441;

struct Look {
    std::uint64_t seed = 0;
    bool longHair = false;
    int age = 35;
};

// A seed that depends on the text only, the same on every machine.
std::uint64_t lookSeed(std::string_view text);

// How the photo on file shows this person: every one of them differently.
Look lookOf(const Person& person, WallTime now);

// Cairo RGB24 pixels, row after row, portraitWidth * portraitHeight * 4 bytes.
Bytes drawPortrait(const Look& look);
Bytes portraitJpeg(const Look& look);

}  // namespace liqu::world
