#include "ui/paper/card_face.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "firmware/base/china_time.hpp"
#include "ui/paper/face_layout.hpp"
#include "ui/paper/face_writer.hpp"
#include "ui/paper/portrait.hpp"

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

class CairoCardFace final : public ports::CardFaceRenderer {
  public:
    CairoCardFace(FaceLayout layout, std::unique_ptr<FaceWriter> writer)
        : layout_(std::move(layout)),
          writer_(std::move(writer)),
          overlay_(overlayAround(layout_.contacts)) {}

    Result<void> checkText(const card::FaceItems& items) override {
        for (const Line& line : TRY(linesOf(items))) {
            TRY(requireGlyphs(line.text.reveal()));
            TRY(writer_->checkWidth(line.text.reveal(), boxOf(line.which)));
        }
        return {};
    }

    Result<void> checkPortrait(ByteView jpeg) override {
        if (jpeg.empty()) return {};
        return fitted(jpeg).map([](const Picture&) {});
    }

    Result<CardFace> render(const card::FaceItems& items) override {
        PersonalBytes rgb = TRY(colours(items));
        PersonalBytes black = TRY(text(items));
        return CardFace{std::move(rgb), std::move(black), overlay_};
    }

  private:
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

    struct Line {
        FaceText which;
        PersonalText text;
    };
    static Result<std::array<Line, faceTextCount>> linesOf(const card::FaceItems& items) {
        const std::string month = TRY(monthOf(items.issueDate));
        return std::array<Line, faceTextCount>{
            {{FaceText::name, items.printName},
             {FaceText::socialNumber, items.socialNumber},
             {FaceText::cardNumber, PersonalText(items.cardNumber)},
             {FaceText::issueDate, PersonalText(month)}}};
    }

    const Box& boxOf(FaceText which) const {
        return layout_.texts[static_cast<std::size_t>(which)];
    }

    Result<PersonalBytes> text(const card::FaceItems& items) {
        Bytes black(dots);
        for (const Line& line : TRY(linesOf(items))) {
            TRY(requireGlyphs(line.text.reveal()));
            TRY(writer_->write(line.text.reveal(), boxOf(line.which), black));
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

}  // namespace

Result<std::unique_ptr<ports::CardFaceRenderer>> makeCardFaceRenderer(
    const std::filesystem::path& layoutFile, const std::filesystem::path& fonts) {
    FaceLayout layout = TRY(readFaceLayout(layoutFile));
    auto writer = TRY(FaceWriter::create(fonts, layout));
    return std::make_unique<CairoCardFace>(std::move(layout), std::move(writer));
}

}  // namespace liqu::ui
