#include <doctest/doctest.h>
#include <set>
#include <string>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/china_time.hpp"
#include "firmware/base/clock.hpp"
#include "firmware/base/encoding.hpp"
#include "firmware/base/error.hpp"
#include "firmware/base/log.hpp"
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
    CHECK(toHex(*gb18030FromUtf8("张三")) == "D5C5C8FD");
    CHECK(*utf8FromGb18030(*fromHex("D5C5C8FD")) == "张三");
    CHECK(toHex(*gb18030FromUtf8("刘䶮·A")) == "C1F5FE9FA1A441");
    CHECK(toHex(*gb18030FromUtf8("张\U00020087三\uE816")) == "D5C5FE51C8FDFE51");
    CHECK(*utf8FromGb18030(*fromHex("D5C5FE51C8FDFE91")) == "张\U00020087三\U000241FE");
    CHECK(gb18030FromUtf8("𬭸").error().code == ErrorCode::nameCharacterNotOnChip);
    CHECK_FALSE(utf8FromGb18030(*fromHex("8136A631")));  // four bytes
    CHECK_FALSE(utf8FromGb18030(*fromHex("D5C5C8")));    // cut
    CHECK_FALSE(utf8FromGb18030(*fromHex("FF")));
}

// Both directions of the whole table. Its digest is that of GB 18030-2022: a C library with another
// edition's table would change names on the chip.
TEST_CASE("all two-byte codes of GB 18030, there and back") {
    std::uint64_t digest = 0xCBF29CE484222325;  // FNV-1a over code and code point
    const auto take = [&digest](std::uint32_t value) {
        for (int shift = 0; shift < 32; shift += 8) {
            digest = (digest ^ (value >> shift & 0xFF)) * 0x100000001B3;
        }
    };
    std::set<char32_t> points;
    int codes = 0;
    for (unsigned lead = 0x81; lead <= 0xFE; ++lead) {
        for (unsigned trail = 0x40; trail <= 0xFE; ++trail) {
            if (trail == 0x7F) continue;
            const Bytes code{static_cast<std::uint8_t>(lead), static_cast<std::uint8_t>(trail)};
            const auto utf8 = utf8FromGb18030(code);
            REQUIRE(utf8.has_value());
            const std::u32string point = codePointsOf(*utf8);
            REQUIRE(point.size() == 1);
            REQUIRE(*gb18030FromUtf8(*utf8) == code);
            points.insert(point.front());
            take(lead << 8 | trail);
            take(point.front());
            ++codes;
        }
    }
    CHECK(codes == 23'940);
    CHECK(points.size() == 23'940);
    CHECK(digest == 0xB5FD9AB2F40025E9);
}

// What the C library's "GBK" lacks of it, and Liqu wrote with it before: FE50–FEA0, the vertical
// punctuation, ḿ, ǹ and the description characters. ICU and Python still give the 1980s' code
// points of private use for eighteen of them; those are read as the standard's.
TEST_CASE("code points of private use that stand for a character of the standard") {
    CHECK(standardCodePoint(0xE863) == U'䶮');
    CHECK(standardCodePoint(0xE81E) == 0x9FB4);
    CHECK(standardCodePoint(0xE864) == 0x9FBB);
    CHECK(standardCodePoint(0xE816) == 0x20087);
    CHECK(standardCodePoint(0xE815) == 0x2E81);
    CHECK(standardCodePoint(0xE843) == 0x9FB9);
    CHECK(standardCodePoint(0xE844) == 0x4723);
    CHECK(standardCodePoint(0xE814) == 0xE814);
    CHECK(standardCodePoint(0xE865) == 0xE865);
    CHECK(standardCodePoint(U'张') == U'张');
    std::set<char32_t> standard;
    for (char32_t point = 0xE815; point <= 0xE864; ++point)
        standard.insert(standardCodePoint(point));
    CHECK(standard.size() == 80);
    CHECK(*standard.begin() < 0xE000);
    for (const char32_t point : standard) CHECK((point < 0xE000 || point >= 0x20000));
}

TEST_CASE("what came from outside stays one line of the log") {
    CHECK(printableLine("version \"3.0\n\"") == "version \"3.0\\x0A\"");
    CHECK(printableLine("a\r\x1B[31mb\x7F") == "a\\x0D\\x1B[31mb\\x7F");
    CHECK(printableLine("张三 ü") == "张三 ü");
    CHECK(printableLine("\xE2\x80\xA8x\xE2\x80\xAEy\xC2\x85") ==
          "\\xE2\\x80\\xA8x\\xE2\\x80\\xAEy\\xC2\\x85");
    CHECK(printableLine("\xFF\xE5\xBC") == "\\xFF\\xE5\\xBC");
    CHECK(describe({ErrorCode::chipVersionUnsupported, "3.0\n2026-01-01 info order handed over"}) ==
          "30225 chipVersionUnsupported: 3.0\\x0A2026-01-01 info order handed over");
    struct Lines final : Log {
        std::vector<std::string> lines;
        void write(Level, const std::string& line) override { lines.push_back(line); }
    } log;
    log.info("one\ntwo");
    log.warning("three\x85");
    log.error("four\t");
    CHECK(log.lines == std::vector<std::string>{"one\\x0Atwo", "three\\x85", "four\\x09"});
}

TEST_CASE("moments and dates of the contract, read strictly") {
    const WallTime time{std::chrono::milliseconds{1717207200123}};
    CHECK(parseChinaTime("2024-06-01T10:00:00.123+08:00") == time);
    for (const char* wrong : {"", "2024-06-01T10:00:00.123+09:00", "2024-06-31T10:00:00.123+08:00",
                              "2024-06-01T24:00:00.123+08:00", "2024-06-01T10:60:00.123+08:00",
                              "2024-06-01T10:00:00.123+08:0", "2024-06-01T10:00:00.123+08:00 ",
                              "2024-06-01t10:00:00.123+08:00", "2024-0x-01T10:00:00.123+08:00"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parseChinaTime(wrong));
    }
    CHECK(formatDate(*parseDate("20240229")) == "20240229");
    for (const char* wrong : {"", "20230229", "2024022", "2024022x", "00000000", "20241301"}) {
        CHECK_FALSE(parseDate(wrong));
    }
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
