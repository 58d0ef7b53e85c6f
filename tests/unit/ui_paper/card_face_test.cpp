// Rules: A-15, I-08.
#include "ui/paper/card_face.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>

#include "firmware/ports/photo_decoder.hpp"
#include "tests/unit/ui_paper/drawn_portrait.hpp"

using namespace liqu;
using ports::CardFace;

namespace {

const std::filesystem::path root = LIQU_SOURCE_DIR;
const std::filesystem::path layoutFile = root / "kiosk-config/card-faces/third-generation.toml";
const std::filesystem::path fontsFile = root / "kiosk-config/fonts/fonts.conf";

std::unique_ptr<ports::CardFaceRenderer> renderer() {
    auto made = ui::makeCardFaceRenderer(layoutFile, fontsFile);
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error())));
    return std::move(made).value();
}

card::FaceItems items(std::string name = "测试样例") {
    return card::FaceItems{PersonalText(std::move(name)), PersonalText("110000198503120015"),
                           "A1234567X", "20240511", PersonalBytes(test::drawnPortrait(358, 441))};
}

CardFace faceOf(const card::FaceItems& of) {
    auto face = renderer()->render(of);
    REQUIRE_MESSAGE(face.has_value(), (face ? "" : describe(face.error())));
    return std::move(face).value();
}

int dotsOf(double millimetres) {
    return static_cast<int>(millimetres * 300 / 25.4 + 0.5);
}
std::size_t at(int x, int y) {
    return static_cast<std::size_t>(y * CardFace::width + x);
}

// Smallest box around the dots that `set` says, in a part of the face.
struct Extent {
    int left = CardFace::width, top = CardFace::height, right = -1, bottom = -1;
    bool empty() const { return right < 0; }
};
template <typename Set>
Extent extentOf(int left, int top, int right, int bottom, Set set) {
    Extent extent;
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            if (!set(x, y)) continue;
            extent.left = std::min(extent.left, x);
            extent.right = std::max(extent.right, x);
            extent.top = std::min(extent.top, y);
            extent.bottom = std::max(extent.bottom, y);
        }
    }
    return extent;
}
Extent inkBetween(const CardFace& face, double top, double bottom) {
    return extentOf(0, dotsOf(top), CardFace::width, dotsOf(bottom),
                    [&](int x, int y) { return face.black.reveal()[at(x, y)] == 1; });
}
bool isWhite(const CardFace& face, int x, int y) {
    const auto& rgb = face.rgb.reveal();
    const std::size_t first = at(x, y) * 3;
    return rgb[first] == 255 && rgb[first + 1] == 255 && rgb[first + 2] == 255;
}

}  // namespace

TEST_CASE("the face has the size of the port, and a mask of nothing but 0 and 1") {
    const CardFace face = faceOf(items());
    const std::size_t dots = std::size_t{1016} * 648;
    CHECK(face.rgb.reveal().size() == dots * 3);
    REQUIRE(face.black.reveal().size() == dots);
    REQUIRE(face.overlay.size() == dots);
    for (const auto dot : face.black.reveal()) REQUIRE(dot <= 1);
}

TEST_CASE("each text stands in its own line, 28 mm from the left") {
    const CardFace face = faceOf(items());
    for (const double top : {14.5, 19.0, 23.5, 28.0}) {
        CAPTURE(top);
        // 8 points are 2.82 mm; digits and Han stay within the square of their line.
        const Extent ink = inkBetween(face, top - 0.4, top + 3.6);
        REQUIRE_FALSE(ink.empty());
        CHECK(ink.left >= dotsOf(28.0));
        CHECK(ink.left <= dotsOf(28.6));
        CHECK(ink.right < dotsOf(61.0));
        CHECK(ink.top >= dotsOf(top) - 2);
        CHECK(ink.bottom <= dotsOf(top + 3.0));
    }
    CHECK(inkBetween(face, 0, 14.0).empty());
    CHECK(inkBetween(face, 31.5, 54.8).empty());
}

