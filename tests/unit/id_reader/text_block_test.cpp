// The four layouts; "the note" is hardware-notes/id-reader.md, "The text block", "Test vectors".
// Rules: A-16, N-05.
#include "drivers/id_reader/text_block.hpp"

#include <doctest/doctest.h>

#include "tests/unit/id_reader/reader_vectors.hpp"

using namespace liqu;
using namespace liqu::drivers::sdt;
using namespace std::chrono;

namespace {

card::IdentityDocument documentOf(const test::TextBlock& block) {
    auto document = parseTextBlock(block.bytes());
    REQUIRE_MESSAGE(document.has_value(), (document ? "" : describe(document.error())));
    return std::move(document).value();
}

ErrorCode errorOf(const test::TextBlock& block) {
    const auto document = parseTextBlock(block.bytes());
    REQUIRE_FALSE(document.has_value());
    return document.error().code;
}

}  // namespace

TEST_CASE("resident identity card: the note's T1") {
    const auto document = documentOf(test::citizenT1());
    CHECK((document.kind == card::DocumentKind::residentIdCard));
    CHECK(document.name.reveal() == "测试样例");
    CHECK((document.sex == card::Sex::male));
    CHECK(document.ethnicCode == "01");
    CHECK((document.birthDate == 1985y / March / 12));
    CHECK(document.address.reveal() == "测试省测试市测试路1号");
    CHECK(document.number.reveal() == "110000198503120015");
    CHECK(document.authority == "测试市公安局");
    CHECK((document.validFrom == 2020y / January / 1));
    CHECK_FALSE(document.validTo.has_value());
    CHECK(document.nationality.empty());
}

TEST_CASE("the block's XOR is the note's, so the fixture is the note's") {
    const auto exclusiveOr = [](const Bytes& bytes) {
        std::uint8_t sum = 0;
        for (const auto byte : bytes) sum = static_cast<std::uint8_t>(sum ^ byte);
        return sum;
    };
    CHECK(exclusiveOr(test::citizenT1().bytes()) == 0x37);
    CHECK(exclusiveOr(test::photoW1()) == 0x11);
}

TEST_CASE("residence permit J: no ethnic code, a travel permit, a count") {
    const auto document = documentOf(test::permitJ());
    CHECK((document.kind == card::DocumentKind::residencePermit));
    CHECK(document.number.reveal() == "810000199408230021");
    CHECK(document.ethnicCode.empty());
    CHECK(document.travelPermit.reveal() == "H12345678");
    CHECK(document.issueCount == "01");
    CHECK((document.validTo == Date{2025y / January / 1}));
    CHECK(documentOf(test::permitJ().put(122, 36, "830000199201300022")).number.reveal() ==
          "830000199201300022");
}

TEST_CASE("foreigner's card of 2017, I") {
    const auto document = documentOf(test::foreigner2017I());
    CHECK((document.kind == card::DocumentKind::foreignerCard2017));
    CHECK(document.nameLatin.reveal() == "SAMPLE, TEST MIDDLE");
    CHECK(document.name.reveal() == "样例");
    CHECK((document.sex == card::Sex::female));
    CHECK(document.number.reveal() == "ABC310085031200");
    CHECK(document.nationality == "ABC");
    CHECK((document.birthDate == 1985y / March / 12));
    CHECK((document.validTo == Date{2028y / June / 1}));
    CHECK(document.authority == "公安部");
    CHECK(document.address.empty());
    CHECK(documentOf(test::foreigner2017I().put(158, 30, "")).name.empty());
}

TEST_CASE("foreigner's card of 2023, Y: the name in two parts is joined without a space") {
    const auto document = documentOf(test::foreigner2023Y());
    CHECK((document.kind == card::DocumentKind::foreignerCard2023));
    CHECK(document.nameLatin.reveal() == "SAMPLE, ALEXANDRA BARTHOLOMEWA CONSTANTINA");
    CHECK(document.number.reveal() == "91184019850312001X");
    CHECK(document.nationality == "USA");
    CHECK(document.issueCount == "02");
    CHECK(document.ethnicCode.empty());
    CHECK(document.address.empty());
}

TEST_CASE("any other type mark is an unknown document, never a guess") {
    for (int mark = 1; mark < 0x10000; mark += mark < 0x300 ? 1 : 0x101) {
        if (mark == ' ' || mark == 'I' || mark == 'J' || mark == 'Y') continue;
        Bytes block = test::citizenT1().bytes();
        block[248] = static_cast<std::uint8_t>(mark & 0xFF);
        block[249] = static_cast<std::uint8_t>(mark >> 8);
        const auto document = parseTextBlock(block);
        REQUIRE_FALSE(document.has_value());
        REQUIRE(document.error().code == ErrorCode::unknownDocument);
    }
    CHECK(parseTextBlock(test::citizenT1().put(248, 2, "", 0).bytes()).has_value());
}

TEST_CASE("a number must keep the rule of its kind") {
    using enum ErrorCode;
    CHECK(errorOf(test::citizenT1().put(122, 36, "110000198503120016")) == documentNumberInvalid);
    CHECK(errorOf(test::citizenT1().put(122, 36, "91184019850312001X")) == documentNumberInvalid);
    CHECK(errorOf(test::citizenT1().put(122, 36, "")) == documentNumberInvalid);
    CHECK(errorOf(test::permitJ().put(122, 36, "110000198503120015")) == documentNumberInvalid);
    CHECK(errorOf(test::foreigner2017I().put(122, 30, "AB3310085031200")) == documentNumberInvalid);
    CHECK(errorOf(test::foreigner2017I().put(122, 30, "ABC31008503120")) == documentNumberInvalid);
    CHECK(errorOf(test::foreigner2023Y().put(122, 36, "110000198503120015")) ==
          documentNumberInvalid);
    CHECK(documentOf(test::citizenT1().put(122, 36, "11010519491231002x")).number.reveal() ==
          "11010519491231002X");
    CHECK(documentOf(test::citizenT1().put(122, 36, "440524188001010014")).number.reveal() ==
          "440524188001010014");
}

