// What a layout may say: any number of texts, pictures of one ink, a back, and a face for each
// lane.
// Rules: A-20.
#include <cmath>
#include <doctest/doctest.h>

#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"
#include "ui/paper/card_face.hpp"
#include "ui/paper/face_ink.hpp"
#include "ui/paper/face_layout.hpp"
#include "ui/paper/sample_card.hpp"

using namespace liqu;
using ports::CardFace;

namespace {

const std::filesystem::path config = LIQU_SOURCE_DIR "/kiosk-config";
const std::filesystem::path fonts = config / "fonts/fonts.conf";

constexpr const char* plain = R"([font]
family = "Noto Serif CJK SC"
weight = "bold"
size = 8.0
leastSize = 5.5
[portrait]
x = 61.6
y = 3.0
width = 20.0
height = 25.0
[contacts]
x = 8.5
y = 17.9
width = 13.2
height = 12.0
[[text]]
text = "姓名 {name}"
x = 28.0
y = 14.5
width = 33.0
)";
constexpr const char* withBack = R"([[back.text]]
text = "{cardNumber} {socialNumber}"
x = 10.0
y = 10.0
width = 60.0
[[back.text]]
text = "12333"
x = 10.0
y = 20.0
width = 30.0
size = 16
[[back.picture]]
file = "mark.png"
x = 60.0
y = 30.0
width = 10.0
height = 10.0
)";

struct Layouts {
    // A picture whose left half is black.
    Layouts() {
        ports::CardSide half;
        Bytes black(std::size_t{CardFace::width} * CardFace::height, 0);
        for (std::size_t i = 0; i < black.size(); ++i) {
            black[i] = i % CardFace::width < CardFace::width / 2 ? 1 : 0;
        }
        half.black = PersonalBytes(std::move(black));
        REQUIRE(writeWholeFile(scratch.file("mark.png"), ui::pngOf(half)));
    }
    std::filesystem::path file(const std::string& text, const char* name = "face.toml") const {
        REQUIRE(writeWholeFile(scratch.file(name), bytesOf(text)));
        return scratch.file(name);
    }
    std::string refusalOf(const std::string& text) const {
        const auto made = ui::makeCardFaceRenderer(file(text), fonts);
        return made ? "" : describe(made.error());
    }
    test::Scratch scratch;
};

long inkIn(const ports::CardSide& side, double x, double y, double width, double height) {
    const auto dots = [](double millimetres) {
        return static_cast<std::size_t>(std::lround(millimetres * 300 / 25.4));
    };
    long ink = 0;
    for (std::size_t row = dots(y); row < dots(y + height); ++row) {
        for (std::size_t column = dots(x); column < dots(x + width); ++column) {
            ink += side.black.reveal()[row * CardFace::width + column];
        }
    }
    return ink;
}

CardFace drawn(const std::filesystem::path& layout) {
    const auto made = ui::makeCardFaceRenderer(layout, fonts);
    REQUIRE_MESSAGE(made, describe(made.error()));
    auto face = (*made)->render(ui::sampleItems().value());
    REQUIRE(face);
    return std::move(*face);
}

}  // namespace

TEST_CASE("words of the layout and a card's own stand in one line, in any number of texts") {
    const Layouts layouts;
    const long one = inkIn(drawn(layouts.file(plain)), 28, 14, 33, 4);
    std::string text = plain;
    const CardFace more =
        drawn(layouts.file(text + "[[text]]\ntext = \"{cardNumber}\"\nx = 28\ny = 40\nwidth = 20\n"
                                  "[[text]]\ntext = \"发卡\"\nx = 50\ny = 40\nwidth = 20\n"));
    CHECK(inkIn(more, 28, 14, 33, 4) == one);
    CHECK(inkIn(more, 28, 39.6, 20, 4) > 100);
    CHECK(inkIn(more, 50, 39.6, 20, 4) > 100);
    CHECK_FALSE(more.back);
    // Without its word before it the name alone has less ink.
    text.replace(text.find("姓名 "), std::string("姓名 ").size(), "");
    CHECK(inkIn(drawn(layouts.file(text)), 28, 14, 33, 4) < one);
}

TEST_CASE("a back has texts and pictures in black, no colour and no varnish") {
    const Layouts layouts;
    const CardFace face = drawn(layouts.file(std::string(plain) + withBack));
    REQUIRE(face.back);
    CHECK(face.back->rgb.empty());
    CHECK(face.back->overlay.empty());
    CHECK(inkIn(*face.back, 10, 9.6, 60, 4) > 100);
    CHECK(inkIn(*face.back, 28, 14, 33, 4) == 0);
    // Twice the size, four times the ink, more or less.
    CHECK(inkIn(*face.back, 10, 19, 30, 7) > 300);
    // The picture lies in the middle of its box, in proportion: half of it is black.
    const long square = 118L * 118;
    CHECK(inkIn(*face.back, 60, 30, 10, 10) > square / 4);
    CHECK(inkIn(*face.back, 60, 30, 10, 10) < square / 2);
    CHECK(inkIn(*face.back, 65.2, 30, 4.8, 10) == 0);
    CHECK(inkIn(face, 60, 30, 10, 10) == 0);
}

