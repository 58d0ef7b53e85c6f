#include "tests/power_cut/twins.hpp"

#include <map>
#include <string>

#include "tests/world/card_printer/panel_codec.hpp"
#include "tests/world/province/portrait.hpp"
#include "ui/paper/portrait.hpp"

namespace liqu::proof {
namespace {

using ports::CardFace;
using ports::PreparedFace;

// The stamp: eight rows of eight squares of ink, from the corner of the portrait's place.
constexpr std::size_t squares = 8;
constexpr std::size_t side = 24;
constexpr std::size_t stampLeft = 740;
constexpr std::size_t stampTop = 40;
// The frame of the shipped layout, in dots.
constexpr int portraitWidth = 236;
constexpr int portraitHeight = 295;

using Stamp = std::uint64_t;

// A lost end marker takes nothing from the picture.
ByteView withoutEndMarker(ByteView jpeg) {
    const std::size_t size = jpeg.size();
    const bool ends = size >= 2 && jpeg[size - 2] == 0xFF && jpeg[size - 1] == 0xD9;
    return ends ? jpeg.first(size - 2) : jpeg;
}

Stamp stampOf(ByteView jpeg) {
    const ByteView portrait = withoutEndMarker(jpeg);
    return world::lookSeed(
        std::string_view(reinterpret_cast<const char*>(portrait.data()), portrait.size()));
}

bool isInked(Stamp stamp, std::size_t row, std::size_t column) {
    return (stamp >> (row * squares + column) & 1) != 0;
}

// By the renderer's own rules, once for each picture: a proof that draws what is no picture would
// print what the product refuses.
Result<void> requirePicture(ByteView jpeg) {
    static std::map<Stamp, Result<void>> known;
    const Stamp stamp = stampOf(jpeg);
    const auto found = known.find(stamp);
    if (found != known.end()) return found->second;
    const Result<void> drawn =
        ui::fitPortrait(jpeg, portraitWidth, portraitHeight).map([](const ui::Picture&) {});
    return known.emplace(stamp, drawn).first->second;
}

class TwinRenderer final : public ports::CardFaceRenderer {
  public:
    Result<void> checkText(const card::FaceItems&) override { return {}; }
    Result<void> checkPortrait(ByteView jpeg) override {
        return jpeg.empty() ? Result<void>() : requirePicture(jpeg);
    }
    // The stamp alone, in its eight bytes; PreparingOnce draws it where it is new.
    Result<CardFace> render(const card::FaceItems& items) override {
        TRY(checkPortrait(items.portraitJpeg.reveal()));
        const Stamp stamp = stampOf(items.portraitJpeg.reveal());
        Bytes bytes;
        for (int shift = 0; shift < 64; shift += 8) {
            bytes.push_back(static_cast<std::uint8_t>(stamp >> shift));
        }
        CardFace face;
        face.rgb = PersonalBytes(std::move(bytes));
        return face;
    }
    Result<CardFace> renderTestFace() override { return render({}); }
};

Stamp stampIn(const CardFace& face) {
    const Bytes& bytes = face.rgb.reveal();
    Stamp stamp = 0;
    for (std::size_t i = 0; i < bytes.size() && i < 8; ++i) stamp |= Stamp{bytes[i]} << (8 * i);
    return stamp;
}

class SharedFace final : public PreparedFace {
  public:
    explicit SharedFace(const PreparedFace& face) : face_(face) {}
    const PreparedFace& face() const { return face_; }
    std::uint32_t panels() const override { return face_.panels(); }

  private:
    const PreparedFace& face_;
};

// A white card but for the stamp.
CardFace stampedFace(Stamp stamp) {
    constexpr std::size_t dots = std::size_t{CardFace::width} * CardFace::height;
    Bytes rgb(dots * 3, 255);
    for (std::size_t y = 0; y < squares * side; ++y) {
        for (std::size_t x = 0; x < squares * side; ++x) {
            if (!isInked(stamp, y / side, x / side)) continue;
            const std::size_t dot = (stampTop + y) * CardFace::width + stampLeft + x;
            for (std::size_t channel = 0; channel < 3; ++channel) rgb[dot * 3 + channel] = 0;
        }
    }
    CardFace face;
    face.rgb = PersonalBytes(std::move(rgb));
    face.black = PersonalBytes(Bytes(dots, 0));
    face.overlay.assign(dots, 1);
    return face;
}

// From the yellow panel alone: the face went in turned a quarter clockwise.
std::optional<Stamp> printedStamp(const world::PlasticCard& card) {
    const auto yellow = card.panels.find('y');
    if (yellow == card.panels.end() || yellow->second.packed == nullptr) return std::nullopt;
    const int bits = yellow->second.bits;
    const Bytes dots = world::unpackSamples(*yellow->second.packed, bits);
    Stamp stamp = 0;
    for (std::size_t row = 0; row < squares; ++row) {
        for (std::size_t column = 0; column < squares; ++column) {
            const std::size_t x = stampLeft + column * side + side / 2;
            const std::size_t y = stampTop + row * side + side / 2;
            const std::size_t at = x * world::panelWidth + (world::panelWidth - 1 - y);
            const bool inked = dots[at] > ((1 << bits) - 1) / 2;
            stamp |= Stamp{inked} << (row * squares + column);
        }
    }
    return stamp;
}

// Drawing a portrait takes longer than a visit.
Stamp stampOf(const world::Person& person, WallTime now) {
    static std::map<std::string, Stamp> known;
    const world::Look look = world::lookOf(person, now);
    const std::string key =
        std::to_string(look.seed) + " " + std::to_string(look.age) + (look.longHair ? " long" : "");
    const auto found = known.find(key);
    if (found != known.end()) return found->second;
    return known[key] = stampOf(world::portraitJpeg(look));
}

}  // namespace

std::unique_ptr<ports::CardFaceRenderer> makeTwinRenderer() {
    return std::make_unique<TwinRenderer>();
}

bool stampIsOf(const world::PlasticCard& card, const world::Person& person, WallTime now) {
    // One unpacking for all cards with this panel.
    static std::map<std::string, Stamp> known;
    const auto yellow = card.panels.find('y');
    if (yellow == card.panels.end()) return false;
    const std::string& digest = yellow->second.sha256;
    if (!known.contains(digest)) {
        const auto stamp = printedStamp(card);
        if (!stamp) return false;
        known[digest] = *stamp;
    }
    return known[digest] == stampOf(person, now);
}

Result<std::unique_ptr<PreparedFace>> PreparingOnce::prepare(const CardFace& face) {
    // The driver's own panels: bytes alone, so any driver object prints them.
    static std::map<Stamp, std::unique_ptr<PreparedFace>> prepared;
    static Stamp first = stampIn(face);
    const Stamp stamp = faces_ == Faces::ofTheFirst ? first : stampIn(face);
    auto& known = prepared[stamp];
    if (known == nullptr) known = TRY(real_.prepare(stampedFace(stamp)));
    return std::make_unique<SharedFace>(*known);
}

Result<void> PreparingOnce::print(const PreparedFace& face,
                                  const std::function<void(ports::PrintProgress)>& onProgress) {
    return real_.print(static_cast<const SharedFace&>(face).face(), onProgress);
}

}  // namespace liqu::proof
