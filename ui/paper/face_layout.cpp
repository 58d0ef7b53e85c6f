#include "ui/paper/face_layout.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "firmware/ports/card_face_renderer.hpp"
#include "ui/paper/face_ink.hpp"

namespace liqu::ui {
namespace {

using ports::CardFace;

constexpr double pixelsPerMillimetre = 300 / 25.4;
constexpr double pixelsPerPoint = 300 / 72.0;
constexpr double leastPoints = 4;
constexpr double mostPoints = 24;

struct Font {
    double size = 0;
    double leastSize = 0;
};

class LayoutReader {
  public:
    LayoutReader(const ConfigFile& file, std::filesystem::path folder)
        : file_(file), folder_(std::move(folder)) {}

    Result<FaceLayout> read() {
        FaceLayout layout;
        layout.fontFamily = TRY(file_.text("font.family"));
        layout.bold = TRY(file_.oneOf("font.weight", {"regular", "bold"})) == "bold";
        usual_.size = TRY(file_.real("font.size", leastPoints, mostPoints));
        usual_.leastSize = TRY(file_.real("font.leastSize", leastPoints, usual_.size));
        layout.portrait = TRY(box("portrait"));
        layout.contacts = TRY(box("contacts"));
        layout.front = TRY(side(""));
        if (file_.has("back")) layout.back = TRY(side("back."));
        TRY(file_.refuseUnknownKeys());
        TRY(refuseOverlaps(layout));
        TRY(requireName(layout));
        return layout;
    }

  private:
    Result<SideLayout> side(const std::string& table) const {
        SideLayout side;
        for (std::size_t i = 0; i < file_.count(table + "text"); ++i) {
            side.texts.push_back(TRY(text(table + "text[" + std::to_string(i) + "]")));
        }
        for (std::size_t i = 0; i < file_.count(table + "picture"); ++i) {
            side.pictures.push_back(TRY(picture(table + "picture[" + std::to_string(i) + "]")));
        }
        return side;
    }

    Result<double> pixels(const std::string& key) const {
        return TRY(file_.real(key, 0, 100)) * pixelsPerMillimetre;
    }

    Result<Box> inside(const std::string& key, Box box) const {
        if (box.x + box.width > CardFace::width || box.y + box.height > CardFace::height) {
            TRY(file_.refuse(ErrorCode::configBadValue, key, "lies outside the card"));
        }
        return box;
    }

    Result<Box> box(const std::string& key) const {
        return inside(key, {TRY(pixels(key + ".x")), TRY(pixels(key + ".y")),
                            TRY(pixels(key + ".width")), TRY(pixels(key + ".height"))});
    }

    Result<FaceText> text(const std::string& key) const {
        FaceText text;
        text.key = key;
        text.parts = TRY(parts(key + ".text"));
        text.size = TRY(file_.real(key + ".size", leastPoints, mostPoints, usual_.size));
        text.leastSize = TRY(file_.real(key + ".leastSize", leastPoints, text.size,
                                        std::min(usual_.leastSize, text.size)));
        const double line = text.size * pixelsPerPoint;
        const double usual = line / pixelsPerMillimetre;
        const double height = TRY(file_.real(key + ".height", 0, 100, usual));
        text.box = TRY(inside(
            key, {TRY(pixels(key + ".x")), TRY(pixels(key + ".y")), TRY(pixels(key + ".width")),
                  std::max(height * pixelsPerMillimetre, line)}));
        return text;
    }

    // "卡号 {cardNumber}": words and items in turn.
    Result<std::vector<FacePart>> parts(const std::string& key) const {
        std::vector<FacePart> parts;
        const std::string said = TRY(file_.text(key));
        if (said.empty()) TRY(file_.refuse(ErrorCode::configBadValue, key, "says nothing"));
        for (std::size_t at = 0; at < said.size();) {
            const std::size_t begin = std::min(said.find('{', at), said.size());
            if (begin > at) parts.push_back({said.substr(at, begin - at), std::nullopt});
            if (begin == said.size()) break;
            const std::size_t end = std::min(said.find('}', begin), said.size());
            const bool closed = end < said.size();
            const auto item =
                named<FaceItem>(closed ? said.substr(begin + 1, end - begin - 1) : std::string());
            if (!item) {
                TRY(file_.refuse(ErrorCode::configBadValue, key,
                                 "names no item that there is: {name}, {socialNumber}, "
                                 "{cardNumber}, {issueDate}"));
            }
            parts.push_back({{}, item.value_or(FaceItem::name)});
            at = end + 1;
        }
        return parts;
    }

    Result<FacePicture> picture(const std::string& key) const {
        FacePicture picture;
        picture.box = TRY(box(key));
        const std::string name = TRY(file_.text(key + ".file"));
        if (name.empty() || name.find('/') != std::string::npos) {
            TRY(file_.refuse(ErrorCode::configBadValue, key + ".file",
                             "must be the name of a PNG beside this file"));
            return picture;
        }
        auto ink = readInk(folder_ / name, static_cast<int>(std::lround(picture.box.width)),
                           static_cast<int>(std::lround(picture.box.height)));
        if (!ink) {
            TRY(file_.refuse(ErrorCode::configBadValue, key + ".file", ink.error().cause));
            return picture;
        }
        picture.ink = std::move(*ink);
        return picture;
    }

    // What is on a side, by its key.
    using Placed = std::vector<std::pair<std::string, Box>>;
    static Placed placedOn(const SideLayout& side, const std::string& table) {
        Placed placed;
        for (const FaceText& text : side.texts) placed.emplace_back(text.key, text.box);
        for (std::size_t i = 0; i < side.pictures.size(); ++i) {
            placed.emplace_back(table + "picture[" + std::to_string(i) + "]", side.pictures[i].box);
        }
        return placed;
    }

    Result<void> refuseOverlaps(const FaceLayout& layout) const {
        Placed front = {{"contacts", layout.contacts}, {"portrait", layout.portrait}};
        const Placed more = placedOn(layout.front, "");
        front.insert(front.end(), more.begin(), more.end());
        TRY(refuseOverlaps(front));
        return layout.back ? refuseOverlaps(placedOn(*layout.back, "back.")) : Result<void>();
    }
    Result<void> refuseOverlaps(const Placed& placed) const {
        for (std::size_t i = 0; i < placed.size(); ++i) {
            for (std::size_t other = 0; other < i; ++other) {
                if (!placed[i].second.meets(placed[other].second)) continue;
                TRY(file_.refuse(ErrorCode::configBadValue, placed[i].first,
                                 "lies on " + placed[other].first));
            }
        }
        return {};
    }

    // A card that names nobody is anybody's.
    Result<void> requireName(const FaceLayout& layout) const {
        const auto hasName = [](const SideLayout& side) {
            return std::ranges::any_of(side.texts, [](const FaceText& text) {
                return std::ranges::any_of(
                    text.parts, [](const FacePart& part) { return part.item == FaceItem::name; });
            });
        };
        if (hasName(layout.front) || (layout.back && hasName(*layout.back))) return {};
        return file_.refuse(ErrorCode::configMissingKey, "text", "no text says {name}");
    }

    const ConfigFile& file_;
    std::filesystem::path folder_;
    Font usual_;
};

}  // namespace

Result<FaceLayout> readFaceLayout(const std::filesystem::path& path, Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    return LayoutReader(file, path.parent_path()).read();
}

}  // namespace liqu::ui