TEST_CASE("what a layout cannot mean is refused at start, with its key, and the file's line") {
    const Layouts layouts;
    const auto changed = [](std::string text, const std::string& from, const std::string& to) {
        const std::size_t at = text.find(from);
        REQUIRE(at != std::string::npos);
        return text.replace(at, from.size(), to);
    };
    const std::string both = std::string(plain) + withBack;
    CHECK(layouts.refusalOf(both) == "");
    const std::pair<std::string, const char*> wrong[] = {
        {changed(both, "{name}", "{nmae}"), "face.toml:17: text[0].text: names no item"},
        {changed(both, "{name}", "{name"), "text[0].text: names no item"},
        {changed(both, "姓名 {name}", ""), "text[0].text: says nothing"},
        {changed(both, "{name}", "of nobody"), "text: no text says {name}"},
        {changed(both, "y = 20.0", "y = 11.0"), "back.text[1]: lies on back.text[0]"},
        {changed(both, "x = 60.0\ny = 30.0", "x = 60.0\ny = 9.0"),
         "back.picture[0]: lies on back.text[0]"},
        {changed(both, "x = 28.0\ny = 14.5", "x = 15.0\ny = 18.0"), "text[0]: lies on contacts"},
        {changed(both, "mark.png", "../mark.png"), "must be the name of a PNG beside this file"},
        {changed(both, "mark.png", "none.png"), "back.picture[0].file: "},
        {changed(both, "mark.png", "face.toml"), "face.toml is no PNG"},
        {changed(both, "size = 16", "size = 99"), "back.text[1].size: is out of its limits"},
        {changed(both, "size = 16", "colour = \"red\""), "back.text[1].colour: no such key"},
        {changed(both, "\"12333\"", "\"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWW\""), "back.text[1]: at the"},
        {changed(both, "\"12333\"", "\"\U000F0000\""), "back.text[1]: 1 characters"}};
    for (const auto& [text, says] : wrong) {
        const std::string wanted = says;
        CAPTURE(wanted);
        const std::string refusal = layouts.refusalOf(text);
        CHECK_MESSAGE(refusal.find(wanted) != std::string::npos, refusal);
    }
}

TEST_CASE("a picture that is cut, or says it is huge, is refused") {
    const Layouts layouts;
    Bytes png = readWholeFile(layouts.scratch.file("mark.png")).value();
    png.resize(png.size() / 2);
    REQUIRE(writeWholeFile(layouts.scratch.file("cut.png"), png));
    CHECK(ui::readInk(layouts.scratch.file("cut.png"), 10, 10).error().cause ==
          "cut.png is a damaged PNG");
    png[16] = 0x7F;
    REQUIRE(writeWholeFile(layouts.scratch.file("huge.png"), png));
    CHECK(ui::readInk(layouts.scratch.file("huge.png"), 10, 10).error().cause.find("no PNG of") !=
          std::string::npos);
}

TEST_CASE("each lane's cards get its face, and a name need fit one of them only") {
    const Layouts layouts;
    const auto wide = layouts.file(plain, "wide.toml");
    std::string text = plain;
    text.replace(text.find("width = 33.0"), 12, "width = 20.0");
    const auto narrow = layouts.file(text, "narrow.toml");
    const auto faces = ui::makeFacesOfLanes({narrow, wide, narrow}, fonts).value();
    CHECK(&faces->ofLane(1) == &faces->ofLane(3));
    CHECK(&faces->ofLane(1) != &faces->ofLane(2));
    card::FaceItems items = ui::sampleItems().value();
    items.printName = PersonalText("测试样例测试样例测试");
    CHECK_FALSE(faces->ofLane(1).checkText(items));
    CHECK(faces->ofLane(2).checkText(items));
    CHECK(faces->checkText(items));
    items.printName = PersonalText(std::string(60, 'W'));
    CHECK_FALSE(faces->checkText(items));
    CHECK_FALSE(ui::makeFacesOfLanes({wide, layouts.scratch.file("none.toml")}, fonts));
    // An order may be older than the kiosk.toml that took its lane out.
    for (const int lane : {0, 4}) {
        items.printName = PersonalText("样例");
        CHECK_FALSE(faces->ofLane(lane).checkText(items));
        CHECK(faces->ofLane(lane).render(items).error().code == ErrorCode::configBadValue);
    }
}

TEST_CASE("the card of nobody is drawn with the shipped layout, and becomes a PNG of its size") {
    const CardFace face = drawn(config / "card-faces/third-generation.toml");
    const Bytes png = ui::pngOf(face);
    const Layouts layouts;
    REQUIRE(writeWholeFile(layouts.scratch.file("face.png"), png));
    const Bytes ink =
        ui::readInk(layouts.scratch.file("face.png"), CardFace::width, CardFace::height).value();
    // Every dot of text, and the outline of nobody at most beside it.
    for (std::size_t i = 0; i < ink.size(); ++i) {
        if (face.black.reveal()[i] == 1) REQUIRE(ink[i] == 1);
    }
}
