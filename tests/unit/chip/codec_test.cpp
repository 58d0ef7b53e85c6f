// Bytes of ATR, FCI, TLV, records and commands against hardware-notes/chip.md.
#include <doctest/doctest.h>

#include "firmware/chip/atr.hpp"
#include "firmware/chip/bank_application.hpp"
#include "firmware/chip/ber_tlv.hpp"
#include "firmware/chip/card_commands.hpp"
#include "firmware/chip/file_control.hpp"
#include "firmware/chip/status_word.hpp"

using namespace liqu;
using namespace liqu::chip;

namespace {

Bytes hex(std::string_view text) {
    return fromHex(text).value();
}
PersonalBytes personal(std::string_view text) {
    return PersonalBytes(hex(text));
}
std::string wire(const Command& command, CaseFour caseFour = CaseFour::withoutLe) {
    return toHex(encode(command, caseFour));
}
std::string historical(std::string_view atr) {
    return toHex(parseAtr(hex(atr)).value().historicalBytes);
}
ErrorCode refusal(std::string_view atr) {
    return parseAtr(hex(atr)).error().code;
}

const std::string history = "0081544C96866042010000000A";

}  // namespace

TEST_CASE("the historical bytes of a contact ATR are found by T0") {
    CHECK(historical("3B6D0000" + history) == history);
    CHECK(historical("3B7D110000" + history) == history);  // TA1 as well
    CHECK(historical("3B2D00" + history) == history);      // TB1 alone
    CHECK_FALSE(parseAtr(hex("3B6D0000" + history))->offersT1);
}

TEST_CASE("with a check byte the last 26 digits are not the historical bytes") {
    // Clock-stop information: TD1 80, TD2 1F, TA3, then a TCK.
    Bytes atr = hex("3B9D11801F03" + history);
    std::uint8_t check = 0;
    for (std::size_t i = 1; i < atr.size(); ++i) check ^= atr[i];
    atr.push_back(check);
    CHECK(historical(toHex(atr)) == history);
    atr.back() ^= 1;
    CHECK(refusal(toHex(atr)) == ErrorCode::chipReplyTorn);
}

TEST_CASE("a contactless reader's ATR offers T=1") {
    Bytes atr = hex("3B8D8001" + history);
    std::uint8_t check = 0;
    for (std::size_t i = 1; i < atr.size(); ++i) check ^= atr[i];
    atr.push_back(check);
    const Atr parsed = parseAtr(atr).value();
    CHECK(toHex(parsed.historicalBytes) == history);
    CHECK(parsed.offersT1);
}

TEST_CASE("an ATR that is cut, too long or another card's is refused") {
    CHECK(refusal("") == ErrorCode::chipReplyTorn);
    CHECK(refusal("3B") == ErrorCode::chipReplyTorn);
    CHECK(refusal("3B9D") == ErrorCode::chipReplyTorn);
    CHECK(refusal("3B6D0000" + history.substr(2)) == ErrorCode::chipReplyTorn);
    CHECK(refusal("3B6D0000" + history + "00") == ErrorCode::chipReplyTorn);
    CHECK(refusal("006D0000" + history) == ErrorCode::chipReplyTorn);
    CHECK(refusal("3B6C0000" + history.substr(2)) == ErrorCode::chipForeign);
    CHECK(refusal("3BFFFFFFFFFFFFFFFFFF") == ErrorCode::chipReplyTorn);
}

TEST_CASE("the FCI says the algorithm, and silence means the region's old one") {
    const Bytes fci = hex("6F1C840F7378312E73682EC9E7BBE1B1A3D5CFA50988011E9F0C03860103");
    CHECK(checkApplicationName(fci));
    CHECK(algorithmOf(fci, "420100").value() == ports::ChipAlgorithm::sm4);
    Bytes des = fci;
    des.back() = 0x01;
    CHECK(algorithmOf(des, "420100").value() == ports::ChipAlgorithm::tripleDes);
    Bytes ssf33 = fci;
    ssf33.back() = 0x02;
    CHECK(algorithmOf(ssf33, "420100").error().code == ErrorCode::chipVersionUnsupported);

    const Bytes silent = hex("6F16840F7378312E73682EC9E7BBE1B1A3D5CFA50388011E");
    CHECK(algorithmOf(silent, "420100").value() == ports::ChipAlgorithm::tripleDes);
    CHECK(algorithmOf(silent, "110100").error().code == ErrorCode::chipVersionUnsupported);
    CHECK(algorithmOf({}, "420100").value() == ports::ChipAlgorithm::tripleDes);
    CHECK(checkApplicationName({}));
    CHECK(checkApplicationName(hex("6F0A8408A000000333010101")).error().code ==
          ErrorCode::chipForeign);
}

TEST_CASE("BER-TLV: long tags and lengths, filler, and nothing past the end") {
    const Bytes bytes = hex("0000 9F0C 03 860103 00 5F8101 8101 AA 5A 820001 BB");
    const auto objects = parseTlv(bytes).value();
    REQUIRE(objects.size() == 3);
    CHECK(objects[0].tag == 0x9F0C);
    CHECK(objects[1].tag == 0x5F8101);
    CHECK(toHex(objects[1].value) == "AA");
    CHECK(toHex(objects[2].value) == "BB");
    CHECK(toHex(findTlv(bytes, {0x9F0C, 0x86}).value()) == "03");
    CHECK_FALSE(findTlv(bytes, {0x9F0C, 0x87}));
    for (const char* torn : {"6F", "6F05840102", "9F", "9F81", "9F818181 00", "5A81", "5A8200",
                             "5A80 00", "5A83000001 00"}) {
        CAPTURE(torn);
        CHECK_FALSE(parseTlv(hex(torn)));
    }
}