TEST_CASE("dates must be dates") {
    using enum ErrorCode;
    for (const char* date : {"20230229", "20231301", "2023010", "", "2023 101", "长期"}) {
        CAPTURE(date);
        CHECK(errorOf(test::citizenT1().put(36, 16, date)) == documentDataInvalid);
        CHECK(errorOf(test::citizenT1().put(188, 16, date)) == documentDataInvalid);
    }
    CHECK(errorOf(test::citizenT1().put(204, 16, "长")) == documentDataInvalid);
    CHECK(errorOf(test::citizenT1().put(204, 16, "20230229")) == documentDataInvalid);
    CHECK((documentOf(test::citizenT1().put(204, 16, "20240229")).validTo ==
           Date{2024y / February / 29}));
}

TEST_CASE("padding with NULs is padding, a NUL inside a text is not") {
    const auto document = documentOf(test::citizenT1().put(0, 30, "测试", 0).put(52, 70, "路", 0));
    CHECK(document.name.reveal() == "测试");
    CHECK(document.address.reveal() == "路");
    CHECK(errorOf(test::citizenT1().put(0, 30, std::string_view("测\0试", 7))) ==
          ErrorCode::documentDataInvalid);
    CHECK(errorOf(test::citizenT1().put(0, 30, "")) == ErrorCode::documentDataInvalid);
}

TEST_CASE("rare characters of a name are kept as stored") {
    const auto document = documentOf(test::citizenT1().put(0, 30, "张\uE123𠅤"));
    CHECK(document.name.reveal() == "张\uE123𠅤");
}

TEST_CASE("code tables: sex and ethnic groups") {
    CHECK((documentOf(test::citizenT1().put(30, 2, "2")).sex == card::Sex::female));
    CHECK((documentOf(test::citizenT1().put(30, 2, "9")).sex == card::Sex::notStated));
    CHECK((documentOf(test::citizenT1().put(30, 2, "0")).sex == card::Sex::unknown));
    for (const char* code : {"男", "3", "A", " ", "\n"}) {
        CAPTURE(code);
        CHECK(errorOf(test::citizenT1().put(30, 2, code)) == ErrorCode::documentDataInvalid);
    }
    CHECK(documentOf(test::citizenT1().put(32, 4, "57")).ethnicCode == "57");
}

TEST_CASE("the answer to read: lengths must agree, a photo may be absent") {
    const Bytes text = test::citizenT1().bytes();
    const auto whole = parseBaseMessage(test::baseData(text, test::photoW1()));
    REQUIRE(whole.has_value());
    CHECK(whole->photo.reveal() == test::photoW1());
    const auto bare = parseBaseMessage(test::baseData(text, {}));
    REQUIRE(bare.has_value());
    CHECK(bare->photo.empty());
    Bytes wrong = test::baseData(text, test::photoW1());
    for (const auto& [at, value] : {std::pair{0, 2}, {1, 1}, {2, 3}, {3, 1}}) {
        Bytes bad = wrong;
        bad[static_cast<std::size_t>(at)] = static_cast<std::uint8_t>(value);
        CHECK_FALSE(parseBaseMessage(bad).has_value());
    }
    wrong.pop_back();
    CHECK_FALSE(parseBaseMessage(wrong).has_value());
    CHECK_FALSE(parseBaseMessage(Bytes{}).has_value());
}

TEST_CASE("the number of the security module is written as the note writes it") {
    const Bytes data = test::hex("05 00 01 00 09 B8 32 01 05 BE 12 00 AD C5 B1 11");
    CHECK(formatModuleNumber(data).value() == "05.01-20101129-0001228293-0296863149");
    CHECK_FALSE(formatModuleNumber(ByteView(data).first(15)).has_value());
}

TEST_CASE("errors hold nothing of the document") {
    const auto document =
        parseTextBlock(test::citizenT1().put(122, 36, "110000198503120016").bytes());
    REQUIRE_FALSE(document.has_value());
    CHECK(document.error().cause.find("1100") == std::string::npos);
    CHECK(document.error().cause.find("测试") == std::string::npos);
}

TEST_CASE("a name is read in its wire form; what is no text is refused") {
    using enum ErrorCode;
    CHECK(documentOf(test::citizenT1().put(0, 30, "测试样例\u3000\u3000")).name.reveal() ==
          "测试样例");
    CHECK(documentOf(test::citizenT1().put(0, 30, "买买提•样例")).name.reveal() == "买买提·样例");
    CHECK(documentOf(test::citizenT1().put(0, 30, "刘\uE863")).name.reveal() == "刘䶮");
    CHECK(errorOf(test::citizenT1().put(0, 30, "\u3000\u3000")) == documentDataInvalid);
    CHECK(errorOf(test::citizenT1().put(0, 30, "张\n三")) == documentDataInvalid);
    CHECK(errorOf(test::citizenT1().put(32, 4, "1")) == documentDataInvalid);
    CHECK(errorOf(test::citizenT1().put(32, 4, "汉")) == documentDataInvalid);
    CHECK(errorOf(test::foreigner2017I().put(152, 6, "us1")) == documentDataInvalid);
}
