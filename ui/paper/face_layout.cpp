#include "ui/paper/face_layout.hpp"

#include <algorithm>

#include "firmware/base/config_file.hpp"
#include "firmware/ports/card_face_renderer.hpp"

namespace liqu::ui {
namespace {

using ports::CardFace;

constexpr double pixelsPerMillimetre = 300 / 25.4;
constexpr double pixelsPerPoint = 300 / 72.0;
constexpr std::array<std::string_view, faceTextCount> textKeys{"name", "socialNumber", "cardNumber",
                                                               "issueDate"};

Result<double> pixels(const ConfigFile& file, const std::string& key) {
    return TRY(file.real(key, 0, 100)) * pixelsPerMillimetre;
}

Result<Box> inside(const ConfigFile& file, const std::string& key, Box box) {
    if (box.x + box.width > CardFace::width || box.y + box.height > CardFace::height) {
        TRY(file.refuse(ErrorCode::configBadValue, key, "lies outside the card"));
    }
    return box;
}

Result<Box> readBox(const ConfigFile& file, const std::string& key) {
    const Box box{TRY(pixels(file, key + ".x")), TRY(pixels(file, key + ".y")),
                  TRY(pixels(file, key + ".width")), TRY(pixels(file, key + ".height"))};
    return inside(file, key, box);
}

Result<Box> readTextBox(const ConfigFile& file, const std::string& key, double lineHeight) {
    Box box{TRY(pixels(file, key + ".x")), TRY(pixels(file, key + ".y")),
            TRY(pixels(file, key + ".width")), lineHeight};
    if (key == textKeys[static_cast<std::size_t>(FaceText::name)]) {
        const double usual = lineHeight / pixelsPerMillimetre;
        const double height = TRY(file.real(key + ".height", 0, 100, usual));
        box.height = std::max(height, usual) * pixelsPerMillimetre;
    }
    return inside(file, key, box);
}

Result<void> refuseOverlaps(const ConfigFile& file, const FaceLayout& layout) {
    const auto refuse = [&](std::string_view key, std::string_view what) {
        return file.refuse(ErrorCode::configBadValue, key, what);
    };
    if (layout.portrait.meets(layout.contacts)) TRY(refuse("portrait", "lies on the contacts"));
    for (std::size_t i = 0; i < faceTextCount; ++i) {
        if (layout.texts[i].meets(layout.portrait))
            TRY(refuse(textKeys[i], "lies on the portrait"));
        if (layout.texts[i].meets(layout.contacts))
            TRY(refuse(textKeys[i], "lies on the contacts"));
        for (std::size_t other = 0; other < i; ++other) {
            if (layout.texts[i].meets(layout.texts[other])) {
                TRY(refuse(textKeys[i], "lies on another text"));
            }
        }
    }
    return {};
}

}  // namespace

Result<FaceLayout> readFaceLayout(const std::filesystem::path& path, Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    FaceLayout layout;
    layout.fontFamily = TRY(file.text("font.family"));
    layout.bold = TRY(file.oneOf("font.weight", {"regular", "bold"})) == "bold";
    layout.fontSize = TRY(file.real("font.size", 4, 24));
    layout.leastFontSize = TRY(file.real("font.leastSize", 4, layout.fontSize));
    layout.portrait = TRY(readBox(file, "portrait"));
    layout.contacts = TRY(readBox(file, "contacts"));
    for (std::size_t i = 0; i < faceTextCount; ++i) {
        const double lineHeight = layout.fontSize * pixelsPerPoint;
        layout.texts[i] = TRY(readTextBox(file, std::string(textKeys[i]), lineHeight));
    }
    TRY(file.refuseUnknownKeys());
    TRY(refuseOverlaps(file, layout));
    return layout;
}

}  // namespace liqu::ui
