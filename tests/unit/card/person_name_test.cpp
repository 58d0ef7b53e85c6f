// Rules: A-17, N-03.
#include "firmware/card/person_name.hpp"

#include <doctest/doctest.h>

using namespace liqu;
using namespace liqu::card;

TEST_CASE("wire form: the dot of names, spaces at the ends, characters of private use") {
    for (const char* dot : {"•", "‧", "・", "･", "∙", "⋅", "．", "·"}) {
        CAPTURE(dot);
        CHECK(wireName(std::string("买买提") + dot + "样例").reveal() == "买买提·样例");
    }
    CHECK(wireName("测试样例\u3000\u3000").reveal() == "测试样例");
    CHECK(wireName("\u3000 测试\u3000样例 \u00A0").reveal() == "测试\u3000样例");
    CHECK(wireName("SPECIMEN, ALEX  ").reveal() == "SPECIMEN, ALEX");
    CHECK(wireName("刘\uE863").reveal() == "刘䶮");
    CHECK(wireName("\u3000").empty());
    CHECK(wireName("").empty());
}

TEST_CASE("a rare character's pinyin in brackets is wire form") {
    CHECK(holdsPinyin("张[CHUI]"));
    CHECK(holdsPinyin("[A]"));
    CHECK_FALSE(holdsPinyin("张三"));
    CHECK_FALSE(holdsPinyin("张[]"));
    CHECK_FALSE(holdsPinyin("张[chui]"));
    CHECK_FALSE(holdsPinyin("张[CHUI"));
    CHECK_FALSE(holdsPinyin("张［CHUI］"));
}

TEST_CASE("the same name, and another") {
    CHECK(sameName("买买提•样例", "买买提·样例\u3000"));
    CHECK(sameName("刘䶮", "刘\uE863"));
    CHECK(sameName("张𠂇", "张[ZUO]"));
    CHECK(sameName("张[ZUO]", "张\U000F0001"));
    CHECK(sameName("[ZHANG]三[SI]", "张三四"));
    CHECK(sameName("张[ZUO]", "张[ZUO]"));
    CHECK_FALSE(sameName("张[ZUO]", "张[YOU]"));
    CHECK_FALSE(sameName("张[ZUO]", "李𠂇"));
    CHECK_FALSE(sameName("张[ZUO]", "张"));
    CHECK_FALSE(sameName("张[ZUO]", "张三四"));
    CHECK_FALSE(sameName("张[ZUO]", "张A"));
    CHECK_FALSE(sameName("张三", "张四"));
    CHECK_FALSE(sameName("张三", "张三四"));
    CHECK_FALSE(sameName("", ""));
    CHECK_FALSE(sameName("\u3000", ""));
}
