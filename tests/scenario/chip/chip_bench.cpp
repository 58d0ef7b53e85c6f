#include "tests/scenario/chip/chip_bench.hpp"

#include <doctest/doctest.h>

namespace liqu::tests {

Result<ports::Block8> DirectAuthority::internalAuthentication(const ports::CardKeyContext& card,
                                                              const ports::Block8& factor,
                                                              const ports::Block8& original) {
    ++questions;
    if (lineIsCut) return fail(ErrorCode::provinceUnreachable, "the line is cut");
    return hsm_.internalAuthentication(card, factor, original);
}

Result<ports::Block8> DirectAuthority::externalAuthentication(const ports::CardKeyContext& card,
                                                              ports::CardKey key,
                                                              const ports::Block8& factor,
                                                              const ports::Block8& original) {
    ++questions;
    if (lineIsCut) return fail(ErrorCode::provinceUnreachable, "the line is cut");
    return hsm_.externalAuthentication(world::keyNameOf(key), card, factor, original);
}

chip::ChipProfile ChipBench::shipped(const std::string& name) {
    return chip::ChipProfile::read(LIQU_SOURCE_DIR "/kiosk-config/chip-profiles/" + name + ".toml")
        .value();
}

void ChipBench::feed() {
    card = world::makeCard(blank, hsm, &faults, behaviour);
    if (!behaviour.characterProtocol) {
        // As a contactless reader shows it: T=1 and a check byte.
        world::CardMemory memory = card->memory();
        Bytes atr{0x3B, 0x8D, 0x80, 0x01};
        const auto& history = memory.identity.historicalBytes;
        atr.insert(atr.end(), history.begin(), history.end());
        std::uint8_t check = 0;
        for (std::size_t at = 1; at < atr.size(); ++at) check ^= atr[at];
        atr.push_back(check);
        memory.answerToReset = atr;
        card->setMemory(memory);
    }
    station.insert(card);
}

chip::SocialCard ChipBench::socialCard() {
    return chip::SocialCard(reader, authority, random, profile, std::chrono::seconds(5));
}

chip::BlankExpectation ChipBench::expectation() const {
    return {.numberIsRight = [this](std::string_view number) { return number == blank.cardNumber; },
            .bankPrefixes = {"621700"},
            .cardIdCode = {}};
}

card::ChipItems ChipBench::order() const {
    card::ChipItems items;
    items.cardIdCode = "420100D1560000050000000AFFFFFFFF";
    items.cardClass = "3";
    items.version = blank.version;
    items.issuerCode = "915600000242010042010001";
    items.issueDate = "20240601";
    items.expiryDate = "20340601";
    items.cardNumber = "A00000003";
    items.socialNumber = PersonalText("11010519491231002X");
    items.name = PersonalText("张三");
    items.sex = "2";
    items.ethnicCode = "01";
    items.birthPlace = "110105";
    items.birthDate = PersonalText("19491231");
    return items;
}

Result<chip::WriteReport> ChipBench::personalise(chip::SocialCard& social,
                                                 const chip::BlankIdentity& identity) {
    return social.personalise(order(), identity, {}, {});
}

void checkComplete(const world::CardEngine& card) {
    const world::CardMemory memory = card.memory();
    const auto item = [&memory](std::uint8_t tag) { return toHex(memory.item(tag)); };
    using namespace world::card_tag;
    CHECK(item(cardIdCode) == "420100D1560000050000000AFFFFFFFF");
    CHECK(item(cardClass) == "33");
    CHECK(item(issuer) == "915600000242010042010001");
    CHECK(item(issueDate) == "20240601");
    CHECK(item(expiryDate) == "20340601");
    CHECK(item(cardNumber) == "413030303030303033");
    CHECK(item(socialNumber) == "313130313035313934393132333130303258");
    CHECK(item(name) == "D5C5C8FD" + std::string(52, '0'));
    CHECK(item(nameExtension) == std::string(40, '0'));
    CHECK(item(sex) == "32");
    CHECK(item(ethnic) == "01");
    CHECK(item(birthPlace) == "110105");
    CHECK(item(birthDate) == "19491231");
}

}  // namespace liqu::tests
