#include "firmware/card/social_card_number.hpp"

#include <doctest/doctest.h>

using namespace liqu;
using namespace liqu::card;

// hardware-notes/chip.md, "The social card number".
TEST_CASE("check characters of the specification") {
    CHECK(socialCardCheckCharacter("D2143569") == 'X');
    CHECK(SocialCardNumber::parse("X00000019")->checkCharacterHolds());
    CHECK(SocialCardNumber::parse("A00000003")->checkCharacterHolds());
    CHECK_FALSE(SocialCardNumber::parse("A00000004")->checkCharacterHolds());
}

TEST_CASE("shapes that are no card number") {
    for (const char* text : {"", "A0000000", "000000003", "a00000003", "A0000000Y", "A00000003 "}) {
        CAPTURE(text);
        CHECK_FALSE(SocialCardNumber::parse(text));
    }
}

TEST_CASE("a range has every number once, each with its check character") {
    const auto numbers = expandRange(*SocialCardNumber::withBody("A0000098"),
                                     *SocialCardNumber::withBody("A0000102"));
    REQUIRE(numbers);
    REQUIRE(numbers->size() == 5);
    CHECK((*numbers)[2].text().substr(0, 8) == "A0000100");
    for (const auto& number : *numbers) CHECK(number.checkCharacterHolds());
}

TEST_CASE("ranges that are wrong say why") {
    const auto first = *SocialCardNumber::withBody("A0000010");
    const auto last = *SocialCardNumber::withBody("A0000001");
    CHECK(expandRange(first, last).error().code == ErrorCode::rangeReversed);
    CHECK(expandRange(*SocialCardNumber::parse("A00000004"), first).error().code ==
          ErrorCode::checkCharacterWrong);
    CHECK(expandRange(first, *SocialCardNumber::withBody("B0000020")).error().code ==
          ErrorCode::cardNumberMistyped);
    CHECK(expandRange(first, *SocialCardNumber::withBody("A0990000")).error().code ==
          ErrorCode::cardNumberMistyped);
}