TEST_CASE("commands, byte for byte") {
    CHECK(wire(selectApplication(socialApplicationName())) ==
          "00A404000F7378312E73682EC9E7BBE1B1A3D5CF");
    CHECK(wire(selectApplication(socialApplicationName()), CaseFour::withLe) ==
          "00A404000F7378312E73682EC9E7BBE1B1A3D5CF00");
    CHECK(wire(selectMasterFile()) == "00A40000023F00");
    CHECK(wire(selectFile(0xEF05)) == "00A4020002EF05");
    CHECK(wire(readRecord(Addressing::byTag, 0x01, 0x12)) == "00B2010012");
    CHECK(wire(readRecord(Addressing::byTag, 0x4E, 0x16)) == "00B24E0016");
    CHECK(wire(readRecord(Addressing::byNumber, 0x07, 0x0B)) == "00B207040B");
    CHECK(wire(updateRecord(Addressing::byNumber, 2, personal("020133"))) == "00DC020403020133");
    CHECK(wire(updateRecord(Addressing::byTag, 0x0A, personal("0A0132"))) == "00DC0A00030A0132");
    CHECK(wire(getChallenge()) == "0084000008");
    const ports::Block8 original{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};
    const ports::Block8 factor{0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6, 0x07, 0x18};
    CHECK(wire(internalAuthenticate(factor, original)) ==
          "0088000010A1B2C3D4E5F607181122334455667788");
    CHECK(wire(internalAuthenticate(factor, original), CaseFour::withLe) ==
          "0088000010A1B2C3D4E5F60718112233445566778808");
    // The vector for RKSSSE with SM4 (hardware-notes/chip.md, "Test vectors").
    const ports::Block8 cryptogram{0x66, 0x42, 0xD3, 0x94, 0x47, 0x3B, 0x8C, 0x3F};
    CHECK(wire(externalAuthenticate(0x0A, cryptogram, original), CaseFour::withLe) ==
          "0082000A106642D394473B8C3F1122334455667788");
}

TEST_CASE("the finance application: PDOL, both AFL formats, both tags of the number") {
    CHECK(toHex(processingOptionsData({}).value()) == "8300");
    // Typical: 9F66 4, 9F02 6, 5F2A 1 make eleven.
    CHECK(toHex(processingOptionsData(hex("9F66049F02065F2A01")).value()) ==
          "830B0000000000000000000000");
    CHECK(processingOptionsData(hex("9F66C8"))->size() == 203);
    CHECK_FALSE(processingOptionsData(hex("9F66FF9F02FF")));
    CHECK_FALSE(processingOptionsData(hex("9F")));

    const auto plain = recordsToRead(hex("800A7C00080101001001 0301")).value();
    REQUIRE(plain.size() == 4);
    CHECK(plain[0].shortFileId == 1);
    CHECK(plain[0].number == 1);
    CHECK(plain[1].shortFileId == 2);
    CHECK(plain[3].number == 3);
    const auto tagged = recordsToRead(hex("770A82027C00940408010100")).value();
    REQUIRE(tagged.size() == 1);
    for (const char* wrong :
         {"", "8002 7C00", "8005 7C00 080101", "8006 7C00 00010100", "8006 7C00 08000100",
          "8006 7C00 08020100", "8006 7C00 0801FF00", "7704 82027C00", "7703940108"}) {
        CAPTURE(wrong);
        CHECK_FALSE(recordsToRead(hex(wrong)));
    }

    CHECK(bankNumberIn(hex("700A5A086221001234567890")).reveal() == "6221001234567890");
    CHECK(bankNumberIn(hex("700C5A0A6221001234567890123F")).reveal() == "6221001234567890123");
    CHECK(bankNumberIn(hex("700F570D6221001234567890D251220100")).reveal() == "6221001234567890");
    CHECK(bankNumberIn(hex("70045A026221")).empty());
    CHECK(bankNumberIn(hex("70039F0800")).empty());
    CHECK(bankNumberIn({}).empty());
}

TEST_CASE("status words become errors that keep the card's fate") {
    const struct {
        std::uint16_t word;
        ErrorCode code;
    } table[] = {{0x63C2, ErrorCode::chipKeyCounterLow},
                 {0x63C1, ErrorCode::chipKeyCounterLow},
                 {0x63C0, ErrorCode::chipKeyBlocked},
                 {0x6983, ErrorCode::chipKeyBlocked},
                 {0x6581, ErrorCode::chipMemoryFailed},
                 {0x6982, ErrorCode::chipSecurityLost},
                 {0x6A81, ErrorCode::chipBlocked},
                 {0x9303, ErrorCode::chipBlocked},
                 {0x6A82, ErrorCode::chipForeign},
                 {0x6A83, ErrorCode::chipRecordMalformed},
                 {0x6A88, ErrorCode::chipVersionUnsupported},
                 {0x6986, ErrorCode::chipSecurityLost},
                 {0x6700, ErrorCode::chipStatusUnexpected},
                 {0x6A84, ErrorCode::chipStatusUnexpected},
                 {0x6D00, ErrorCode::chipStatusUnexpected}};
    for (const auto& row : table) {
        CAPTURE(row.word);
        const Error error = errorOfStatus(row.word, "STEP");
        CHECK(error.code == row.code);
        CHECK(error.fate == CardFate::atChipStation);
    }
    CHECK(errorOfStatus(0x6A84, "UPDATE RECORD name").cause == "UPDATE RECORD name answered 6A84");
}
