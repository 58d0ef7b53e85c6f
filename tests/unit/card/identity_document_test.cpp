#include "firmware/card/identity_document.hpp"

#include <doctest/doctest.h>

using namespace liqu;
using namespace liqu::card;
using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

TEST_CASE("names are masked but for the first character") {
    CHECK(maskedName("测试样例") == "测***");
    CHECK(maskedName("欧阳") == "欧*");
    CHECK(maskedName("") == "");
}

TEST_CASE("numbers are masked but for their ends") {
    CHECK(maskedNumber("11010519491231002X") == "1101**********002X");
    CHECK(maskedNumber("CHN110085120101") == "CHN*********101");
    CHECK(maskedNumber("12345678") == "12****78");
    CHECK(maskedNumber("123") == "***");
    CHECK(maskedNumber("") == "");
}

TEST_CASE("an age is of whole years") {
    const Date birth{year{2008}, month{5}, day{11}};
    CHECK(ageOn({year{2024}, month{5}, day{10}}, birth) == 15);
    CHECK(ageOn({year{2024}, month{5}, day{11}}, birth) == 16);
    CHECK(ageOn({year{2024}, month{4}, day{30}}, birth) == 15);
    CHECK(ageOn({year{2024}, month{12}, day{1}}, birth) == 16);
    CHECK(ageOn(birth, birth) == 0);
    const Date leap{year{2008}, month{2}, day{29}};
    CHECK(ageOn({year{2024}, month{2}, day{28}}, leap) == 15);
    CHECK(ageOn({year{2024}, month{2}, day{29}}, leap) == 16);
    CHECK(ageOn({year{2025}, month{2}, day{28}}, leap) == 16);
    CHECK(ageOn({year{2025}, month{3}, day{1}}, leap) == 17);
}
