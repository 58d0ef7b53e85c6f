// Reads whether a text stands on a face: the judge sets the same words in the same font by its
// own code and compares character by character, so that one wrong digit is seen.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace liqu::judge {

// One byte a dot, 0 or 1, lying landscape.
struct InkMask {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> ink;
};

struct TextPlace {
    std::string fontFamily;
    bool bold = false;
    double largest = 8.0;  // points
    double least = 5.5;
    double x = 0, y = 0, width = 0;  // millimetres; y is the top of the characters
};

// How well the worst of the characters fits, 0 to 1; 1 is the very same picture.
double worstCharacter(const InkMask& face, const std::string& text, const TextPlace& place);
constexpr double goodFit = 0.90;

}  // namespace liqu::judge
