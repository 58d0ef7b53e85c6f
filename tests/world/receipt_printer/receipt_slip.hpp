// What came out of the printer, as it lies in a hand: rows of dots, 1 is black.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"

namespace liqu::world {

struct DotPicture {
    int width = 0;            // dots, a multiple of eight
    std::vector<Bytes> rows;  // most significant bit left

    bool dark(int x, int y) const;
    int height() const { return static_cast<int>(rows.size()); }
    bool blank() const;
    // Without the white rows above and below: where paper was fed is nobody's business.
    DotPicture trimmed() const;
    // '#' and '.', a line for each row.
    std::string drawn() const;

    Bytes pbm() const;
    Result<void> savePng(const std::filesystem::path& path) const;
    bool operator==(const DotPicture&) const = default;
};

enum class SlipEnd : std::uint8_t {
    cut,
    cutPartly,  // hangs by a point
    torn,       // a person pulled it out
    stub,       // the power went before its cut
};

// Where it is. Only `taken` is in a person's hand.
enum class SlipPlace : std::uint8_t { atMouth, inPresenter, taken, retracted, droppedOut, jammed };

struct Slip {
    DotPicture picture;
    SlipEnd end = SlipEnd::cut;
    SlipPlace place = SlipPlace::atMouth;
    bool garbled = false;  // a band nobody could read is on it
    std::string text;      // lines in the machine's own font; their glyphs are drawn as boxes
};

}  // namespace liqu::world