TEST_CASE("the portrait fills its frame, keeps its proportion, and nothing else is coloured") {
    const CardFace face = faceOf(items());
    const auto coloured = [&](int x, int y) { return !isWhite(face, x, y); };
    const Extent frame = extentOf(0, 0, CardFace::width, CardFace::height, coloured);
    CHECK(frame.left == dotsOf(61.6));
    CHECK(frame.top == dotsOf(3.0));
    CHECK(frame.right - frame.left + 1 == dotsOf(20.0));
    CHECK(frame.bottom - frame.top + 1 == dotsOf(25.0));

    // The round red mark of the drawn portrait.
    const auto red = [&](int x, int y) {
        const auto& rgb = face.rgb.reveal();
        const std::size_t first = at(x, y) * 3;
        return rgb[first] > 150 && rgb[first + 1] < 100 && rgb[first + 2] < 100;
    };
    const Extent mark = extentOf(0, 0, CardFace::width, CardFace::height, red);
    REQUIRE_FALSE(mark.empty());
    CHECK(std::abs((mark.right - mark.left) - (mark.bottom - mark.top)) <= 1);
}

TEST_CASE("a wider and a taller portrait are cropped, not squeezed") {
    for (const auto& [width, height] : {std::pair{480, 480}, std::pair{360, 540}}) {
        CAPTURE(width);
        auto of = items();
        of.portraitJpeg = PersonalBytes(test::drawnPortrait(width, height));
        const CardFace face = faceOf(of);
        const auto red = [&](int x, int y) {
            const auto& rgb = face.rgb.reveal();
            const std::size_t first = at(x, y) * 3;
            return rgb[first] > 150 && rgb[first + 1] < 100 && rgb[first + 2] < 100;
        };
        const Extent mark = extentOf(0, 0, CardFace::width, CardFace::height, red);
        REQUIRE_FALSE(mark.empty());
        CHECK(std::abs((mark.right - mark.left) - (mark.bottom - mark.top)) <= 1);
    }
}

TEST_CASE("the face of a test card is marked from side to side, and bears nobody's data") {
    const auto test = renderer()->renderTestFace();
    REQUIRE(test);
    const CardFace real = faceOf(items());
    const auto markOn = [](const CardFace& face) {
        return extentOf(0, 470, CardFace::width, CardFace::height,
                        [&face](int x, int y) { return face.black.reveal()[at(x, y)] != 0; });
    };
    CHECK(markOn(real).empty());
    REQUIRE_FALSE(markOn(*test).empty());
    CHECK(markOn(*test).right - markOn(*test).left > CardFace::width / 3);
    CHECK(markOn(*test).bottom < CardFace::height - 1);
    CHECK(test->overlay == real.overlay);
    // Twice the same.
    CHECK(renderer()->renderTestFace()->black.reveal() == test->black.reveal());
}

TEST_CASE("the chip's contacts stay free of ink and varnish, everything else is varnished") {
    const CardFace face = faceOf(items());
    // ISO/IEC 7816-2: contacts between 10.25 and 19.87 mm, 19.23 and 28.55 mm.
    for (int y = dotsOf(19.23); y <= dotsOf(28.55); ++y) {
        for (int x = dotsOf(10.25); x <= dotsOf(19.87); ++x) {
            REQUIRE(face.overlay[at(x, y)] == 0);
            REQUIRE(face.black.reveal()[at(x, y)] == 0);
            REQUIRE(isWhite(face, x, y));
        }
    }
    const auto bare = static_cast<double>(std::count(face.overlay.begin(), face.overlay.end(), 0));
    CHECK(bare / (300 / 25.4) / (300 / 25.4) == doctest::Approx(13.2 * 12.0).epsilon(0.02));
}

TEST_CASE("equal input gives equal dots, another name gives others") {
    const auto one = renderer();
    const CardFace first = one->render(items()).value();
    const CardFace second = one->render(items("另一个人")).value();
    const CardFace third = one->render(items()).value();
    const CardFace fourth = faceOf(items());
    CHECK(first.black == third.black);
    CHECK(first.rgb == third.rgb);
    CHECK(first.black == fourth.black);
    CHECK(first.rgb == fourth.rgb);
    CHECK_FALSE(first.black == second.black);
}

