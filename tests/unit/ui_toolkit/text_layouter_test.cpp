#include "ui/toolkit/text_layouter.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>

using namespace liqu;
using namespace liqu::ui;

namespace {
std::unique_ptr<TextLayouter> openLayouter() {
    auto layouter = TextLayouter::open(std::filesystem::path(LIQU_SOURCE_DIR) /
                                       "kiosk-config/fonts/fonts.conf");
    REQUIRE_MESSAGE(layouter, (layouter ? "" : describe(layouter.error())));
    return std::move(*layouter);
}
}  // namespace

TEST_CASE("text becomes coverage, wraps at its width and keeps within it") {
    const auto layouter = openLayouter();
    const TextCoverage line = layouter->draw("社会保障卡", {40});
    CHECK(line.lines == 1);
    CHECK(line.width == doctest::Approx(200).epsilon(0.03));
    CHECK(line.rows.size() ==
          static_cast<std::size_t>(line.width) * static_cast<std::size_t>(line.height));
    CHECK(*std::max_element(line.rows.begin(), line.rows.end()) > 200);

    TextStyle narrow{40};
    narrow.width = 120;
    const TextCoverage wrapped = layouter->draw("社会保障卡", narrow);
    CHECK(wrapped.lines == 2);
    CHECK(wrapped.width <= 120);
    CHECK(wrapped.height == doctest::Approx(2 * line.height).epsilon(0.05));
}

TEST_CASE("balanced lines are about equally long") {
    const auto layouter = openLayouter();
    TextStyle style{40};
    style.width = 400;  // ten characters
    const std::string eleven = "请把身份证平放在读卡区";
    const TextCoverage plain = layouter->draw(eleven, style);
    style.balanced = true;
    const TextCoverage balanced = layouter->draw(eleven, style);
    CHECK(plain.lines == 2);
    CHECK(balanced.lines == 2);
    CHECK(balanced.width < plain.width - 80);
}

TEST_CASE("a Latin word that has to be cut is told") {
    const auto layouter = openLayouter();
    TextStyle style{40};
    style.language = screen::Language::english;
    style.width = 100;
    CHECK(layouter->draw("identification", style).brokenWord);
    style.width = 400;
    CHECK_FALSE(layouter->draw("identification card", style).brokenWord);
}

TEST_CASE("rare characters of names have glyphs of their own") {
    const auto layouter = openLayouter();
    // A missing glyph is drawn as a box with its code: the same for none of these.
    const TextCoverage one = layouter->draw("𬭸", {64});
    const TextCoverage other = layouter->draw("㛃", {64});
    const TextCoverage none = layouter->draw("\xF3\xB0\x80\x80", {64});
    CHECK(one.rows != other.rows);
    CHECK(one.width == doctest::Approx(64).epsilon(0.05));
    CHECK(one.rows != none.rows);
}

TEST_CASE("without its font file nothing is opened") {
    const auto layouter = TextLayouter::open("no/such/fonts.conf");
    REQUIRE_FALSE(layouter);
    CHECK(layouter.error().code == ErrorCode::fontMissing);
}
