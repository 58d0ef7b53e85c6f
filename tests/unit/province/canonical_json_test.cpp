#include "firmware/province/canonical_json.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace liqu;
using province::canonical;
using province::parseStrictly;

namespace {
std::string again(std::string_view text) {
    return canonical(parseStrictly(text).value()).value();
}
bool refuses(std::string_view text) {
    const auto parsed = parseStrictly(text);
    return !parsed && parsed.error().code == ErrorCode::provinceReplyMalformed;
}
}  // namespace

TEST_CASE("canonical JSON sorts keys by their bytes and has no white space") {
    CHECK(again(R"({ "b" : 1, "a" : [ true , null ], "B" : { "z":0, "a2":1, "a10":2 } })") ==
          R"({"B":{"a10":2,"a2":1,"z":0},"a":[true,null],"b":1})");
}

TEST_CASE("texts keep their characters; only what must be escaped is") {
    CHECK(again(R"({"n":"\u5f20\u4e09\/"})") == R"({"n":"张三/"})");
    CHECK(again(R"(["\u0001\n\"\\\u007f"])") == "[\"\\u0001\\n\\\"\\\\\x7f\"]");
    CHECK(again(R"(["\ud86d\udf78"])") == "[\"\U0002B778\"]");
}

TEST_CASE("numbers are integers that every JSON reader understands alike") {
    CHECK(again("[9007199254740991,-9007199254740991,0]") ==
          "[9007199254740991,-9007199254740991,0]");
    for (const char* text : {"[1.0]", "[1e3]", "[0.5]", "[9007199254740992]", "[-9007199254740992]",
                             "[18446744073709551616]"}) {
        CAPTURE(text);
        CHECK(refuses(text));
    }
}

TEST_CASE("what two readers could understand differently is refused") {
    CHECK(refuses(R"({"a":1,"a":2})"));
    CHECK(refuses(R"([{"x":{"a":1,"b":2,"a":1}}])"));
    CHECK_FALSE(refuses(R"([{"a":1},{"a":2}])"));
    for (const char* text :
         {"", "{", "{}x", "nul", "{'a':1}", "[1,]", "\xEF\xBB\xBF[", "\"\xFF\""}) {
        CAPTURE(text);
        CHECK(refuses(text));
    }
}

TEST_CASE("depth and size are limited before anything is built") {
    CHECK_FALSE(refuses(std::string(12, '[') + std::string(12, ']')));
    CHECK(refuses(std::string(13, '[') + std::string(13, ']')));
    CHECK(refuses(std::string(400'000, '[')));
    CHECK_FALSE(refuses("\"" + std::string(300, '[') + "\\\"[[" + "\""));
    CHECK(refuses("\"" + std::string(province::largestJson, 'a') + "\""));
}

TEST_CASE("a text that is not UTF-8 is not signed") {
    const nlohmann::json broken = {{"name", "\xB0\xA1"}};
    const auto text = canonical(broken);
    REQUIRE_FALSE(text.has_value());
    CHECK(text.error().code == ErrorCode::documentDataInvalid);
}