TEST_CASE("a long name is set smaller, a longer one is refused") {
    const Extent ordinary = inkBetween(faceOf(items("阿卜杜")), 14.1, 18.1);
    std::string name;
    for (int i = 0; i < 15; ++i) name += "测";
    const Extent small = inkBetween(faceOf(items(name)), 14.1, 18.1);
    CHECK(small.right < dotsOf(28.0 + 33.0));
    CHECK(small.bottom - small.top < ordinary.bottom - ordinary.top);
    // Both stand on one line.
    CHECK(std::abs(small.bottom - ordinary.bottom) <= 3);

    // Two lines of fifteen, and one more.
    for (int i = 0; i < 15; ++i) name += "测";
    CHECK(renderer()->checkText(items(name)).has_value());
    for (int i = 0; i < 4; ++i) name += "测";
    const auto refused = renderer()->render(items(name));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::faceTextDoesNotFit);
    CHECK(refused.error().cause.find("测") == std::string::npos);
}

TEST_CASE("a name too wide for one line stands in two, clear of the number below") {
    // A permanent resident's: 28 letters, and the longest the chip can hold.
    for (const char* name :
         {"MAXIMILIANA CONSTANTIA WWWWW", "WOLFESCHLEGELSTEIN, HUBERT MAXIMILIAN",
          "阿卜杜热合曼买买提·阿卜杜热西提吐尔逊·样"}) {
        CAPTURE(name);
        CHECK(renderer()->checkText(items(name)).has_value());
        const CardFace face = faceOf(items(name));
        const Extent both = inkBetween(face, 14.1, 18.95);
        CHECK(both.right < dotsOf(28.0 + 33.0));
        // Two bands of ink with a free row of dots between them, and one before the number.
        int bands = 0;
        bool inked = false;
        for (int y = dotsOf(14.1); y < dotsOf(18.95); ++y) {
            bool row = false;
            for (int x = dotsOf(28); x < dotsOf(61); ++x) row |= face.black.reveal()[at(x, y)] == 1;
            bands += row && !inked ? 1 : 0;
            inked = row;
        }
        CHECK(bands == 2);
        CHECK_FALSE(inked);
    }
    // No place to break it.
    const auto refused = renderer()->checkText(items("MAXIMILIANACONSTANTIAMAXIMILIANACONSTANTIA"));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::faceTextDoesNotFit);
}

TEST_CASE("no stroke is lost, however small the text") {
    // 夫 without its upper stroke is another name: 大. Counts the long strokes of the last
    // character, one above the other.
    const auto strokesOfLast = [](const std::string& name) {
        const CardFace face = faceOf(items(name));
        const Extent ink = inkBetween(face, 14.1, 18.1);
        const int em = ink.bottom - ink.top + 1;
        int strokes = 0;
        bool wasLong = false;
        for (int y = ink.top; y <= ink.bottom; ++y) {
            int run = 0;
            int longest = 0;
            for (int x = ink.right - em; x <= ink.right; ++x) {
                run = face.black.reveal()[at(x, y)] == 1 ? run + 1 : 0;
                longest = std::max(longest, run);
            }
            const bool isLong = longest * 2 > em;
            strokes += isLong && !wasLong ? 1 : 0;
            wasLong = isLong;
        }
        return strokes;
    };
    std::string name;
    for (int length = 2; length <= 16; ++length) {
        CAPTURE(length);
        name += "测";
        CHECK(strokesOfLast(name + "夫") == 2);
        CHECK(strokesOfLast(name + "大") == 1);
    }
}

