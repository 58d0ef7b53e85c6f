// Golden pictures: pages as they were looked at and found good, pixel for pixel, small. Letters are
// drawn alike only by the same libraries and fonts, so they are judged where these are the ones of
// golden/versions.txt; elsewhere geometry, contrast and truth are judged, not pixels.
//
// With LIQU_NEW_GOLDEN set the pictures are written anew, and the test fails: somebody has to look.
#include <array>
#include <cairo.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>

#include "tests/support/scratch.hpp"
#include "tests/window/ui/gallery.hpp"
#include "tests/window/ui/window_fixture.hpp"

namespace {

using namespace liqu;
using namespace std::chrono_literals;
namespace files = std::filesystem;

const files::path golden = LIQU_SOURCE_DIR "/tests/window/ui/golden";

constexpr int width = 360;
constexpr int height = 640;

struct Wanted {
    const char* page;
    const char* language = "zh-CN";
    screen::LetterSize size = screen::LetterSize::medium;
    screen::Contrast contrast = screen::Contrast::usual;
};
constexpr std::array wanted = {
    Wanted{"welcome"},
    Wanted{"welcome", "ug"},
    Wanted{"welcome", "zh-CN", screen::LetterSize::largest},
    Wanted{"welcome", "en", screen::LetterSize::medium, screen::Contrast::dark},
    Wanted{"out-of-service"},
    Wanted{"choose-service", "ug", screen::LetterSize::large},
    Wanted{"lay-down-id-card"},
    Wanted{"is-this-you", "zh-CN", screen::LetterSize::large, screen::Contrast::light},
    Wanted{"item-phone", "en"},
    Wanted{"fee-code"},
    Wanted{"replacement-agree"},
    Wanted{"take-card"},
    Wanted{"take-id-card", "ug"},
    Wanted{"problem-with-card", "en", screen::LetterSize::large},
    Wanted{"staff-today"},
    Wanted{"staff-menu"},
};

std::string nameOfPicture(const Wanted& one) {
    return std::string(one.page) + "." + one.language + "." + std::string(nameOf(one.size)) + "." +
           std::string(nameOf(one.contrast)) + ".png";
}

// What letters and shapes are drawn by, as Debian has them installed.
std::string versionsHere() {
    const char* command =
        "dpkg-query -W -f '${Package} ${Version}\\n' fonts-noto-cjk fonts-noto-core libcairo2 "
        "libfontconfig1 libfreetype6 libharfbuzz0b libimgui-dev libpango-1.0-0 libpixman-1-0 "
        "librsvg2-2 'libsdl2-2.0-0' 2>&1";
    const std::unique_ptr<FILE, int (*)(FILE*)> out(::popen(command, "r"), ::pclose);
    std::string versions;
    std::array<char, 256> line{};
    while (out && std::fgets(line.data(), line.size(), out.get()) != nullptr)
        versions += line.data();
    return versions;
}

std::string contentOf(const files::path& file) {
    std::ifstream in(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

// Rows of four bytes a pixel; empty where there is no such picture. The fourth means nothing.
std::string pixelsOf(const files::path& file) {
    const std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface(
        cairo_image_surface_create_from_png(file.c_str()), cairo_surface_destroy);
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return {};
    const auto rows = static_cast<std::size_t>(cairo_image_surface_get_height(surface.get()));
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
    std::string pixels(rows * stride, '\0');
    std::memcpy(pixels.data(), cairo_image_surface_get_data(surface.get()), pixels.size());
    for (std::size_t at = 3; at < pixels.size(); at += 4) pixels[at] = 0;
    return pixels;
}

void draw(test::WindowFixture& fixture, const Wanted& one, const files::path& file) {
    const auto language = screen::Language::of(one.language);
    REQUIRE(language);
    for (auto& shown : test::gallery(*language, fixture.clock.now() + 600s)) {
        if (shown.name != one.page) continue;
        shown.screen.frame.comfort.size = one.size;
        shown.screen.frame.comfort.contrast = one.contrast;
        fixture.showAndSettle(std::move(shown.screen));
        REQUIRE(fixture.display->savePicture(file));
        return;
    }
    FAIL("no such page");
}

}  // namespace

TEST_CASE("pages look as they did when they were found good") {
    const bool anew = std::getenv("LIQU_NEW_GOLDEN") != nullptr;
    const std::string here = versionsHere();
    if (anew) {
        files::create_directories(golden);
        std::ofstream(golden / "versions.txt") << here;
    }
    if (here != contentOf(golden / "versions.txt")) {
        MESSAGE("not judged: drawn by other versions than golden/versions.txt has");
        return;
    }
    auto fixture = test::WindowFixture::open(width, height, LIQU_SOURCE_DIR);
    REQUIRE(fixture);
    (*fixture)->clock.stop();  // seconds stand on some
    const test::Scratch scratch;
    for (const Wanted& one : wanted) {
        const std::string name = nameOfPicture(one);
        CAPTURE(name);
        const files::path now = (anew ? golden : scratch.folder()) / name;
        draw(**fixture, one, now);
        const std::string pixels = pixelsOf(now);
        CHECK(pixels.size() == std::size_t{width} * height * 4);
        if (pixels == pixelsOf(golden / name)) continue;
        files::copy_file(now, files::current_path() / name,
                         files::copy_options::overwrite_existing);
        CHECK_MESSAGE(false,
                      "differs from golden/; now: ", (files::current_path() / name).string());
    }
    CHECK_FALSE_MESSAGE(anew, "look at them, then run again");
}

TEST_CASE("another language, another size and another contrast are other pictures") {
    std::set<std::string> pictures;
    for (const Wanted& one : wanted) pictures.insert(pixelsOf(golden / nameOfPicture(one)));
    CHECK(pictures.size() == wanted.size());
    CHECK_FALSE(pictures.contains(""));
}
