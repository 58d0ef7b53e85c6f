// How somebody wants to read, as it is told by what they touched.
#include "firmware/screen/comfort.hpp"

#include <doctest/doctest.h>

namespace liqu::screen {

TEST_CASE("a code of a language is letters, digits and hyphens, eleven at most") {
    for (const char* code : {"zh-CN", "en", "ug", "kk-Arab-CN", "zh-Hans-CNx"}) {
        const auto language = Language::of(code);
        REQUIRE(language);
        CHECK(language->code() == code);
    }
    for (const char* wrong : {"", "e", "zh_CN", "zh-Hans-CNxy", "../../etc", "中文"}) {
        CAPTURE(std::string(wrong));
        CHECK_FALSE(Language::of(wrong));
    }
    CHECK(Language{} == Language::chinese);
    CHECK(Language::english == *Language::of("en"));
}

TEST_CASE("one thing is adjusted at a time; what means nothing changes nothing") {
    const Comfort usual;
    CHECK(adjusted(usual, adjustTo(LetterSize::largest)) == Comfort{{}, LetterSize::largest});
    CHECK(adjusted(usual, adjustTo(Contrast::dark)).contrast == Contrast::dark);
    CHECK(adjusted(usual, adjustTo(Language::english)).language == Language::english);
    for (const char* nothing : {"", "size", "size.", "size.xxl", "contrast.usualx", "language.",
                                "language.../x", "loud.yes", "."}) {
        CAPTURE(std::string(nothing));
        CHECK(adjusted(usual, nothing) == usual);
    }
}

}  // namespace liqu::screen