TEST_CASE("glyphs: rare Han characters are there, private use and unassigned ones are missing") {
    const auto one = renderer();
    CHECK(one->checkText(items("测试·𬭸㛃𠅤 110X")).has_value());
    // Each of them once, and which stays unsaid.
    const auto causeOf = [&](const char* name) {
        const auto missing = one->checkText(items(name));
        REQUIRE_FALSE(missing.has_value());
        CHECK(missing.error().code == ErrorCode::glyphMissing);
        return missing.error().cause.substr(0, 1);
    };
    CHECK(causeOf("张\U000F0000三") == "1");
    CHECK(causeOf("\uE000测\uE000\U0003FFF0") == "2");
    // Level 3 of GB 18030-2022 goes on where the fonts end.
    CHECK(causeOf("张\U0002A6D6") == "1");
    const auto refused = one->render(items("张\uE0A1"));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::glyphMissing);
}

TEST_CASE("without a portrait the frame stays white") {
    auto of = items();
    of.portraitJpeg = PersonalBytes();
    const CardFace face = faceOf(of);
    for (const auto part : face.rgb.reveal()) REQUIRE(part == 255);
    CHECK_FALSE(inkBetween(face, 14, 18).empty());
}

TEST_CASE("a portrait that is none is refused") {
    const Bytes good = test::drawnPortrait(358, 441);
    const Bytes cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(good.size() / 2));
    Bytes huge = good;
    huge.resize(2 * 1024 * 1024);
    for (const Bytes& bad : {cut, huge, bytesOf("not a JPEG"), test::drawnPortrait(40, 50),
                             test::drawnPortrait(900, 300), test::drawnPortrait(200, 800)}) {
        auto of = items();
        of.portraitJpeg = PersonalBytes(bad);
        const auto face = renderer()->render(of);
        REQUIRE_FALSE(face.has_value());
        CHECK(face.error().code == ErrorCode::portraitUnreadable);
    }
}

// Left half red, right half blue, behind the head of an ID card's photo.
Bytes documentPhoto() {
    Bytes photo = bytesOf(ports::documentPhotoHead);
    for (int y = 0; y < ports::documentPhotoHeight; ++y) {
        for (int x = 0; x < ports::documentPhotoWidth; ++x) {
            const bool left = x < ports::documentPhotoWidth / 2;
            for (const int channel : {0, 1, 2})
                photo.push_back(channel == (left ? 0 : 2) ? 200 : 10);
        }
    }
    return photo;
}

