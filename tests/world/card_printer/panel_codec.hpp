// How a panel lies on the wire (hardware-notes/card-printer.md, "Panels"): 648 dots by 1016 lines,
// samples packed most significant bit first, optionally compressed. Only decoding: the printer's
// side.
#pragma once

#include <optional>
#include <string>

#include "firmware/base/bytes.hpp"

namespace liqu::world {

constexpr std::size_t panelWidth = 648;
constexpr std::size_t panelHeight = 1016;

// "2" → 1, "32" → 5 … "256" → 8; none for anything else.
std::optional<int> bitsOfLevels(const std::string& levels);
std::size_t panelLength(int bits);

// One byte per dot, 0 to 2^bits - 1.
Bytes unpackSamples(ByteView packed, int bits);
Bytes packSamples(ByteView samples, int bits);

// The compressed forms, back to a packed panel; none where the data is not 1016 whole lines.
std::optional<Bytes> decompressBitmap(ByteView data);
std::optional<Bytes> decompressColour(ByteView data, int bits);

std::string sha256Of(ByteView bytes);  // lower-case hex

}  // namespace liqu::world
