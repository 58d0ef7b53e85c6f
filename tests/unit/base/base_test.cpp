#include <doctest/doctest.h>
#include <set>

#include "firmware/base/bytes.hpp"
#include "firmware/base/clock.hpp"
#include "firmware/base/encoding.hpp"
#include "firmware/base/error.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/random.hpp"

using namespace liqu;

TEST_CASE("hex there and back") {
    const Bytes bytes{0x00, 0xA5, 0xFF};
    CHECK(toHex(bytes) == "00A5FF");
    CHECK(*fromHex("00 a5 FF") == bytes);
    CHECK_FALSE(fromHex("0"));
    CHECK_FALSE(fromHex("0G"));
}

TEST_CASE("base64 of RFC 4648") {
    const std::pair<const char*, const char*> vectors[] = {
        {"", ""},        {"f", "Zg=="},        {"fo", "Zm8="},
        {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : vectors) {
        CHECK(toBase64(bytesOf(plain)) == coded);
        CHECK(textOf(*fromBase64(coded)) == plain);
    }
    CHECK_FALSE(fromBase64("Zg="));
    CHECK_FALSE(fromBase64("Zg==Zg=="));
    CHECK_FALSE(fromBase64("Z*=="));
}

TEST_CASE("text of the ID-card module") {
    CHECK(utf8FromUtf16le(*fromHex("7F95 1F67")) == "长期");
    CHECK(*utf16leFromUtf8("长期") == *fromHex("7F951F67"));
    // 𠀀 as a pair, then a lone surrogate.
    CHECK(utf8FromUtf16le(*fromHex("40D800DC 40D8")) == "𠀀\xEF\xBF\xBD");
}

TEST_CASE("text of the chip") {
    CHECK(toHex(*gbkFromUtf8("张三")) == "D5C5C8FD");
    CHECK(*utf8FromGbk(*fromHex("D5C5C8FD")) == "张三");
    CHECK(gbkFromUtf8("𬭸").error().code == ErrorCode::nameDoesNotFitChip);
}

TEST_CASE("malformed UTF-8 never runs away") {
    CHECK(codePointsOf("\xE5\xBC").size() == 1);
    CHECK(codePointsOf("\xC0\x80\xFF") == U"\xFFFD\xFFFD\xFFFD");
    CHECK(utf8Of(codePointsOf("张三 a𠀀")) == "张三 a𠀀");
}

TEST_CASE("time in China") {
    const WallTime time{std::chrono::milliseconds{1717207200123}};
    CHECK(formatChinaTime(time) == "2024-06-01T10:00:00.123+08:00");
    CHECK(formatDate(chinaDate(time)) == "20240601");
    CHECK(formatDate(chinaDate(WallTime{std::chrono::milliseconds{1717257600000}})) == "20240602");
}

TEST_CASE("every error has a code of its own") {
    std::set<std::uint32_t> numbers;
    std::set<std::string_view> names;
    for (const ErrorCode code : allErrorCodes()) {
        CHECK(numbers.insert(numberOf(code)).second);
        CHECK(names.insert(nameOf(code)).second);
        CHECK(numberOf(code) >= 10000);
        CHECK(numberOf(code) <= 99999);
    }
    CHECK(describe({ErrorCode::cardJammed, "feeder gate", CardFate::atChipStation}) ==
          "20203 cardJammed: feeder gate (card at the chip station)");
}

TEST_CASE("a seed repeats, another one does not") {
    SeededRandom one(1);
    SeededRandom same(1);
    SeededRandom other(2);
    const std::string first = randomId(one);
    CHECK(first.size() == 32);
    CHECK(randomId(same) == first);
    CHECK(randomId(other) != first);
}

TEST_CASE("personal data is wiped where it was") {
    alignas(PersonalText) unsigned char place[sizeof(PersonalText)];
    auto* text =
        new (place) PersonalText(std::string("Zhang San"));  // short: lives inside the object
    PersonalText moved(std::move(*text));
    const std::string_view after(reinterpret_cast<const char*>(place), sizeof place);
    CHECK(after.find("Zhang") == std::string_view::npos);
    CHECK(moved.reveal() == "Zhang San");
    text->~PersonalText();
}
