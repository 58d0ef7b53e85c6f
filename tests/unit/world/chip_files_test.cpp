// Reading and writing, byte for byte: hardware-notes/chip.md, "Records of EF05", "Commands for
// files", "The emulated card".
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/world/chip_host.hpp"

using namespace liqu;
using namespace liqu::world;
using namespace liqu::world::test;

namespace {

const std::string selectIssuer = "00A4020002EF05";
const std::string selectHolder = "00A4020002EF06";

}  // namespace

TEST_CASE("card: answer to reset and FCI of the seed card") {
    Host host(seedBlank());
    CHECK(toHex(host.card->reset()) == "3B6D00000081544C96866042010000000A");
    CHECK(host.send(selectSocial) == "611E");
    CHECK(host.send("00C000001E") ==
          "6F1C840F7378312E73682EC9E7BBE1B1A3D5CFA50988011E9F0C038601039000");
    CHECK(host.send("00C000001E") == "6F00");
    SUBCASE("3DES is named 01") {
        Host second(seedBlank("2.00"));
        CHECK(second.send(selectSocial) == "611E");
        CHECK(second.send("00C000001E").substr(42) == "88011E9F0C038601019000");
    }
    SUBCASE("the algorithm may be missing") {
        BlankCard blank = seedBlank("2.00");
        blank.namesAlgorithm = false;
        Host second(blank);
        CHECK(second.send(selectSocial) == "6118");
        CHECK(second.send("00C0000018") == "6F16840F7378312E73682EC9E7BBE1B1A3D5CFA50388011E9000");
    }
}

TEST_CASE("card: a contactless answer to reset ends with a check byte") {
    BlankCard blank = seedBlank();
    blank.contactless = true;
    Host host(blank);
    const Bytes answer = host.card->reset();
    CHECK(toHex(answer).starts_with("3B8D80010081544C96866042010000000A"));
    REQUIRE(answer.size() == 18);
    std::uint8_t sum = 0;
    for (std::size_t at = 1; at < answer.size(); ++at) sum ^= answer[at];
    CHECK(sum == 0);
}

TEST_CASE("card: EF05 by tag, by number, by short id and whole") {
    Host host(seedBlank());
    host.send(selectSocial);
    CHECK(host.send(selectIssuer) == "9000");
    const std::string code = "0110420100D1560000050000000AFFFFFFFF";
    CHECK(host.send("00B2010012") == code + "9000");
    CHECK(host.send("00B2030006") == "0304332E30309000");
    CHECK(host.send("00B207000B") == "07094130303030303030339000");
    CHECK(host.send("00B2010412") == code + "9000");
    CHECK(host.send("00B2020403") == "0201339000");
    CHECK(host.send("00B204040E") == "040C9156000002420100420100019000");
    CHECK(host.send("00B2050406") == "0504202406019000");
    CHECK(host.send("00B2060406") == "0604203406019000");
    CHECK(host.send("00B2010540") == code + "020133" + "0304332E3030" +
                                         "040C915600000242010042010001" + "050420240601" +
                                         "060420340601" + "0709413030303030303033" + "9000");
    CHECK(host.send("00B206060" + std::string("B")) == "6C11");
    CHECK(host.send("00B2060611") ==
          "0709413030303030303033"
          "060420340601"
          "9000");
    // Without SELECT EF.
    host.send(selectSocial);
    CHECK(host.send("00B2012C12") == code + "9000");
}

TEST_CASE("card: the length asked for over T=0 and otherwise") {
    Host host(seedBlank());
    host.send(selectSocial);
    host.send(selectIssuer);
    CHECK(host.send("00B2030000") == "6C06");
    CHECK(host.send("00B2030005") == "6C06");
    CHECK(host.send("00B2030007") == "6C06");
    CardBehaviour block;
    block.characterProtocol = false;
    Host other(seedBlank(), block);
    CHECK(other.send(selectSocial + "00").substr(0, 4) == "6F1C");
    CHECK(other.send(selectSocial) == "9000");
    other.send(selectIssuer);
    CHECK(other.send("00B2030000") == "0304332E30309000");
    CHECK(other.send("00B2030005") == "6C06");
}

TEST_CASE("card: a TPDU reader refuses Lc and Le together") {
    Host host(seedBlank());
    CHECK(host.send(selectSocial + "00") == "611E");
    CardBehaviour behaviour;
    behaviour.refusesTrailingLe = true;
    host.card->setBehaviour(behaviour);
    CHECK(host.send(selectSocial + "00") == "6700");
}

TEST_CASE("card: the empty holder file, free on 2.00 and closed on 3.00") {
    const std::string empty = "0812" + std::string(36, '0') + "091E" + std::string(60, '0') +
                              "4E14" + std::string(40, '0') + "0A0100" + "0B01FF" + "0C03FFFFFF" +
                              "0D04FFFFFFFF";
    Host old(seedBlank("2.00"));
    old.send(selectSocial);
    CHECK(old.send(selectHolder) == "9000");
    CHECK(old.send("00B201055B") == empty + "9000");

    Host host(seedBlank());
    host.send(selectSocial);
    CHECK(host.send(selectHolder) == "9000");
    CHECK(host.send("00B2080014") == "6982");
    CHECK(host.authenticate(KeyName::readHolder) == "9000");
    CHECK(host.send("00B201055B") == empty + "9000");
}

