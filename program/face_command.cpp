// `liqu face`: a layout as a picture, with the made-up items of a card of nobody.
#include <cstdio>

#include "firmware/base/whole_file.hpp"
#include "program/commands.hpp"
#include "program/console.hpp"
#include "ui/paper/card_face.hpp"
#include "ui/paper/face_ink.hpp"
#include "ui/paper/face_layout.hpp"
#include "ui/paper/sample_card.hpp"

namespace liqu::program {
namespace {

namespace files = std::filesystem;

Result<files::path> fontsOf(const FaceOptions& options) {
    if (!options.fonts.empty()) return options.fonts;
    const files::path beside = options.layout.parent_path().parent_path() / "fonts" / "fonts.conf";
    std::error_code error;
    if (files::exists(beside, error)) return beside;
    return fail(ErrorCode::configNotReadable,
                "there is no " + beside.string() + "; --fonts says which file lists the fonts");
}

files::path backOf(const FaceOptions& options) {
    if (!options.backOut.empty()) return options.backOut;
    files::path back = options.out;
    back.replace_filename(options.out.stem().string() + "-back" + options.out.extension().string());
    return back;
}

Result<void> write(const files::path& file, const ports::CardSide& side) {
    TRY(writeWholeFile(file, ui::pngOf(side)));
    std::printf("%s\n", file.c_str());
    return {};
}

Result<void> draw(const FaceOptions& options) {
    // Told before anything about fonts.
    TRY(ui::readFaceLayout(options.layout));
    const files::path fonts = TRY(fontsOf(options));
    const auto renderer = TRY(ui::makeCardFaceRenderer(options.layout, fonts));
    const card::FaceItems items = TRY(ui::sampleItems());
    const ports::CardFace face = TRY(renderer->render(items));
    if (!face.back && !options.backOut.empty()) {
        return fail(ErrorCode::configBadValue,
                    options.layout.filename().string() + ": back: there is none");
    }
    TRY(write(options.out, face));
    return face.back ? write(backOf(options), *face.back) : Result<void>();
}

}  // namespace

int runFace(const FaceOptions& options) {
    const auto drawn = draw(options);
    return drawn ? 0 : say(drawn.error());
}

}  // namespace liqu::program
