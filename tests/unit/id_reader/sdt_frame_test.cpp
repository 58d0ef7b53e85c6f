// Frames and commands; "the note" is hardware-notes/id-reader.md.
#include "drivers/id_reader/sdt_frame.hpp"

#include <doctest/doctest.h>

#include "drivers/id_reader/sdt_command.hpp"
#include "tests/unit/id_reader/reader_vectors.hpp"

using namespace liqu;
using namespace liqu::drivers::sdt;
using test::answerFrame;
using test::hex;
using test::joined;

namespace {

Bytes numberFrame() {
    return hex("AA AA AA 96 69 00 14 00 00 90 05 00 01 00 09 B8 32 01 05 BE 12 00 AD C5 B1 11 63");
}
Bytes plainYes() {
    return hex("AA AA AA 96 69 00 04 00 00 90 94");
}
Bytes noCard() {
    return hex("AA AA AA 96 69 00 04 00 00 80 84");
}

// All answers that one parser finds, with nothing wrong in between.
std::vector<Answer> answersOf(FrameParser& parser) {
    std::vector<Answer> answers;
    while (true) {
        auto next = parser.next();
        REQUIRE(next.has_value());
        if (!next->has_value()) return answers;
        answers.push_back(std::move(**next));
    }
}

}  // namespace

TEST_CASE("requests are those of the note, byte for byte") {
    CHECK(requestOf(Command::resetModule) == hex("AA AA AA 96 69 00 03 10 FF EC"));
    CHECK(requestOf(Command::moduleStatus) == hex("AA AA AA 96 69 00 03 11 FF ED"));
    CHECK(requestOf(Command::moduleNumber) == hex("AA AA AA 96 69 00 03 12 FF EE"));
    CHECK(requestOf(Command::findCard) == hex("AA AA AA 96 69 00 03 20 01 22"));
    CHECK(requestOf(Command::selectCard) == hex("AA AA AA 96 69 00 03 20 02 21"));
    CHECK(requestOf(Command::readBase) == hex("AA AA AA 96 69 00 03 30 01 32"));
    CHECK(requestOf(Command::readBaseFingerprint) == hex("AA AA AA 96 69 00 03 30 10 23"));
    CHECK(requestOf(Command::readNewestAddress) == hex("AA AA AA 96 69 00 03 30 03 30"));
    CHECK(requestOf(Command::setMaxRadioBytes, hex("50")) ==
          hex("AA AA AA 96 69 00 04 61 FF 50 CA"));
    CHECK(requestOf(Command::setMaxRadioBytes, hex("FA")) ==
          hex("AA AA AA 96 69 00 04 61 FF FA 60"));
}

TEST_CASE("status frames of the note are read, and mean what it says") {
    struct Row {
        std::uint8_t sw3, check;
        ErrorCode code;
    };
    const Row rows[] = {{0x10, 0x14, ErrorCode::idReaderRefusedCommand},
                        {0x11, 0x15, ErrorCode::idReaderRefusedCommand},
                        {0x21, 0x25, ErrorCode::idReaderRefusedCommand},
                        {0x23, 0x27, ErrorCode::idReaderRefusedCommand},
                        {0x24, 0x20, ErrorCode::idReaderRefusedCommand},
                        {0x31, 0x35, ErrorCode::idCardRejectedReader},
                        {0x32, 0x36, ErrorCode::idReaderRejectedCard},
                        {0x33, 0x37, ErrorCode::idCardDataUnverified},
                        {0x40, 0x44, ErrorCode::idCardTypeUnrecognised},
                        {0x41, 0x45, ErrorCode::idCardLifted},
                        {0x47, 0x43, ErrorCode::idCardLifted},
                        {0x4E, 0x4A, ErrorCode::idReaderRefusedCommand},
                        {0x60, 0x64, ErrorCode::idReaderSelfTestFailed},
                        {0x66, 0x62, ErrorCode::idReaderNotAuthorised},
                        {0x81, 0x85, ErrorCode::idCardSelectFailed},
                        {0x91, 0x95, ErrorCode::idReaderRefusedCommand}};
    for (const Row& row : rows) {
        CAPTURE(row.sw3);
        const Bytes tail{row.sw3, row.check};
        FrameParser parser;
        parser.feed(joined({hex("AA AA AA 96 69 00 04 00 00"), tail}));
        const auto answers = answersOf(parser);
        REQUIRE(answers.size() == 1);
        CHECK(answers[0].status.sw3 == row.sw3);
        CHECK(answers[0].data.empty());
        CHECK(errorOf(Command::readBase, answers[0].status).code == row.code);
    }
}

