// Authentication, counters, PIN and the strictness list: hardware-notes/chip.md, "Authentication",
// "The emulated card".
#include <doctest/doctest.h>

#include "tests/unit/world/chip_host.hpp"

using namespace liqu;
using namespace liqu::world;
using namespace liqu::world::test;

namespace {

const std::string readHolderItem = "00A4020002EF06";

std::string secured(Host& host, KeyName key, const std::string& head, const std::string& plain) {
    const Block8 factor = host.challenge();
    const auto body = host.hsm.secureMessage(keyAddressOf(key), host.identity(), factor,
                                             fromHex(head).value(), fromHex(plain).value());
    return host.send(head + toHex(body.value()));
}

}  // namespace

TEST_CASE("card: internal authentication shows a genuine card") {
    for (const char* version : {"3.00", "2.00"}) {
        Host host(seedBlank(version));
        const std::string factor = "A1B2C3D4E5F60718";
        const std::string original = "1122334455667788";
        CHECK(host.send("0088000010" + factor + original) == "6A88");
        host.send(selectSocial);
        CHECK(host.send("0088000010" + factor + original) == "6108");
        Block8 f{}, o{};
        std::ranges::copy(fromHex(factor).value(), f.begin());
        std::ranges::copy(fromHex(original).value(), o.begin());
        const auto expected = host.hsm.internalAuthentication(host.identity(), f, o).value();
        CHECK(host.send("00C0000008") == toHex(expected) + "9000");
    }
}

TEST_CASE("card: the note's cryptograms, with its one root") {
    const Hsm hsm = Hsm::withOneRoot(fromHex("00112233445566778899AABBCCDDEEFF").value());
    const auto answer = [&](const char* version) {
        CardEngine card(memoryOf(seedBlank(version), hsm), {}, 1, nullptr);
        card.reset();
        card.transmit(fromHex(selectSocial).value());
        card.transmit(fromHex("0088000010A1B2C3D4E5F607181122334455667788").value());
        return toHex(card.transmit(fromHex("00C0000008").value()).bytes);
    };
    CHECK(answer("3.00") == "6642D394473B8C3F9000");
    CHECK(answer("2.00") == "DDDAC9E249C57B859000");
}

TEST_CASE("card: external authentication") {
    for (const char* version : {"3.00", "2.00"}) {
        Host host(seedBlank(version));
        host.send(selectSocial);
        CHECK(host.authenticate(KeyName::update) == "9000");
        CHECK(host.authenticate(KeyName::update, 1, true) == "63C2");
        CHECK(host.authenticate(KeyName::update) == "9000");
        CHECK(host.authenticate(KeyName::update, 3) == "63C2");  // 0096 instead of 0094
        CHECK(host.authenticate(KeyName::update, 3) == "63C1");
        CHECK(host.authenticate(KeyName::update, 3) == "63C0");
        CHECK(host.authenticate(KeyName::update) == "6983");
        CHECK(host.authenticate(KeyName::readHolder) == "9000");
    }
}

TEST_CASE("card: challenges are used once and only here") {
    Host host(seedBlank());
    host.send(selectSocial);
    const std::string attempt = "0082000A10" + std::string(32, '0');
    CHECK(host.send(attempt) == "6984");
    host.challenge();
    CHECK(host.send(attempt) == "63C2");
    CHECK(host.send(attempt) == "6984");
    host.challenge();
    host.send(selectSocial);
    CHECK(host.send(attempt) == "6984");
    CHECK(host.send("0084000007") == "6700");
    CHECK(host.send("0084000004").size() == 12);
    CHECK(host.send("0084000010").size() == 36);
    CHECK(host.send("0082001F10" + std::string(32, '0')) == "6A88");
    CHECK(host.send("0082008410" + std::string(32, '0')) == "6A88");
    SUBCASE("strict: another command in between voids it") {
        host.challenge();
        host.send("00A4020002EF05");
        CHECK(host.send(attempt) == "6984");
    }
    SUBCASE("lenient") {
        host.card->setBehaviour({.strictChallenge = false});
        host.challenge();
        host.send("00A4020002EF05");
        CHECK(host.send(attempt) == "63C1");
    }
    SUBCASE("a card that insists on the challenge before as original") {
        host.card->setBehaviour({.requiresIssuedOriginal = true});
        CHECK(host.authenticate(KeyName::readHolder) == "9000");
        const Block8 factor = host.challenge();
        const Block8 foreign{1, 2, 3};
        const auto cryptogram =
            host.hsm.externalAuthentication(KeyName::readHolder, host.identity(), factor, foreign);
        CHECK(host.send("0082000A10" + toHex(cryptogram.value()) + toHex(foreign)) == "63C2");
    }
}

