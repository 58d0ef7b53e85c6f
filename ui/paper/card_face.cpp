#include "ui/paper/card_face.hpp"

#include <algorithm>
#include <cmath>

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

// "2024年5月" of "20240511": the month is what cards carry (research ss_card_chip §4.7).
Result<std::string> monthOf(const std::string& date) {
    const bool digits = date.size() == 8 && std::all_of(date.begin(), date.end(), [](char c) {
                            return c >= '0' && c <= '9';
                        });
    if (!digits) return fail(ErrorCode::provinceReplyMalformed, "issue date of the face");
    const std::string month = date.substr(date[4] == '0' ? 5 : 4, date[4] == '0' ? 1 : 2);
    return date.substr(0, 4) + "年" + month + "月";
}

class CairoCardFace final : public ports::CardFaceRenderer {
  public:
    CairoCardFace(FaceLayout layout, std::unique_ptr<FaceWriter> writer)
        : layout_(std::move(layout)),
          writer_(std::move(writer)),
          overlay_(overlayAround(layout_.contacts)) {}

    std::vector<char32_t> missingGlyphs(std::string_view utf8) override {
        return writer_->missingGlyphs(utf8);
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
        const Picture portrait = TRY(fitPortrait(
            items.portraitJpeg.reveal(), static_cast<int>(std::lround(layout_.portrait.width)),
            static_cast<int>(std::lround(layout_.portrait.height))));
        const std::size_t rowSize = static_cast<std::size_t>(portrait.width) * 3;
        for (std::size_t row = 0; row < static_cast<std::size_t>(portrait.height); ++row) {
            const auto from =
                portrait.rgb.reveal().begin() + static_cast<std::ptrdiff_t>(row * rowSize);
            const std::size_t to = ((top + row) * CardFace::width + left) * 3;
            std::copy_n(from, rowSize, rgb.begin() + static_cast<std::ptrdiff_t>(to));
        }
        return PersonalBytes(std::move(rgb));
    }

    Result<PersonalBytes> text(const card::FaceItems& items) {
        Bytes black(dots);
        TRY(write(FaceText::name, items.name.reveal(), black));
        TRY(write(FaceText::socialNumber, items.socialNumber.reveal(), black));
        TRY(write(FaceText::cardNumber, items.cardNumber, black));
        const std::string month = TRY(monthOf(items.issueDate));
        TRY(write(FaceText::issueDate, month, black));
        return PersonalBytes(std::move(black));
    }

    Result<void> write(FaceText which, const std::string& utf8, Bytes& black) {
        if (!missingGlyphs(utf8).empty()) {
            return fail(ErrorCode::glyphMissing, "a character of the face");
        }
        return writer_->write(utf8, layout_.texts[static_cast<std::size_t>(which)], black);
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