TEST_CASE("a card's own status words reach the cause") {
    CHECK(errorOf(Command::readBase, Status{0x6A, 0x82, 0x41}).cause == "read: SW 6A 82 41");
}

TEST_CASE("whole frames of the note have the note's digests") {
    const Bytes text = test::citizenT1().bytes();
    const Bytes base = answerFrame("00 00 90", test::baseData(text, test::photoW1()));
    CHECK(base.size() == 1295);
    CHECK(base.back() == 0xBE);
    CHECK(test::sha256(base) == "1fb9ecaf07196bd8f48c463583dd8e4890114ec93413fb19ef0ab938d18a4609");
    const Bytes print = answerFrame("00 00 90", joined({hex("01 00 04 00 04 00"), text,
                                                        test::photoW1(), test::fingerprintF1()}));
    CHECK(print.size() == 2321);
    CHECK(print.back() == 0xAF);
    CHECK(test::sha256(print) ==
          "ddd964a5ed5ad0d2a540bc9caabb3bf588f2b6f0051b8e5ee4b74a278115b9b2");
    const Bytes address = answerFrame("00 00 90", test::addressData("测试省测试市新住址2号"));
    CHECK(address.size() == 81);
    CHECK(address.back() == 0xA4);

    FrameParser parser;
    for (const Bytes& frame : {base, print, address}) {
        parser.feed(frame);
        const auto answers = answersOf(parser);
        REQUIRE(answers.size() == 1);
        CHECK(answers[0].data.reveal() == Bytes(frame.begin() + 10, frame.end() - 1));
    }
}

TEST_CASE("an answer cut at any byte is the same answer") {
    const Bytes frames[] = {
        numberFrame(),
        answerFrame("00 00 90", test::baseData(test::citizenT1().bytes(), test::photoW1()))};
    for (const Bytes& frame : frames) {
        for (std::size_t cut = 1; cut < frame.size(); ++cut) {
            FrameParser parser;
            parser.feed(ByteView(frame).first(cut));
            REQUIRE(answersOf(parser).empty());
            const std::size_t missing = frame.size() - cut;
            REQUIRE(parser.wanted() == (cut < headSize ? headSize - cut : missing));
            parser.feed(ByteView(frame).subspan(cut));
            const auto answers = answersOf(parser);
            REQUIRE(answers.size() == 1);
            REQUIRE(answers[0].data.reveal().size() == frame.size() - 11);
            REQUIRE_FALSE(parser.begun());
        }
    }
}

TEST_CASE("byte by byte, the parser says which part it waits for") {
    FrameParser parser;
    const Bytes frame = numberFrame();
    for (std::size_t i = 0; i < frame.size(); ++i) {
        REQUIRE((parser.part() == (i < headSize ? FramePart::head : FramePart::body)));
        parser.feed(ByteView(frame).subspan(i, 1));
    }
    CHECK(answersOf(parser).size() == 1);
}

TEST_CASE("stray bytes before an answer are skipped, also those that look like a preamble") {
    const char* strays[] = {"00",
                            "AA",
                            "AA AA",
                            "AA AA AA",
                            "96 69",
                            "AA AA AA 96",
                            "AA AA 96 69 00 04",
                            "FF FF 00 AA 55 AA"};
    for (const char* stray : strays) {
        CAPTURE(stray);
        FrameParser parser;
        parser.feed(joined({hex(stray), noCard()}));
        const auto answers = answersOf(parser);
        REQUIRE(answers.size() == 1);
        CHECK(answers[0].status.sw3 == 0x80);
    }
    FrameParser parser;
    parser.feed(hex("01 02 03 04 05"));
    CHECK_FALSE(parser.begun());
}