TEST_CASE("card: what makes the rights go away") {
    Host host(seedBlank());
    host.openForWriting();
    CHECK(host.send(readHolderItem) == "9000");
    CHECK(host.send("00B2080014").substr(40) == "9000");
    host.send("00A4020002EF05");
    host.send(readHolderItem);
    CHECK(host.send("00DC0404030A0132") == "9000");  // selecting files keeps them
    SUBCASE("a second SELECT of the environment") {
        host.send(selectSocial);
    }
    SUBCASE("a folder and back") {
        CHECK(host.send("00A4000002DF01").substr(0, 2) == "61");
        host.send(selectSocial);
    }
    SUBCASE("a reset") {
        host.card->reset();
        host.send(selectSocial);
    }
    host.send(readHolderItem);
    CHECK(host.send("00B2080014") == "6982");
    CHECK(host.send("00DC0404030A0132") == "6982");
}

TEST_CASE("card: order of the checks") {
    Host host(seedBlank());
    host.send(selectSocial);
    CHECK(host.send("A0A4000000") == "6E00");
    CHECK(host.send("80B2010412") == "6E00");
    CHECK(host.send("00FF000000") == "6D00");
    CHECK(host.send("00B2010712") == "6A86");
    CHECK(host.send("0084010007") == "6A86");
    CHECK(host.send("00A404000F7378") == "6700");
    CHECK(host.send("00A4") == "6700");
    CHECK(host.send("00B2010412") == "6986");
    CHECK(host.send("00A4040005D156000009") == "6A82");
    CHECK(host.send("00A4040006D15600000503").substr(0, 2) == "61");
    CHECK(host.send("00A4020002EF05") == "6A82");
}

TEST_CASE("card: PIN") {
    Host host(seedBlank());
    CHECK(host.send("002000000"
                    "3123456") == "6A88");
    host.send(selectSocial);
    CHECK(host.send("0020000000") == "63C6");
    CHECK(host.send("0020000003123457") == "63C5");
    CHECK(host.send("0020000003123456") == "9000");
    CHECK(host.send("0020000000") == "63C6");
    CHECK(host.send("805E010007123456FF888888") == "9000");
    CHECK(host.send("805E010007123456FF888888") == "63C5");
    CHECK(host.send("805E010007888888FF8888AA") == "6A80");
    CHECK(host.send("805E010007888888FF12345678") == "6700");
    CHECK(host.send("805E010006888888123456") == "6A80");
    for (int left = 4; left >= 0; --left) host.send("0020000003123457");
    CHECK(host.send("0020000000") == "63C0");
    CHECK(host.send("0020000003888888") == "6983");
    SUBCASE("unblock keeps it") {
        CHECK(secured(host, KeyName::maintenance, "8424000004", "") == "6982");
        CHECK(host.authenticate(KeyName::pinUnlock) == "9000");
        CHECK(secured(host, KeyName::maintenance, "8424000004", "") == "9000");
        CHECK(host.send("0020000003888888") == "9000");
    }
    SUBCASE("reset sets a new one") {
        CHECK(host.authenticate(KeyName::pinUnlock) == "9000");
        CHECK(host.send("8424000114" + std::string(40, '0')) == "6984");
        CHECK(secured(host, KeyName::block, "8424000114", "654321") == "6988");
        CHECK(secured(host, KeyName::maintenance, "8424000114", "654321") == "9000");
        CHECK(host.send("0020000003654321") == "9000");
    }
}

TEST_CASE("card: PIN reset of a 3DES card is four bytes shorter by the cipher") {
    Host host(seedBlank("2.00"));
    host.send(selectSocial);
    CHECK(host.authenticate(KeyName::pinUnlock) == "9000");
    CHECK(secured(host, KeyName::maintenance, "842400010C", "654321") == "9000");
    CHECK(host.send("0020000003654321") == "9000");
}

TEST_CASE("card: blocked application and blocked card") {
    Host host(seedBlank());
    host.send(selectSocial);
    SUBCASE("application") {
        CHECK(host.send("841E00010400000000") == "6984");
        CHECK(secured(host, KeyName::maintenance, "841E000104", "") == "9000");
        CHECK(host.send("00A4020002EF05") == "9303");
        CHECK(host.send("0084000008") == "9303");
        CHECK(host.send(selectSocial) == "9303");
        CHECK(host.send("00A4040008A000000333010101").substr(0, 2) == "61");
    }
    SUBCASE("card") {
        CHECK(secured(host, KeyName::block, "8416000004", "") == "9000");
        CHECK(host.send(selectSocial) == "6A81");
        host.card->reset();
        CHECK(host.send("00A4040008A000000333010101") == "6A81");
    }
}

TEST_CASE("card: Zhejiang counts the county as 00") {
    BlankCard blank = seedBlank();
    blank.regionCode = "330106";
    Host host(blank);
    host.send(selectSocial);
    CHECK(host.authenticate(KeyName::readHolder) == "9000");
}

TEST_CASE("card: one brand wants the master file first") {
    Host host(seedBlank(), {.masterFileFirst = true});
    CHECK(host.send(selectSocial) == "6A82");
    CHECK(host.send("00A40000023F00").substr(0, 2) == "61");
    CHECK(host.send(selectSocial) == "611E");
}
