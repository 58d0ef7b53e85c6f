// The vectors of hardware-notes/chip.md, "Test vectors": synthetic root, city 420100, one card.
#include <algorithm>
#include <doctest/doctest.h>
#include <string>

#include "tests/world/hsm/hsm.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

Bytes hex(std::string_view text) {
    return fromHex(text).value();
}

template <std::size_t N>
std::array<std::uint8_t, N> block(std::string_view text) {
    const Bytes bytes = hex(text);
    REQUIRE(bytes.size() == N);
    std::array<std::uint8_t, N> result{};
    std::copy(bytes.begin(), bytes.end(), result.begin());
    return result;
}

struct Vector {
    ChipAlgorithm algorithm;
    std::string provinceKey, cityKey, cardKey, session, authentication;
    std::string resetSession, resetHead, resetBody, unblockMac;
};

const Vector vectors[] = {
    {ChipAlgorithm::sm4, "5AB0475E68723D85D3311483B411A336", "506D5A9490192846C0AC95C1A917B4D3",
     "293D51CC04590F0900F57BF524E843D8", "CC1A14CE43F568ACF12FA3DA5C17D8CF", "6642D394473B8C3F",
     "30527C6B3B9142C319AC1B270EBF6114", "8424000114", "A2273AC11658271F464189D46F3AC11167F4DFCF",
     "4C935E83"},
    {ChipAlgorithm::tripleDes, "E01B92ECB5FBA33C4BFE187B5AC156C7",
     "52A795A7C7EAC6009357C416FA2922C0", "568D5231124C4FA3ACFF54882B9FDF5A", "D28069C14F05C36B",
     "DDDAC9E249C57B85", "8AA4B6057C6BD018", "842400010C", "FC529A3A288834E07F26DEC9", "74DB46A5"},
};

const Bytes root = hex("00112233445566778899AABBCCDDEEFF");

CardKeyContext cardOf(ChipAlgorithm algorithm) {
    return {algorithm, block<13>("0081544C96866042010000000A"),
            block<16>("420100D1560000050000000AFFFFFFFF")};
}

}  // namespace

TEST_CASE("hsm: factors of the three levels") {
    CHECK(toHex(provinceFactor("420100")) == "3432303030307368");
    CHECK(toHex(cityFactor("420100")) == "3432303130307378");
    CHECK(toHex(cardFactor(cardOf(ChipAlgorithm::sm4).historicalBytes)) == "866042010000000A");
    CHECK(cityCodeOf(cardOf(ChipAlgorithm::sm4).cardIdCode) == "420100");
    SUBCASE("Zhejiang forces the county digits to 00") {
        CHECK(toHex(cityFactor("330106")) == "3333303130307378");
        CHECK(toHex(cityFactor("420106")) == "3432303130367378");
    }
}

TEST_CASE("hsm: derivation from root to card") {
    for (const Vector& v : vectors) {
        const Bytes province = childKey(v.algorithm, root, provinceFactor("420100"));
        CHECK(toHex(province) == v.provinceKey);
        const Bytes city = childKey(v.algorithm, province, cityFactor("420100"));
        CHECK(toHex(city) == v.cityKey);
        CHECK(toHex(cardKeyFromRoot(root, cardOf(v.algorithm))) == v.cardKey);
    }
}

TEST_CASE("hsm: session key and authentication data") {
    const auto factor = block<8>("A1B2C3D4E5F60718");
    const auto original = block<8>("1122334455667788");
    const Hsm hsm = Hsm::withOneRoot(root);
    for (const Vector& v : vectors) {
        const CardKeyContext card = cardOf(v.algorithm);
        const Bytes session = sessionKey(v.algorithm, hex(v.cardKey), factor);
        CHECK(toHex(session) == v.session);
        CHECK(toHex(authenticationData(v.algorithm, session, original)) == v.authentication);
        const auto result = hsm.externalAuthentication(KeyName::readHolder, card, factor, original);
        CHECK(toHex(result.value()) == v.authentication);
        CHECK(toHex(hsm.internalAuthentication(card, factor, original).value()) ==
              v.authentication);
        // The most common mistake, factor and original swapped, must not pass.
        CHECK(toHex(hsm.internalAuthentication(card, original, factor).value()) !=
              v.authentication);
    }
}

