// Where things stand on the face of a card: a file of kiosk-config/card-faces/. Read once at start,
// where a layout that prints on the contacts or text on the portrait is refused.
#pragma once

#include <array>
#include <filesystem>
#include <string>

#include "firmware/base/config_file.hpp"

namespace liqu::ui {

// Pixels of the printed picture, 300 dpi.
struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    bool meets(const Box& other) const {
        return x < other.x + other.width && other.x < x + width && y < other.y + other.height &&
               other.y < y + height;
    }
};

enum class FaceText : std::size_t { name, socialNumber, cardNumber, issueDate };
constexpr std::size_t faceTextCount = 4;

struct FaceLayout {
    std::string fontFamily;
    bool bold = false;
    double fontSize = 0;       // points
    double leastFontSize = 0;  // points
    Box portrait;
    Box contacts;
    // By FaceText; as high as one line of full size, the name's as high as the layout gives it.
    std::array<Box, faceTextCount> texts;
};

Result<FaceLayout> readFaceLayout(const std::filesystem::path& path, Faults* faults = nullptr);

}  // namespace liqu::ui
