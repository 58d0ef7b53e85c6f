#include "firmware/issuance/personalisation_text.hpp"

#include <doctest/doctest.h>

namespace liqu::issuance {
namespace {

SealedItems sample() {
    SealedItems items;
    items.chip.cardIdCode = "420100D1560000050000000AFFFFFFFF";
    items.chip.cardClass = "3";
    items.chip.version = "3.00";
    items.chip.issueDate = "20240601";
    items.chip.cardNumber = "A10000007";
    items.chip.socialNumber = PersonalText("11010519491231002X");
    items.chip.name = PersonalText("测𬭸㛃");
    items.chip.birthDate = PersonalText("19491231");
    items.face.printName = PersonalText("测𬭸㛃");
    items.face.portraitJpeg = PersonalBytes(Bytes{0x00, 0xFF, 0xD8, 0x00});
    return items;
}

province::ReadBack sampleReadBack() {
    province::ReadBack said;
    said.cardNumber = "A10000007";
    said.socialNumber = PersonalText("11010519491231002X");
    said.atr = {0x3B, 0x00, 0xFF};
    said.version = "3.00";
    return said;
}

TEST_CASE("sealed items come back as they were") {
    const SealedItems items = sample();
    const auto back = parse(serialise(items).reveal());
    REQUIRE(back.has_value());
    CHECK(back->chip.cardIdCode == items.chip.cardIdCode);
    CHECK(back->chip.name == items.chip.name);
    CHECK(back->chip.birthPlace.empty());
    CHECK(back->face.portraitJpeg == items.face.portraitJpeg);
    CHECK(!back->readBack);
}

TEST_CASE("with what the chip said they come back too") {
    SealedItems items = sample();
    items.readBack = sampleReadBack();
    const auto back = parse(serialise(items).reveal());
    REQUIRE(back.has_value());
    REQUIRE(back->readBack.has_value());
    CHECK(back->readBack->atr == items.readBack->atr);
    CHECK(back->readBack->socialNumber == items.readBack->socialNumber);
}

TEST_CASE("cut anywhere they are refused, and so is one byte too many") {
    SealedItems items = sample();
    const std::size_t withoutReadBack = serialise(items).reveal().size();
    items.readBack = sampleReadBack();
    Bytes whole = serialise(items).reveal();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CAPTURE(length);
        const auto back = parse(ByteView(whole).first(length));
        // Only where the read-back begins is a cut no cut: it was not there yet.
        CHECK(back.has_value() == (length == withoutReadBack));
    }
    whole.push_back(0);
    CHECK(!parse(whole));
}

}  // namespace
}  // namespace liqu::issuance