TEST_CASE("hsm: secure messages for the PIN") {
    const Bytes random = hex("0102030405060708");
    const Hsm hsm = Hsm::withOneRoot(root);
    const KeyAddress maintenance = keyAddressOf(KeyName::maintenance);
    for (const Vector& v : vectors) {
        const CardKeyContext card = cardOf(v.algorithm);
        CHECK(toHex(sessionKey(v.algorithm, hex(v.cardKey), random)) == v.resetSession);
        const auto reset =
            hsm.secureMessage(maintenance, card, random, hex(v.resetHead), hex("123456"));
        CHECK(toHex(reset.value()) == v.resetBody);
        const auto unblock = hsm.secureMessage(maintenance, card, random, hex("8424000004"), {});
        CHECK(toHex(unblock.value()) == v.unblockMac);

        const Bytes body = hex(v.resetBody);
        const ByteView field = ByteView(body).first(body.size() - 4);
        const auto pin = decryptField(v.algorithm, hex(v.resetSession), field);
        REQUIRE(pin.has_value());
        CHECK(toHex(*pin) == "123456");
        CHECK_FALSE(decryptField(v.algorithm, hex(v.session), field).has_value());
    }
}

TEST_CASE("hsm: session keys of short and long random numbers") {
    const Bytes key = hex("293D51CC04590F0900F57BF524E843D8");
    const auto sm4 = ChipAlgorithm::sm4;
    CHECK(sessionKey(sm4, key, hex("01020304")) ==
          encryptBlocks(sm4, key, hex("01020304000000000000000000000000")));
    CHECK(sessionKey(sm4, key, hex("0102030405060708090A0B0C0D0E0F10")) ==
          encryptBlocks(sm4, key, hex("0102030405060708090A0B0C0D0E0F10")));
    CHECK(sessionKey(ChipAlgorithm::tripleDes, key, hex("01020304")) ==
          encryptBlocks(ChipAlgorithm::tripleDes, key, hex("0102030400000000")));
}

TEST_CASE("hsm: published block cipher vectors") {
    // GB/T 32907 example 1, and the classic DES example with the key doubled.
    const Bytes sm4Key = hex("0123456789ABCDEFFEDCBA9876543210");
    CHECK(toHex(encryptBlocks(ChipAlgorithm::sm4, sm4Key, sm4Key)) ==
          "681EDF34D206965E86B3E94F536E4246");
    CHECK(toHex(encryptBlocks(ChipAlgorithm::tripleDes, hex("133457799BBCDFF1"),
                              hex("0123456789ABCDEF"))) == "85E813540F0AB405");
}

TEST_CASE("hsm: each address has its own root in the simulation") {
    const Hsm hsm = Hsm::forTheSimulation();
    const CardKeyContext card = cardOf(ChipAlgorithm::sm4);
    CHECK(keyAddressOf(KeyName::update) == 0x0094);
    CHECK(keyAddressOf(KeyName::update, 3) == 0x0096);
    CHECK(keyAddressOf(KeyName::readHolder) == 0x004C);
    CHECK(keyAddressOf(KeyName::pinUnlock, 3) == 0x0090);
    CHECK(hsm.cardKey(0x0094, card).value() != hsm.cardKey(0x0096, card).value());
    CHECK(hsm.cardKey(0x0094, card).value() == Hsm::forTheSimulation().cardKey(0x0094, card));
    CHECK_FALSE(hsm.cardKey(0x1234, card).has_value());
    CHECK_FALSE(hsm.secureMessage(0x0173, card, hex("0102030405060708"), hex("8424000114"), {})
                    .has_value());
}
