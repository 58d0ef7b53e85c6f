// Items of an order as records: examples of hardware-notes/chip.md, "Commands for files", the
// 30-byte border, padding.
// Rules: A-17.
#include <doctest/doctest.h>

#include "firmware/card/person_name.hpp"
#include "firmware/chip/name_coding.hpp"
#include "firmware/chip/record_coding.hpp"
#include "tests/unit/chip/card_script.hpp"

using namespace liqu;
using namespace liqu::chip;
using tests::orderOfZhangSan;

namespace {

PersonalBytes personal(std::string_view hex) {
    return PersonalBytes(fromHex(hex).value());
}
std::string wireOf(Item item, const card::ChipItems& items) {
    const RecordValues values = valuesFor(items).value();
    return toHex(recordOf(shapeOf(item), values.of(item)).reveal());
}
std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}
std::string zeros(std::size_t bytes) {
    return std::string(2 * bytes, '0');
}

}  // namespace

TEST_CASE("the table holds 64 and 91 bytes, in the order of the items") {
    std::size_t issuer = 0, holder = 0;
    for (std::size_t i = 0; i < itemCount; ++i) {
        const RecordShape& shape = recordTable[i];
        CHECK(static_cast<std::size_t>(shape.item) == i);
        (shape.file == CardFile::issuer ? issuer : holder) += shape.length + 2u;
    }
    CHECK(issuer == 64);
    CHECK(holder == 91);
}

TEST_CASE("each item of the note's example") {
    const card::ChipItems items = orderOfZhangSan();
    CHECK(wireOf(Item::cardIdCode, items) == "0110420100D1560000050000000AFFFFFFFF");
    CHECK(wireOf(Item::cardClass, items) == "020133");
    CHECK(wireOf(Item::version, items) == "0304332E3030");
    CHECK(wireOf(Item::issuerCode, items) == "040C915600000242010042010001");
    CHECK(wireOf(Item::issueDate, items) == "050420240601");
    CHECK(wireOf(Item::expiryDate, items) == "060420340601");
    CHECK(wireOf(Item::cardNumber, items) == "0709413030303030303033");
    CHECK(wireOf(Item::socialNumber, items) == "0812313130313035313934393132333130303258");
    CHECK(wireOf(Item::name, items) == "091ED5C5C8FD" + zeros(26));
    CHECK(wireOf(Item::nameExtension, items) == "4E14" + zeros(20));
    CHECK(wireOf(Item::sex, items) == "0A0132");
    CHECK(wireOf(Item::ethnicCode, items) == "0B0101");
    CHECK(wireOf(Item::birthPlace, items) == "0C03110105");
    CHECK(wireOf(Item::birthDate, items) == "0D0419491231");
}

TEST_CASE("an item the order leaves out stays as it is; a wrong one is the province's fault") {
    card::ChipItems items = orderOfZhangSan();
    items.birthPlace.clear();
    CHECK(valuesFor(items)->of(Item::birthPlace).empty());
    const auto refuses = [](auto change) {
        card::ChipItems wrong = orderOfZhangSan();
        change(wrong);
        const auto values = valuesFor(wrong);
        return !values && values.error().code == ErrorCode::chipItemUnfit;
    };
    CHECK(refuses([](auto& wrong) { wrong.ethnicCode = "1"; }));
    CHECK(refuses([](auto& wrong) { wrong.issueDate = "2024-6-1"; }));
    CHECK(refuses([](auto& wrong) { wrong.expiryDate = "2034060A"; }));
    CHECK(refuses([](auto& wrong) { wrong.cardNumber = "A000000031"; }));
    CHECK(refuses([](auto& wrong) { wrong.sex = "22"; }));
    CHECK(refuses([](auto& wrong) { wrong.socialNumber = PersonalText("1101 519491231002X"); }));
}

TEST_CASE("a name is split at 30 bytes, never inside a character") {
    const auto lengths = [](const std::string& name) {
        const NameRecords records = nameRecords(PersonalText(name)).value();
        CHECK(records.name.reveal().size() == 30);
        CHECK(records.extension.reveal().size() == 20);
        CHECK(joinedName(records.name, records.extension)->reveal() == name);
        const auto used = [](const PersonalBytes& part) {
            std::size_t count = part.reveal().size();
            while (count > 0 && part.reveal()[count - 1] == 0) --count;
            return count;
        };
        return std::pair(used(records.name), used(records.extension));
    };
    CHECK(lengths("张三") == std::pair<std::size_t, std::size_t>(4, 0));
    CHECK(lengths(repeated("一", 15)) == std::pair<std::size_t, std::size_t>(30, 0));
    CHECK(lengths(repeated("一", 16)) == std::pair<std::size_t, std::size_t>(30, 2));
    CHECK(lengths(repeated("一", 25)) == std::pair<std::size_t, std::size_t>(30, 20));
    // One Latin letter moves a character across the border: it goes to the second record whole.
    CHECK(lengths("A" + repeated("一", 15)) == std::pair<std::size_t, std::size_t>(29, 2));
    CHECK(lengths("A" + repeated("一", 24)) == std::pair<std::size_t, std::size_t>(29, 20));
    // A space at the border belongs to the name.
    CHECK(lengths(repeated("A", 29) + " BCD") == std::pair<std::size_t, std::size_t>(30, 3));
    CHECK(lengths("阿依古丽·买买提") == std::pair<std::size_t, std::size_t>(16, 0));
}

