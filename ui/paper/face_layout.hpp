// Where things stand on the two sides of a card: a file of kiosk-config/card-faces/
// (docs/adding-a-card-face.md). Read once at start, where a layout that prints on the contacts or
// one thing on another is refused.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/config_file.hpp"
#include "firmware/base/words.hpp"

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

// What a layout can print of a card and its holder; in its texts as "{name}".
enum class FaceItem : std::uint8_t { name, socialNumber, cardNumber, issueDate };
constexpr auto wordsOf(FaceItem) {
    return words<FaceItem>({{FaceItem::name, "name"},
                            {FaceItem::socialNumber, "socialNumber"},
                            {FaceItem::cardNumber, "cardNumber"},
                            {FaceItem::issueDate, "issueDate"}});
}

// Words of the layout, or an item.
struct FacePart {
    std::string words;
    std::optional<FaceItem> item;
};

struct FaceText {
    std::string key;              // "text[2]", for who has to mend it
    std::vector<FacePart> parts;  // "卡号 {cardNumber}" has two
    Box box;                      // one line of full size high, or as high as the layout gives it
    double size = 0;              // points
    double leastSize = 0;         // points
};

// One colour: where the picture is dark there is ink.
struct FacePicture {
    Box box;
    Bytes ink;  // of whole pixels of the box, 0 or 1
};

struct SideLayout {
    std::vector<FaceText> texts;
    std::vector<FacePicture> pictures;
};

struct FaceLayout {
    std::string fontFamily;
    bool bold = false;
    Box portrait;
    Box contacts;
    SideLayout front;
    std::optional<SideLayout> back;
};

Result<FaceLayout> readFaceLayout(const std::filesystem::path& path, Faults* faults = nullptr);

}  // namespace liqu::ui
