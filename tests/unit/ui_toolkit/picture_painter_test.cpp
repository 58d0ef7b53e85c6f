// The program that draws: it believes nobody, and opens nothing.
#include "ui/toolkit/picture_painter.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "ui/toolkit/picture_style.hpp"

namespace liqu::ui {
namespace {

using namespace std::chrono_literals;

std::string drawingOf(const std::string& inside) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\">" + inside + "</svg>";
}

// What it says to these bytes; none where it ends badly.
std::optional<std::string> said(const std::string& order) {
    auto process = HelperProcess::start(LIQU_PICTURES_PROGRAM, {}, order);
    REQUIRE(process);
    if (!process->endsWell(60s)) return std::nullopt;
    return process->answer(0, 64UL << 20);
}

std::string wordsAbout(const std::string& svg) {
    const std::string answer = said(bytesOfOrder({"", {{8, svg}}})).value_or("");
    const auto head = answerHeadFrom(answer.substr(0, AnswerHead::size), 8);
    REQUIRE(head);
    return head->kind == AnswerHead::Kind::words ? answer.substr(AnswerHead::size) : "";
}

std::uint32_t pixelAt(const std::string& answer, std::size_t x, std::size_t y, std::size_t side) {
    std::uint32_t pixel = 0;
    for (std::size_t i = 4; i-- > 0;) {
        const auto byte = answer.at(AnswerHead::size + (y * side + x) * 4 + i);
        pixel = pixel << 8U | static_cast<unsigned char>(byte);
    }
    return pixel;
}

}  // namespace

TEST_CASE("pixels have the colours of the style, not premultiplied") {
    const std::string svg = drawingOf(
        "<rect class=\"ink\" width=\"50\" height=\"100\"/>"
        "<rect class=\"gold\" opacity=\".5\" x=\"50\" width=\"25\" height=\"100\"/>"
        "<rect x=\"75\" width=\"25\" height=\"100\"/>");
    const auto answer =
        said(bytesOfOrder({".ink{fill:#0B1F24}.gold{fill:#D9B45B}svg{fill:none}", {{16, svg}}}));
    REQUIRE(answer);
    REQUIRE(answer->size() == AnswerHead::size + bytesOfPicture(16));
    CHECK(pixelAt(*answer, 2, 3, 16) == 0xFF0B1F24);
    const std::uint32_t half = pixelAt(*answer, 10, 3, 16);
    CHECK((half >> 24U) == 128);
    CHECK((half >> 16U & 0xFFU) == doctest::Approx(0xD9).epsilon(0.02));
    CHECK(pixelAt(*answer, 14, 3, 16) == 0);
}

TEST_CASE("of an order with a bad drawing the others are drawn") {
    const std::string good = drawingOf("<rect class=\"ink\" width=\"100\" height=\"100\"/>");
    const auto answer =
        said(bytesOfOrder({".ink{fill:#000000}", {{8, good}, {8, "<svg>"}, {8, good}}}));
    REQUIRE(answer);
    const std::string first = answer->substr(0, AnswerHead::size + bytesOfPicture(8));
    CHECK(answer->ends_with(first));
    CHECK(answer->find("not of SVG") != std::string::npos);
}

TEST_CASE("what is no picture of the house is refused with words, also where it asks for much") {
    CHECK(wordsAbout(drawingOf("<image href=\"/etc/passwd\"/>")).find("<image>") !=
          std::string::npos);
    CHECK(wordsAbout("").find("no XML") != std::string::npos);
    // Each doubles the one before it.
    std::string bomb = "<g id=\"a0\"><rect class=\"ink\"/></g>";
    for (int i = 1; i < 30; ++i) {
        const std::string use = "<use href=\"#a" + std::to_string(i - 1) + "\"/>";
        bomb += "<g id=\"a" + std::to_string(i) + "\">" + use + use + "</g>";
    }
    CHECK(wordsAbout(drawingOf("<defs>" + bomb + "</defs><use href=\"#a29\"/>")) != "");
}

TEST_CASE("an order that is none ends it, and says nothing") {
    CHECK_FALSE(said(""));
    CHECK_FALSE(said("hello"));
    CHECK_FALSE(said(bytesOfOrder({"", {{4096, drawingOf("")}}})));
    CHECK(said(bytesOfOrder({"", {}})) == "");
}

}  // namespace liqu::ui
