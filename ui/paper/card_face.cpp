#include "ui/paper/card_face.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "firmware/base/china_time.hpp"
#include "ui/paper/face_layout.hpp"
#include "ui/paper/face_writer.hpp"
#include "ui/paper/portrait.hpp"
#include "ui/paper/sample_card.hpp"

namespace liqu::ui {
namespace {

using ports::CardFace;

constexpr std::size_t dots = std::size_t{CardFace::width} * CardFace::height;
constexpr std::uint8_t white = 0xFF;

// Varnish everywhere but on every dot the contacts touch.
std::vector<std::uint8_t> overlayAround(const Box& contacts) {
    std::vector<std::uint8_t> overlay(dots, 1);
    for (int y = static_cast<int>(contacts.y); y < std::ceil(contacts.y + contacts.height); ++y) {
        for (int x = static_cast<int>(contacts.x); x < std::ceil(contacts.x + contacts.width);
             ++x) {
            overlay[static_cast<std::size_t>(y) * CardFace::width + static_cast<std::size_t>(x)] =
                0;
        }
    }
    return overlay;
}

// "2024年5月" of "20240511": the month is what cards carry (hardware-notes/card-printer.md, "The
// face of a card").
Result<std::string> monthOf(const std::string& date) {
    if (!parseDate(date)) return fail(ErrorCode::provinceReplyMalformed, "issue date of the face");
    const std::string month = date.substr(date[4] == '0' ? 5 : 4, date[4] == '0' ? 1 : 2);
    return date.substr(0, 4) + "年" + month + "月";
}

// What the items say in this card's texts.
struct Values {
    const card::FaceItems& items;
    std::string month;

    const std::string& of(FaceItem item) const {
        switch (item) {
            case FaceItem::name:
                return items.printName.reveal();
            case FaceItem::socialNumber:
                return items.socialNumber.reveal();
            case FaceItem::cardNumber:
                return items.cardNumber;
            case FaceItem::issueDate:
                return month;
        }
        return month;
    }
    PersonalText in(const FaceText& text) const {
        std::string all;
        for (const FacePart& part : text.parts) all += part.item ? of(*part.item) : part.words;
        return PersonalText(std::move(all));
    }
};

// Below the lines and the contacts of every layout there is room for it; where a layout prints here
// as well, one lies over the other, and the mark is the larger.
const FaceText testMark{"test mark", {{"测试 TEST", std::nullopt}}, {110, 470, 900, 130}, 28, 28};

// Everything a picture's box covers, where it is dark.
void printPictures(const SideLayout& side, Bytes& black) {
    for (const FacePicture& picture : side.pictures) {
        const auto width = static_cast<std::size_t>(std::lround(picture.box.width));
        const auto left = static_cast<std::size_t>(picture.box.x);
        const auto top = static_cast<std::size_t>(picture.box.y);
        for (std::size_t i = 0; i < picture.ink.size(); ++i) {
            const std::size_t x = left + i % width;
            const std::size_t y = top + i / width;
            const bool onCard = x < CardFace::width && y < CardFace::height;
            if (onCard && picture.ink[i] != 0) black[y * CardFace::width + x] = 1;
        }
    }
}

class CairoCardFace final : public ports::CardFaceRenderer {
  public:
    CairoCardFace(FaceLayout layout, std::unique_ptr<FaceWriter> writer)
        : layout_(std::move(layout)),
          writer_(std::move(writer)),
          overlay_(overlayAround(layout_.contacts)) {}

    // Words of the layout itself, which no card changes.
    Result<void> checkWords() const {
        TRY(checkWords(layout_.front));
        return layout_.back ? checkWords(*layout_.back) : Result<void>();
    }

    Result<void> checkText(const card::FaceItems& items) override {
        const auto month = TRY(monthOf(items.issueDate));
        const Values values{items, month};
        TRY(check(layout_.front, values));
        return layout_.back ? check(*layout_.back, values) : Result<void>();
    }

    Result<void> checkPortrait(ByteView jpeg) override {
        if (jpeg.empty()) return {};
        return fitted(jpeg).map([](const Picture&) {});
    }

    Result<CardFace> render(const card::FaceItems& items) override {
        const auto month = TRY(monthOf(items.issueDate));
        const Values values{items, month};
        PersonalBytes rgb = TRY(colours(items));
        PersonalBytes black = TRY(ink(layout_.front, values));
        CardFace face{{std::move(rgb), std::move(black), overlay_}, {}};
        // In black only: ribbons for two sides have no second set of colours.
        if (layout_.back) face.back = ports::CardSide{{}, TRY(ink(*layout_.back, values)), {}};
        return face;
    }

    Result<CardFace> renderTestFace() override {
        CardFace face = TRY(render(TRY(sampleItems())));
        TRY(mark(face));
        if (face.back) TRY(mark(*face.back));
        return face;
    }

  private:
    Result<void> mark(ports::CardSide& side) {
        Bytes black = side.black.reveal();
        TRY(writer_->write(testMark.parts.front().words, testMark, black));
        side.black = PersonalBytes(std::move(black));
        return {};
    }

    Result<PersonalBytes> colours(const card::FaceItems& items) const {
        Bytes rgb(dots * 3, white);
        if (items.portraitJpeg.empty()) return PersonalBytes(std::move(rgb));
        const auto left = static_cast<std::size_t>(std::lround(layout_.portrait.x));
        const auto top = static_cast<std::size_t>(std::lround(layout_.portrait.y));
        const Picture portrait = TRY(fitted(items.portraitJpeg.reveal()));
        const std::size_t rowSize = static_cast<std::size_t>(portrait.width) * 3;
        for (std::size_t row = 0; row < static_cast<std::size_t>(portrait.height); ++row) {
            const auto from =
                portrait.rgb.reveal().begin() + static_cast<std::ptrdiff_t>(row * rowSize);
            const std::size_t to = ((top + row) * CardFace::width + left) * 3;
            std::copy_n(from, rowSize, rgb.begin() + static_cast<std::ptrdiff_t>(to));
        }
        return PersonalBytes(std::move(rgb));
    }

