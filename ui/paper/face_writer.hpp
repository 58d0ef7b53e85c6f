// Black text of a card face: Pango with the kiosk's private fonts, hard edges for a thermal head
// that knows no grey. Called from one thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"
#include "ui/paper/face_layout.hpp"

namespace liqu::ui {

class FaceWriter {
  public:
    // fontMissing: the font file list gives no such family. configNotReadable: no such file.
    static Result<std::unique_ptr<FaceWriter>> create(const std::filesystem::path& fonts,
                                                      const FaceLayout& layout);
    ~FaceWriter();

    // Code points no font has, each once. Private-use code points count as missing: what a font
    // draws there is its own affair.
    std::vector<char32_t> missingGlyphs(std::string_view utf8) const;
    // faceTextDoesNotFit: even at the least size, in two lines where the box has room for them.
    Result<void> checkWidth(const std::string& utf8, const FaceText& place) const;
    // Sets mask bytes (CardFace::width x height, 0 or 1) to 1 where the text's ink falls; fails as
    // checkWidth does.
    Result<void> write(const std::string& utf8, const FaceText& place, Bytes& mask);

  private:
    struct Fonts;
    struct Setting {
        double points;
        std::vector<PersonalText> lines;
    };
    struct Halves {
        PersonalText first;
        PersonalText second;
        double width = 0;  // of the wider one, pixels
    };
    Result<Setting> settle(const std::string& utf8, const FaceText& place) const;
    std::optional<Halves> bestHalves(const std::string& utf8, double points) const;
    double widthOf(const std::string& utf8, double points) const;
    void draw(const std::string& utf8, double points, double x, double baseline);

    explicit FaceWriter(std::unique_ptr<Fonts> fonts);
    std::unique_ptr<Fonts> fonts_;
};

}  // namespace liqu::ui