TEST_CASE("the photo of an ID card fills the frame, and half of one is none") {
    auto of = items();
    of.portraitJpeg = PersonalBytes(documentPhoto());
    const CardFace face = faceOf(of);
    int red = 0;
    int blue = 0;
    int other = 0;
    const Bytes& rgb = face.rgb.reveal();
    for (std::size_t at = 0; at < rgb.size(); at += 3) {
        if (rgb[at] == 255 && rgb[at + 1] == 255) continue;
        red += rgb[at] > 150 && rgb[at + 2] < 60 ? 1 : 0;
        blue += rgb[at + 2] > 150 && rgb[at] < 60 ? 1 : 0;
        ++other;
    }
    CHECK(other > 10'000);
    // All but the seam is one of the two, and each has its half.
    CHECK(red + blue > other * 95 / 100);
    CHECK(std::abs(red - blue) < other / 20);
    Bytes half = documentPhoto();
    half.resize(half.size() / 2);
    CHECK(renderer()->checkPortrait(half).error().code == ErrorCode::portraitUnreadable);
    CHECK(renderer()->checkPortrait(documentPhoto()).has_value());
}

TEST_CASE("a portrait is judged alone as it is in the face") {
    const auto one = renderer();
    const Bytes good = test::drawnPortrait(358, 441);
    CHECK(one->checkPortrait(good).has_value());
    CHECK(one->checkPortrait({}).has_value());
    CHECK(one->checkPortrait(bytesOf("not a JPEG")).error().code == ErrorCode::portraitUnreadable);

    Bytes noEnd = good;
    noEnd.resize(noEnd.size() - 2);
    auto whole = items();
    auto markerLost = items();
    markerLost.portraitJpeg = PersonalBytes(noEnd);
    CHECK(faceOf(whole).rgb == faceOf(markerLost).rgb);
    // Half of the marker, and something behind it.
    noEnd.push_back(0xFF);
    CHECK(one->checkPortrait(noEnd).has_value());
    Bytes trailing = good;
    trailing.push_back(0x0A);
    CHECK(one->checkPortrait(trailing).has_value());
    // Cut in the picture: half a face is none.
    for (const std::size_t missing : {std::size_t{40}, good.size() / 2, good.size() - 600}) {
        CAPTURE(missing);
        const Bytes cut(good.begin(), good.end() - static_cast<std::ptrdiff_t>(missing));
        CHECK(one->checkPortrait(cut).error().code == ErrorCode::portraitUnreadable);
    }
}

TEST_CASE("a portrait of four inks has the same colours") {
    const CardFace colour = faceOf(items());
    auto of = items();
    of.portraitJpeg = PersonalBytes(test::drawnInInks(358, 441));
    const CardFace face = faceOf(of);
    std::size_t apart = 0;
    for (std::size_t i = 0; i < face.rgb.reveal().size(); ++i) {
        apart += std::abs(face.rgb.reveal()[i] - colour.rgb.reveal()[i]) > 24 ? 1 : 0;
    }
    // Edges differ between two compressions.
    CHECK(apart < face.rgb.reveal().size() / 200);
    // Inks that nobody explains are not guessed.
    Bytes unexplained = test::drawnInInks(358, 441);
    const auto name = std::ranges::search(unexplained, std::string_view("Adobe"));
    REQUIRE(!name.empty());
    *name.begin() = 'X';
    CHECK(renderer()->checkPortrait(unexplained).error().code == ErrorCode::portraitUnreadable);
}

TEST_CASE("an issue date that is none is refused") {
    for (const char* date : {"2024-05-11", "", "202405", "2024051x", "20241341", "20240230"}) {
        auto of = items();
        of.issueDate = date;
        CHECK_FALSE(renderer()->render(of).has_value());
    }
}

namespace {

Result<void> start(std::string_view from, std::string_view to) {
    std::ifstream stream(layoutFile);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    const std::size_t where = text.find(from);
    REQUIRE(where != std::string::npos);
    text.replace(where, from.size(), to);
    const auto path = std::filesystem::temp_directory_path() /
                      ("liqu-face-" + std::to_string(::getpid()) + ".toml");
    std::ofstream(path) << text;
    const auto made = ui::makeCardFaceRenderer(path, fontsFile);
    std::filesystem::remove(path);
    if (!made) return fail(made.error());
    return {};
}

}  // namespace

TEST_CASE("a layout that cannot be printed is refused at start, with file and line") {
    CHECK(start("x = 28.0\ny = 14.5", "x = 28.0\ny = 14.5").has_value());
    const auto overContacts = start("x = 28.0\ny = 19.0", "x = 15.0\ny = 19.0");
    REQUIRE_FALSE(overContacts.has_value());
    CHECK(overContacts.error().code == ErrorCode::configBadValue);
    CHECK(overContacts.error().cause.find(".toml:") != std::string::npos);
    const auto overPortrait = start("width = 33.0", "width = 40.0");
    REQUIRE_FALSE(overPortrait.has_value());
    CHECK(overPortrait.error().code == ErrorCode::configBadValue);
    const auto overText = start("y = 19.0", "y = 15.0");
    REQUIRE_FALSE(overText.has_value());
    CHECK(overText.error().code == ErrorCode::configBadValue);
    const auto outside = start("x = 61.6", "x = 70.0");
    REQUIRE_FALSE(outside.has_value());
    CHECK(outside.error().code == ErrorCode::configBadValue);
    const auto noFont = start("Noto Serif CJK SC", "No Such Font");
    REQUIRE_FALSE(noFont.has_value());
    CHECK(noFont.error().code == ErrorCode::fontMissing);
    const auto unknown = start("y = 19.0", "y = 19.0\nturn = 180");
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().code == ErrorCode::configUnknownKey);
}