TEST_CASE("a frame of the other preamble is no answer") {
    FrameParser parser;
    parser.feed(joined({hex("AA AA AA 69 96 00 04 00 00 90 94"), noCard()}));
    const auto answers = answersOf(parser);
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].status.sw3 == 0x80);
}

TEST_CASE("glued answers come one by one") {
    FrameParser parser;
    parser.feed(joined({plainYes(), numberFrame(), noCard()}));
    const auto answers = answersOf(parser);
    REQUIRE(answers.size() == 3);
    CHECK(answers[0].data.empty());
    CHECK(answers[1].data.reveal().size() == 16);
    CHECK(answers[2].status.sw3 == 0x80);
}

TEST_CASE("a wrong bit anywhere is noticed, and the next answer is found") {
    const Bytes good = numberFrame();
    for (std::size_t at = 7; at < good.size(); ++at) {
        Bytes bad = good;
        bad[at] ^= 0x10;
        FrameParser parser;
        parser.feed(joined({bad, noCard()}));
        const auto first = parser.next();
        REQUIRE_FALSE(first.has_value());
        REQUIRE(first.error().code == ErrorCode::idReaderGarbled);
        const auto answers = answersOf(parser);
        REQUIRE(answers.size() == 1);
        REQUIRE(answers[0].status.sw3 == 0x80);
    }
}

TEST_CASE("lengths out of bounds are noticed at once, the bounds themselves are taken") {
    for (const char* length : {"00 00", "00 03", "0F FA", "FF FF"}) {
        CAPTURE(length);
        FrameParser parser;
        parser.feed(joined({hex("AA AA AA 96 69"), hex(length)}));
        const auto outcome = parser.next();
        REQUIRE_FALSE(outcome.has_value());
        CHECK(outcome.error().code == ErrorCode::idReaderGarbled);
        parser.feed(noCard());
        CHECK(answersOf(parser).size() == 1);
    }
    FrameParser parser;
    const Bytes longest = answerFrame("00 00 90", Bytes(4089 - 4, 0x55));
    parser.feed(longest);
    parser.feed(longest);
    CHECK(answersOf(parser).size() == 2);
}

TEST_CASE("a flood does not grow the parser, and does not hide the answer behind it") {
    FrameParser parser;
    const Bytes flood(100'000, 0xAA);
    parser.feed(flood);
    parser.feed(noCard());
    CHECK(answersOf(parser).size() == 1);
}

TEST_CASE("an answer is believed only for the command it fits") {
    const auto fits = [](Command command, std::uint8_t sw3, std::size_t size) {
        return couldAnswer(command, Answer{{0, 0, sw3}, PersonalBytes(Bytes(size, 0))});
    };
    CHECK(fits(Command::moduleStatus, 0x90, 0));
    CHECK_FALSE(fits(Command::moduleStatus, 0x90, 16));
    CHECK(fits(Command::findCard, 0x9F, 4));
    CHECK(fits(Command::findCard, 0x80, 0));
    CHECK_FALSE(fits(Command::findCard, 0x90, 1284));
    CHECK_FALSE(fits(Command::findCard, 0x41, 0));
    CHECK_FALSE(fits(Command::readBase, 0x90, 8));
    CHECK_FALSE(fits(Command::readBase, 0x9F, 4));
    CHECK(fits(Command::readBase, 0x90, 1284));
    CHECK(fits(Command::readBase, 0x41, 0));
    CHECK_FALSE(fits(Command::selectCard, 0x91, 0));
    CHECK(fits(Command::readNewestAddress, 0x91, 0));
    CHECK(fits(Command::readNewestAddress, 0x90, 70));
    CHECK_FALSE(fits(Command::readNewestAddress, 0x90, 71));
    CHECK(fits(Command::moduleStatus, 0x60, 0));
}
