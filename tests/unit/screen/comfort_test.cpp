// How somebody wants to read and hear, as it is told by what they touched.
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
    CHECK(adjusted(usual, adjustTo(Speech::headphones)).speech == Speech::headphones);
    for (const char* nothing :
         {"", "size", "size.", "size.xxl", "contrast.usualx", "language.", "language.../x",
          "loud.yes", ".", "speech.loudly", "volume.", "volume.11", "rate.faster"}) {
        CAPTURE(std::string(nothing));
        CHECK(adjusted(usual, nothing) == usual);
    }
}

TEST_CASE("volume and rate go by steps and stay within them") {
    Comfort comfort;
    for (int i = 0; i < 20; ++i) comfort = adjusted(adjusted(comfort, "volume.up"), "rate.down");
    CHECK(comfort.volume == mostVolume);
    CHECK(comfort.rate == 1);
    comfort = adjusted(adjusted(comfort, "volume.down"), "rate.up");
    CHECK(comfort.volume == mostVolume - 1);
    CHECK(comfort.rate == 2);
    for (int i = 0; i < 20; ++i) comfort = adjusted(adjusted(comfort, "volume.down"), "rate.up");
    CHECK(comfort.volume == 1);
    CHECK(comfort.rate == mostRate);
}

}  // namespace liqu::screen