TEST_CASE("card: the note's writing examples") {
    Host host(seedBlank());
    host.openForWriting();
    const std::string zeros26(52, '0');
    const std::string zeros20(40, '0');
    CHECK(host.send("00A4000002EF05") == "9000");  // the field's way, P1 = 00
    for (const char* command :
         {"00DC020403020133", "00DC0304060304332E3030", "00DC04040E040C915600000242010042010001",
          "00DC050406050420240601", "00DC060406060420340601", "00DC07040B0709413030303030303033"}) {
        CHECK(host.send(command) == "9000");
    }
    CHECK(host.send(selectHolder) == "9000");
    CHECK(host.send("00DC0104140812313130313035313934393132333130303258") == "9000");
    CHECK(host.send("00DC020420091ED5C5C8FD" + zeros26) == "9000");
    CHECK(host.send("00DC0304164E14" + zeros20) == "9000");
    CHECK(host.send("00DC0404030A0132") == "9000");
    CHECK(host.send("00DC0504030B0101") == "9000");
    CHECK(host.send("00DC0604050C03110105") == "9000");
    CHECK(host.send("00DC0704060D0419491231") == "9000");
    CHECK(host.send("00B2080014") == "08123131303130353139343931323331303032589000");
    CHECK(host.send("00B2090020") == "091ED5C5C8FD" + zeros26 + "9000");
    // By tag, and after power loss it is all still there.
    CHECK(host.send("00DC0A00030A0131") == "9000");
    host.card->reset();
    const auto json = nlohmann::json::parse(host.card->json());
    CHECK(json["items"]["name"] == "张三");
    CHECK(json["items"]["social-number"] == "11010519491231002X");
    CHECK(json["items"]["sex"] == "1");
    CHECK(json["items"]["birth-date"] == "19491231");
    CHECK(json["cardNumber"] == "A00000003");
}

TEST_CASE("card: what UPDATE RECORD refuses") {
    Host host(seedBlank());
    host.send(selectSocial);
    CHECK(host.send("00DC020403020133") == "6986");
    host.send(selectIssuer);
    CHECK(host.send("00DC020403020133") == "6982");
    CHECK(host.authenticate(KeyName::readHolder) == "9000");
    CHECK(host.send("00DC020403020133") == "6982");
    CHECK(host.authenticate(KeyName::update) == "9000");
    CHECK(host.send("00DC02040302013333") == "6700");
    CHECK(host.send("00DC020403020233") == "6A85");
    CHECK(host.send("00DC0204040202"
                    "3333") == "6A84");
    CHECK(host.send("00DC020403030133") == "6A80");
    CHECK(host.send("00DC080406500401020304") == "6A84");
    CHECK(host.send("00DC090406500401020304") == "6A83");
    CHECK(host.send("00DC020503020133") == "6A86");
    CHECK(host.send("00A4020002EF08") == "9000");
    CHECK(host.send("00DC020403020133") == "6981");
}

TEST_CASE("card: binary files") {
    Host host(seedBlank());
    host.send(selectSocial);
    CHECK(host.send("00B0880010") == "6982");
    host.openForWriting();
    CHECK(host.send("00D688000401020304") == "9000");
    CHECK(host.send("00B0880104") == "020304009000");
    CHECK(host.send("00B00FFE00") == "00009000");
    CHECK(host.send("00B00FFE08") == "6C02");
    CHECK(host.send("00B0100001") == "6B00");
    CHECK(host.send("00D60FFE03010203") == "6A84");
    CHECK(host.send("00B0850001") == "6981");
    CHECK(host.send("00B2014404") == "6981");
    CHECK(host.send("00B2014C04") == "6A82");
}

TEST_CASE("card: number assigned at issuance") {
    BlankCard blank = seedBlank();
    blank.numberPrewritten = false;
    Host host(blank);
    host.send(selectSocial);
    host.send(selectIssuer);
    CHECK(host.send("00B207000B") == "0709" + std::string(18, '0') + "9000");
}

TEST_CASE("card: the bank card number in the payment application") {
    for (const bool format77 : {false, true}) {
        CardBehaviour behaviour;
        behaviour.paymentFormat77 = format77;
        Host host(seedBlank(), behaviour);
        const std::string number = seedBlank().bankCardNumber;
        CHECK(number.size() == 19);
        CHECK(host.send("00A4040008A000000333010101").substr(0, 2) == "61");
        CHECK(host.send("80A800000D830B" + std::string(22, '0')) == (format77 ? "6110" : "610C"));
        const std::string locator = "0801010010010200";
        CHECK(host.send(format77 ? "00C0000010" : "00C000000C") ==
              (format77 ? "770E82027C009408" : "800A7C00") + locator + "9000");
        CHECK(host.send("80A8000003830100") == "6985");
        CHECK(host.send("00B2021400").substr(0, 2) == "6C");
        const std::string length = host.send("00B2021400").substr(2);
        CHECK(host.send("00B20214" + length) == "70105A0A" + number + "F5F3401019000");
    }
}

TEST_CASE("card: factory batch") {
    BlankBatch batch;
    batch.count = 3;
    const auto blanks = blanksOf(batch);
    REQUIRE(blanks.size() == 3);
    CHECK(blanks[2].serial == 0x0C);
    CHECK(blanks[1].cardNumber == withCheckCharacter("A0000001"));
    CHECK(withCheckCharacter("D2143569") == "D2143569X");
    CHECK(withCheckCharacter("X0000001") == "X00000019");
    CHECK(withCheckCharacter("A0000000") == "A00000003");
    CHECK(withLuhnDigit("7992739871") == "79927398713");
    CHECK(blanks[0].bankCardNumber != blanks[1].bankCardNumber);
    CHECK(blanks[0].bankCardNumber.size() == 19);
}