TEST_CASE("a name too long for both records is not one with a character that has no code") {
    const auto refuses = [](const std::string& name, ErrorCode code) {
        CAPTURE(name);
        const auto records = nameRecords(PersonalText(name));
        REQUIRE_FALSE(records);
        CHECK(records.error().code == code);
        CHECK(records.error().cause.find(name) == std::string::npos);
    };
    for (const std::string& name :
         {repeated("一", 26), "A" + repeated("一", 25), repeated("A", 51)}) {
        refuses(name, ErrorCode::nameDoesNotFitChip);
    }
    for (const char* name : {"张𠅤", "㛃㛃𬭸"})
        refuses(name, ErrorCode::nameCharacterNotOnChip);
    card::ChipItems items = orderOfZhangSan();
    items.name = PersonalText(repeated("一", 26));
    CHECK(valuesFor(items).error().code == ErrorCode::nameDoesNotFitChip);
}

// Names met in the field, and the bytes the standard has for them (GB 18030, w3c/clreq).
TEST_CASE("names in the codes of GB 18030") {
    const std::pair<const char*, const char*> rows[] = {
        {"刘䶮", "C1F5FE9F"},
        {"刘\uE863", "C1F5FE9F"},  // as systems before GB 18030 keep it
        {"买买提•样例", "C2F2C2F2CCE1A1A4D1F9C0FD"},
        {"买买提‧样例", "C2F2C2F2CCE1A1A4D1F9C0FD"},
        {"买买提・样例", "C2F2C2F2CCE1A1A4D1F9C0FD"},
        {"买买提·样例", "C2F2C2F2CCE1A1A4D1F9C0FD"},
        {"朱镕基", "D6ECE946BBF9"},
        {"样例\u3000", "D1F9C0FD"},
        {"张[CHUI]", "D5C55B434855495D"},
    };
    for (const auto& [name, bytes] : rows) {
        CAPTURE(name);
        const auto records = nameRecords(PersonalText(name));
        REQUIRE(records.has_value());
        const std::string hex = toHex(records->name.reveal());
        CHECK(hex == bytes + std::string(60 - std::string_view(bytes).size(), '0'));
        CHECK(joinedName(records->name, records->extension)->reveal() ==
              card::wireName(name).reveal());
    }
}

TEST_CASE("padding of 00 and of 20 say the same, content does not") {
    const RecordShape& name = shapeOf(Item::name);
    CHECK(sameValue(name, personal("D5C5C8FD0000"), personal("D5C5C8FD2020")));
    CHECK_FALSE(sameValue(name, personal("D5C5C8FD"), personal("D5C5C8FE")));
    CHECK(sameValue(name, PersonalBytes(), personal("0000")));
    const RecordShape& number = shapeOf(Item::cardNumber);
    CHECK(sameValue(number, personal("413030303030303033 3939"), personal("413030303030303033")));
    CHECK(textOf(number, personal("413030303030303033 3939")) == "A00000003");
    const RecordShape& code = shapeOf(Item::cardIdCode);
    CHECK(textOf(code, personal("420100D1560000050000000AFFFFFFFF")) ==
          "420100D1560000050000000AFFFFFFFF");
    // Nation 20 is a number, not a space.
    CHECK_FALSE(isBlank(Coding::bcd, personal("20")));
    CHECK(textOf(shapeOf(Item::ethnicCode), personal("20")) == "20");
    CHECK(textOf(shapeOf(Item::birthDate), personal("FFFFFFFF")).empty());
}

TEST_CASE("a record from the card is taken apart strictly") {
    const RecordShape& sex = shapeOf(Item::sex);
    CHECK(toHex(valueIn(sex, personal("0A0132"))->reveal()) == "32");
    CHECK(valueIn(sex, PersonalBytes())->empty());
    CHECK(valueIn(sex, personal("000000"))->empty());
    for (const char* wrong : {"0A", "0B0132", "0A0232", "0A013232"}) {
        CAPTURE(wrong);
        CHECK(valueIn(sex, personal(wrong)).error().code == ErrorCode::chipRecordMalformed);
    }
}

TEST_CASE("the shipped profiles are legal, and the dangerous ones are refused") {
    CHECK_FALSE(tests::shippedProfile("number-prewritten").assignsNumber());
    CHECK(tests::shippedProfile("number-assigned").assignsNumber());
    const auto profile = [](std::string_view item, std::string_view rule,
                            const std::string& versions = "\"3.00\"") {
        std::string text =
            "addressing = \"tag\"\nselectMasterFileFirst = true\nreadBankNumber = false\n"
            "versions = [" +
            versions + "]\n[items]\n";
        for (const RecordShape& shape : recordTable) {
            if (shape.item == Item::nameExtension) continue;
            const bool verified = shape.item == Item::cardIdCode || shape.item == Item::version;
            const std::string_view usual = verified ? "verify" : "write";
            text += std::string(shape.name) + " = \"" +
                    std::string(shape.name == item ? rule : usual) + "\"\n";
        }
        return ChipProfile::from(ConfigFile::parse(text, "profile.toml").value());
    };
    CHECK(profile("", "")->addressing == Addressing::byTag);
    CHECK(profile("", "")->internalFactor == CardFactor::ours);
    CHECK(profile("", "")->knows("3.00"));
    CHECK_FALSE(profile("", "")->knows("2.00"));
    for (const char* versions : {"", "\"1.00\"", "\"3.00\", \"3.0\""}) {
        CAPTURE(versions);
        CHECK_FALSE(profile("", "", versions));
    }
    for (const auto& [item, rule] :
         std::vector<std::pair<std::string, std::string>>{{"cardIdCode", "write"},
                                                          {"cardIdCode", "skip"},
                                                          {"version", "write"},
                                                          {"cardNumber", "skip"},
                                                          {"name", "skip"},
                                                          {"sex", "perhaps"}}) {
        CAPTURE(item);
        REQUIRE_FALSE(profile(item, rule));
        CHECK(profile(item, rule).error().code == ErrorCode::configBadValue);
    }
}