    Result<Picture> fitted(ByteView jpeg) const {
        return fitPortrait(jpeg, static_cast<int>(std::lround(layout_.portrait.width)),
                           static_cast<int>(std::lround(layout_.portrait.height)));
    }

    Result<void> checkWords(const SideLayout& side) const {
        for (const FaceText& text : side.texts) {
            bool fixed = true;
            for (const FacePart& part : text.parts) {
                fixed = fixed && !part.item;
                TRY(named(text, requireGlyphs(part.words)));
            }
            if (fixed) TRY(named(text, writer_->checkWidth(text.parts.front().words, text)));
        }
        return {};
    }
    static Result<void> named(const FaceText& text, const Result<void>& good) {
        if (good) return {};
        return fail(good.error().code, text.key + ": " + good.error().cause);
    }

    Result<void> check(const SideLayout& side, const Values& values) const {
        for (const FaceText& text : side.texts) {
            const PersonalText said = values.in(text);
            TRY(requireGlyphs(said.reveal()));
            TRY(writer_->checkWidth(said.reveal(), text));
        }
        return {};
    }

    Result<PersonalBytes> ink(const SideLayout& side, const Values& values) {
        Bytes black(dots);
        printPictures(side, black);
        for (const FaceText& text : side.texts) {
            const PersonalText said = values.in(text);
            TRY(requireGlyphs(said.reveal()));
            TRY(writer_->write(said.reveal(), text, black));
        }
        return PersonalBytes(std::move(black));
    }

    // How many, never which: a rare character is half a name.
    Result<void> requireGlyphs(const std::string& utf8) const {
        const std::size_t missing = writer_->missingGlyphs(utf8).size();
        if (missing == 0) return {};
        return fail(ErrorCode::glyphMissing,
                    std::to_string(missing) + " characters of the face without a glyph");
    }

    FaceLayout layout_;
    std::unique_ptr<FaceWriter> writer_;
    std::vector<std::uint8_t> overlay_;
};

// An order of a lane that was taken out of kiosk.toml since: it waits until the lane is back.
class NoFace final : public ports::CardFaceRenderer {
  public:
    Result<void> checkText(const card::FaceItems&) override { return none(); }
    Result<void> checkPortrait(ByteView) override { return none(); }
    Result<CardFace> render(const card::FaceItems&) override { return none(); }
    Result<CardFace> renderTestFace() override { return none(); }

  private:
    static tl::unexpected<Error> none() {
        return fail(ErrorCode::configBadValue, "the order's lane is not in kiosk.toml");
    }
};

// A machine whose lanes have faces of their own. Each layout is drawn by one object, however many
// lanes have it.
class FacesOfLanes final : public ports::CardFaceRenderer {
  public:
    FacesOfLanes(std::vector<std::unique_ptr<CardFaceRenderer>> faces,
                 std::vector<std::size_t> ofLanes)
        : faces_(std::move(faces)), ofLanes_(std::move(ofLanes)) {}

    Result<void> checkText(const card::FaceItems& items) override {
        auto first = faces_.front()->checkText(items);
        for (std::size_t i = 1; i < faces_.size() && !first; ++i) {
            if (faces_[i]->checkText(items)) return {};
        }
        return first;
    }
    Result<void> checkPortrait(ByteView jpeg) override { return ofLane(1).checkPortrait(jpeg); }
    Result<CardFace> render(const card::FaceItems& items) override {
        return ofLane(1).render(items);
    }
    Result<CardFace> renderTestFace() override { return ofLane(1).renderTestFace(); }
    CardFaceRenderer& ofLane(ports::LaneNumber lane) override {
        const std::size_t index = static_cast<std::size_t>(lane) - 1;
        return index < ofLanes_.size() ? *faces_[ofLanes_[index]] : none_;
    }

  private:
    NoFace none_;
    std::vector<std::unique_ptr<CardFaceRenderer>> faces_;
    std::vector<std::size_t> ofLanes_;
};

}  // namespace

Result<std::unique_ptr<ports::CardFaceRenderer>> makeCardFaceRenderer(
    const std::filesystem::path& layoutFile, const std::filesystem::path& fonts) {
    FaceLayout layout = TRY(readFaceLayout(layoutFile));
    auto writer = TRY(FaceWriter::create(fonts, layout));
    auto face = std::make_unique<CairoCardFace>(std::move(layout), std::move(writer));
    if (const auto good = face->checkWords(); !good) {
        return fail(good.error().code, layoutFile.filename().string() + ": " + good.error().cause);
    }
    return face;
}

Result<std::unique_ptr<ports::CardFaceRenderer>> makeFacesOfLanes(
    const std::vector<std::filesystem::path>& layouts, const std::filesystem::path& fonts) {
    std::vector<std::filesystem::path> known;
    std::vector<std::unique_ptr<ports::CardFaceRenderer>> faces;
    std::vector<std::size_t> ofLanes;
    for (const std::filesystem::path& layout : layouts) {
        const auto found = std::ranges::find(known, layout);
        ofLanes.push_back(static_cast<std::size_t>(found - known.begin()));
        if (found != known.end()) continue;
        known.push_back(layout);
        faces.push_back(TRY(makeCardFaceRenderer(layout, fonts)));
    }
    return std::make_unique<FacesOfLanes>(std::move(faces), std::move(ofLanes));
}

}  // namespace liqu::ui
