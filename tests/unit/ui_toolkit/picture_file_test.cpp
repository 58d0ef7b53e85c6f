// The drawings of kiosk-config/pictures/ are of this house, and what is not is named.
#include "ui/toolkit/picture_file.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "tests/support/scratch.hpp"
#include "ui/toolkit/picture_style.hpp"

namespace liqu::ui {
namespace {

const std::filesystem::path shippedPictures = LIQU_SOURCE_DIR "/kiosk-config/pictures";

std::string framed(const std::string& inside, const std::string& attributes = "") {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"" + attributes + ">" +
           inside + "</svg>";
}

std::string verdict(const std::string& svg) {
    const auto judged = judgePicture(svg);
    return judged ? "" : judged.error().cause;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("every picture has its file, and there is none beside them") {
    std::size_t count = 0;
    for (const auto picture : wordTable<screen::Picture>.values()) {
        if (picture == screen::Picture::none) continue;
        const auto svg = readPicture(shippedPictures, picture);
        CHECK_MESSAGE(svg, (svg ? "" : describe(svg.error())));
        ++count;
    }
    for (const auto& entry : std::filesystem::directory_iterator(shippedPictures)) {
        CAPTURE(entry.path().string());
        CHECK(named<screen::Picture>(entry.path().stem().string()));
        CHECK(entry.path().extension() == ".svg");
        --count;
    }
    CHECK(count == 0);
}

TEST_CASE("what a picture may be made of") {
    CHECK(verdict(framed("<circle class=\"soft stroke-danger-ink\" r=\"4\"/>")) == "");
    CHECK(verdict(framed("<defs><g id=\"a\"><rect class=\"ink\"/></g></defs><use href=\"#a\"/>")) ==
          "");
    CHECK(verdict(framed("<clipPath id=\"c\"><rect/></clipPath><g clip-path=\"url(#c)\"/>")) == "");
    CHECK(verdict(framed("<!-- why --><path fill=\"none\" d=\"M0 0\"/>")) == "");
}

TEST_CASE("what refers outside, moves, runs, says words or has a colour of its own is refused") {
    struct Bad {
        std::string svg;
        std::string said;
    };
    const std::string other = " xmlns:x=\"http://www.w3.org/1999/xlink\"";
    for (const Bad& bad : {
             Bad{framed("<image href=\"file:///etc/passwd\"/>"), "<image>"},
             Bad{framed("<use href=\"https://example/a.svg#a\"/>"), "href="},
             Bad{framed("<use href=\"other.svg#a\"/>"), "href="},
             Bad{framed("<use x:href=\"#a\"/>", other), "xlink"},
             Bad{framed("<use href=\"#nobody\"/>"), "#nobody is not there"},
             Bad{framed("<g clip-path=\"url(other.svg#a)\"/>"), "clip-path="},
             Bad{framed("<style>@import url(a.css)</style>"), "<style>"},
             Bad{framed("<script/>"), "<script>"},
             Bad{framed("<animate/>"), "<animate>"},
             Bad{framed("<text>取卡</text>"), "<text>"},
             Bad{framed("<g>words</g>"), "words"},
             Bad{framed("<rect fill=\"#ff0000\"/>"), "fill="},
             Bad{framed("<rect stroke=\"url(#a)\"/>"), "stroke="},
             Bad{framed("<rect style=\"fill:red\"/>"), "style="},
             Bad{framed("<rect onclick=\"a()\"/>"), "onclick="},
             Bad{framed("<rect class=\"primry\"/>"), "primry"},
             Bad{framed("<rect class=\"focus\"/>"), "focus"},
             Bad{framed("<rect id=\"a\"/><rect id=\"a\"/>"), "id="},
             Bad{framed("<svg viewBox=\"0 0 100 100\"/>"), "outermost"},
             Bad{"<!DOCTYPE svg [<!ENTITY a \"b\">]>" + framed("&a;"), "document type"},
             Bad{"<?xml-stylesheet href=\"a.css\"?>" + framed(""), "instruction"},
             Bad{"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "no viewBox"},
             Bad{"<svg viewBox=\"0 0 100 100\"/>", "not of SVG"},
             Bad{"<svg", "no XML"},
             Bad{"", "no XML"},
         }) {
        CAPTURE(bad.svg);
        CHECK_MESSAGE(holds(verdict(bad.svg), bad.said), verdict(bad.svg));
    }
}

TEST_CASE("a picture has limits") {
    std::string many;
    for (int i = 0; i < 1200; ++i) many += "<g/>";
    CHECK(holds(verdict(framed(many)), "too many elements"));
    std::string deep;
    for (int i = 0; i < 20; ++i) deep = "<g>" + deep + "</g>";
    CHECK(holds(verdict(framed(deep)), "too deep"));
    CHECK(holds(verdict(framed(std::string(70'000, ' '))), "64 KiB"));
}

TEST_CASE("a file that is missing, too large or broken is named with its line") {
    const test::Scratch scratch;
    const auto read = [&] { return readPicture(scratch.folder(), screen::Picture::takeCard); };
    CHECK(read().error().code == ErrorCode::fileNotReadable);
    std::ofstream(scratch.file("take-card.svg")) << framed("\n<blink/>");
    CHECK(read().error().code == ErrorCode::configBadValue);
    CHECK(holds(read().error().cause, "take-card.svg: line 2: <blink>"));
    std::ofstream(scratch.file("take-card.svg")) << framed(std::string(70'000, ' '));
    CHECK(holds(read().error().cause, "take-card.svg"));
}

TEST_CASE("each contrast has a style of its own, with every class that is known") {
    const auto look = Look::read(LIQU_SOURCE_DIR "/kiosk-config/theme.toml");
    REQUIRE(look);
    const std::string usual = styleSheetOf(look->theme(screen::Contrast::usual));
    const std::string dark = styleSheetOf(look->theme(screen::Contrast::dark));
    CHECK(usual != dark);
    CHECK(holds(usual, ".primary{fill:#00545F}"));
    CHECK(holds(dark, ".stroke-primary{stroke:#FFE100}"));
    CHECK(isPictureClass("stroke-muted-ink"));
    CHECK_FALSE(isPictureClass("stroke-stroke-ink"));
    CHECK_FALSE(isPictureClass(""));
}

}  // namespace liqu::ui
