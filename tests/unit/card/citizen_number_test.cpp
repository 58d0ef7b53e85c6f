// Rules: A-18.
#include "firmware/card/citizen_number.hpp"

#include <doctest/doctest.h>

using namespace liqu;
using namespace liqu::card;

// hardware-notes/id-reader.md, "Citizen numbers".
TEST_CASE("the published examples hold") {
    for (const char* text : {"11010519491231002X", "440524188001010014", "810000199408230021",
                             "830000199201300022", "110000198503120015"}) {
        CAPTURE(text);
        CHECK(CitizenNumber::parse(text));
    }
    CHECK(CitizenNumber::parseForeigner2023("91184019850312001X"));
}

TEST_CASE("any other check character is refused") {
    for (const char last : std::string("0123456789")) {
        CHECK_FALSE(CitizenNumber::parse(std::string("11010519491231002") + last));
    }
}

TEST_CASE("what a number says") {
    const auto number = CitizenNumber::parse("11010519491231002X");
    REQUIRE(number);
    CHECK(number->birthDate() ==
          Date{std::chrono::year{1949}, std::chrono::month{12}, std::chrono::day{31}});
    CHECK(number->regionCode() == "110105");
}

TEST_CASE("full-width digits and a small x are understood") {
    const auto number = CitizenNumber::parse("１１０１０５１９４９１２３１００２x");
    REQUIRE(number);
    CHECK(number->reveal() == "11010519491231002X");
}

TEST_CASE("wrong shapes are refused") {
    CHECK_FALSE(CitizenNumber::parse(""));
    CHECK_FALSE(CitizenNumber::parse("11010519491231002"));
    CHECK_FALSE(CitizenNumber::parse("1101051949123100２X9"));
    // Right check character, impossible date: 31 February.
    std::string impossible = "11010519490231002";
    impossible += citizenCheckCharacter(impossible);
    CHECK_FALSE(CitizenNumber::parse(impossible));
    // Right check character, no such province.
    std::string nowhere = "99010519491231002";
    nowhere += citizenCheckCharacter(nowhere);
    CHECK_FALSE(CitizenNumber::parse(nowhere));
}
