// liqu-screens: saves a picture of every screen, in both orientations and each language, as an X
// server shows it. For people to look at.
#include <CLI/CLI.hpp>
#include <iostream>

#include "tests/window/ui/gallery.hpp"
#include "tests/window/ui/window_fixture.hpp"
#include "ui/toolkit/dictionary.hpp"

namespace {

using namespace liqu;

struct Wish {
    std::filesystem::path folder;
    std::filesystem::path source = LIQU_SOURCE_DIR;
    std::string only;
    std::string language;
    std::string orientation;
    std::string size = "m";
    std::string contrast = "usual";
    float shortSideMm = 0;
};

std::vector<screen::Language> languagesOf(const Wish& wish) {
    if (!wish.language.empty())
        return {screen::Language::of(wish.language).value_or(screen::Language::chinese)};
    return {screen::Language::chinese, screen::Language::english,
            screen::Language::of("ug").value_or(screen::Language{})};
}

Result<int> savePictures(const Wish& wish, int width, int height, const std::string& orientation) {
    auto fixture = TRY(
        test::WindowFixture::open(width, height, wish.source, {}, "simulator", wish.shortSideMm));
    int count = 0;
    for (const auto language : languagesOf(wish)) {
        const std::string code(nameOf(language));
        for (auto& shown : test::gallery(language, fixture->clock.now())) {
            if (shown.name.find(wish.only) == std::string::npos) continue;
            // Seconds count from when it is shown, so that every picture says the same.
            if (shown.screen.frame.deadline) {
                const auto left = shown.name == "take-card-hurry" ? 9000 : 45000;
                shown.screen.frame.deadline =
                    fixture->clock.now() + std::chrono::milliseconds(left + 300);
            }
            shown.screen.frame.comfort.size = *named<screen::LetterSize>(wish.size);
            shown.screen.frame.comfort.contrast = *named<screen::Contrast>(wish.contrast);
            fixture->showAndSettle(std::move(shown.screen));
            const std::string name = shown.name + "." + orientation + "." + code + ".png";
            if (!fixture->display->savePicture(wish.folder / name)) {
                return fail(ErrorCode::fileNotWritable, name);
            }
            ++count;
        }
    }
    return count;
}

}  // namespace

int main(int argc, char** argv) {
    Wish wish;
    CLI::App app("Saves a picture of every screen of the kiosk");
    app.add_option("--out", wish.folder, "Folder for the pictures")->required();
    app.add_option("--only", wish.only, "Only screens whose name holds this");
    app.add_option("--language", wish.language, "zh-CN, en or ug; else each of them")
        ->check(CLI::IsMember({"zh-CN", "en", "ug"}));
    app.add_option("--size", wish.size, "Letters: s, m, l or xl")
        ->check(CLI::IsMember({"s", "m", "l", "xl"}));
    app.add_option("--contrast", wish.contrast, "usual, light or dark")
        ->check(CLI::IsMember({"usual", "light", "dark"}));
    app.add_option("--short-side", wish.shortSideMm, "Of the panel, in mm");
    app.add_option("--orientation", wish.orientation, "portrait or landscape")
        ->check(CLI::IsMember({"portrait", "landscape"}));
    CLI11_PARSE(app, argc, argv);
    std::filesystem::create_directories(wish.folder);
    int count = 0;
    for (const auto& [orientation, width, height] :
         {std::tuple("portrait", 1080, 1920), std::tuple("landscape", 1920, 1080)}) {
        if (!wish.orientation.empty() && wish.orientation != orientation) continue;
        const auto saved = savePictures(wish, width, height, orientation);
        if (!saved) {
            std::cerr << describe(saved.error()) << "\n";
            return 1;
        }
        count += *saved;
    }
    std::cout << count << " pictures in " << wish.folder.string() << "\n";
    return 0;
}
