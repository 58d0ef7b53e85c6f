// The vectors of hardware-notes/receipt-printer.md, "Status".
#include "drivers/receipt_printer/status_reader.hpp"

#include <doctest/doctest.h>

using namespace liqu;
using namespace liqu::drivers;

namespace {

using Kind = StatusEvent::Kind;

std::vector<StatusEvent> eventsOf(StatusReader& reader, const Bytes& bytes) {
    std::vector<StatusEvent> events;
    for (const std::uint8_t byte : bytes) {
        if (const auto event = reader.take(byte)) events.push_back(*event);
    }
    return events;
}

std::vector<StatusEvent> eventsOf(Awaited awaited, const Bytes& bytes) {
    StatusReader reader;
    reader.await(awaited);
    return eventsOf(reader, bytes);
}

// What was answered to 10 04 n; none: no answer.
std::optional<std::uint8_t> answerIn(Awaited awaited, std::uint8_t byte) {
    for (const StatusEvent& event : eventsOf(awaited, {byte})) {
        if (event.kind == Kind::answer) return event.bytes[0];
    }
    return std::nullopt;
}

std::optional<ErrorCode> troubleIn(int question, std::uint8_t byte) {
    const auto trouble = troubleOf(flagsOfRealTime(question, byte), "");
    return trouble ? std::optional(trouble->code) : std::nullopt;
}

std::optional<ErrorCode> troubleIn(const Bytes& bytes,
                                   PrinterFlags (*flagsOf)(const std::array<std::uint8_t, 6>&)) {
    std::array<std::uint8_t, 6> six{};
    std::copy(bytes.begin(), bytes.end(), six.begin());
    const auto trouble = troubleOf(flagsOf(six), "");
    return trouble ? std::optional(trouble->code) : std::nullopt;
}

}  // namespace

TEST_CASE("an answer to a real-time question is read bit by bit") {
    CHECK_FALSE(troubleIn(1, 0x12));
    CHECK_FALSE(troubleIn(1, 0x16));
    CHECK(troubleIn(1, 0x1A) == ErrorCode::receiptPrinterOffline);
    CHECK(troubleIn(1, 0x1E) == ErrorCode::receiptPrinterOffline);
    CHECK_FALSE(troubleIn(2, 0x12));
    CHECK(troubleIn(2, 0x16) == ErrorCode::receiptCoverOpen);
    CHECK(troubleIn(2, 0x32) == ErrorCode::receiptPaperOut);
    CHECK(troubleIn(2, 0x36) == ErrorCode::receiptCoverOpen);
    CHECK(flagsOfRealTime(2, 0x36).paperEnd);
    CHECK(troubleIn(3, 0x1A) == ErrorCode::receiptCutterFault);
    CHECK(troubleIn(3, 0x32) == ErrorCode::receiptPrinterBroken);
    CHECK(troubleIn(3, 0x52) == ErrorCode::receiptPrinterHot);
    CHECK_FALSE(troubleIn(4, 0x1E));
    CHECK(flagsOfRealTime(4, 0x1E).nearEnd);
    CHECK_FALSE(flagsOfRealTime(4, 0x1E).paperEnd);
    CHECK(troubleIn(4, 0x72) == ErrorCode::receiptPaperOut);
    CHECK(troubleIn(4, 0x7E) == ErrorCode::receiptPaperOut);
    // A model with one sensor sets one bit of the pair.
    CHECK(troubleIn(4, 0x32) == ErrorCode::receiptPaperOut);
    CHECK(flagsOfRealTime(4, 0x16).nearEnd);
}

TEST_CASE("a byte without the constant bits is no answer, unless the profile says so") {
    for (const std::uint8_t byte :
         std::initializer_list<std::uint8_t>{0x10, 0x00, 0xFF, 0x13, 0x6C, 0x0C}) {
        CAPTURE(int{byte});
        CHECK_FALSE(answerIn(Awaited::realTime, byte));
        CHECK(answerIn(Awaited::anyByte, byte) == byte);
    }
    for (const std::uint8_t byte :
         std::initializer_list<std::uint8_t>{0x12, 0x16, 0x1A, 0x32, 0x7E}) {
        CHECK(answerIn(Awaited::realTime, byte) == byte);
        CHECK_FALSE(answerIn(Awaited::plain, byte));
        CHECK_FALSE(answerIn(Awaited::nothing, byte));
    }
    CHECK(flagsOfRealTime(4, 0x6C).paperEnd);
    CHECK(flagsOfRealTime(4, 0x0C).nearEnd);
}

TEST_CASE("a group that came by itself is no answer, and flow control may stand inside it") {
    const auto groups = eventsOf(Awaited::realTime, {0x13, 0x10, 0x00, 0x03, 0x00, 0x11});
    REQUIRE(groups.size() == 3);
    CHECK(groups[0].kind == Kind::xOff);
    CHECK(groups[1].kind == Kind::automatic);
    CHECK(flagsOfAutomatic(groups[1].bytes).nearEnd);
    CHECK(groups[2].kind == Kind::xOn);

    const auto inside = eventsOf(Awaited::nothing, {0x10, 0x00, 0x13, 0x03, 0x00});
    REQUIRE(inside.size() == 2);
    CHECK(inside[0].kind == Kind::xOff);
    CHECK(inside[1].kind == Kind::automatic);
    CHECK(flagsOfAutomatic(inside[1].bytes).nearEnd);

    // An answer may come between the bytes of a group, too.
    const auto between = eventsOf(Awaited::realTime, {0x10, 0x00, 0x12, 0x03, 0x00});
    REQUIRE(between.size() == 2);
    CHECK(between[0].kind == Kind::answer);
    CHECK(between[1].kind == Kind::automatic);

    const auto noGroup = eventsOf(Awaited::nothing, {0x12, 0x00, 0x00, 0x00});
    REQUIRE(noGroup.size() == 4);
    for (const StatusEvent& event : noGroup) CHECK(event.kind == Kind::noise);
}

TEST_CASE("a group is read bit by bit") {
    CHECK_FALSE(troubleIn({0x10, 0x00, 0x00, 0x00}, flagsOfAutomatic));
    CHECK_FALSE(troubleIn({0x14, 0x00, 0x00, 0x0F}, flagsOfAutomatic));
    CHECK(troubleIn({0x3C, 0x00, 0x0C, 0x0F}, flagsOfAutomatic) == ErrorCode::receiptCoverOpen);
    CHECK(flagsOfAutomatic({0x3C, 0x00, 0x0C, 0x0F}).paperEnd);
    CHECK(troubleIn({0x18, 0x08, 0x00, 0x00}, flagsOfAutomatic) == ErrorCode::receiptCutterFault);
    CHECK(troubleIn({0x18, 0x04, 0x00, 0x00}, flagsOfAutomatic) == ErrorCode::receiptJammed);
    CHECK_FALSE(troubleIn({0x10, 0x00, 0x03, 0x00}, flagsOfAutomatic));
}

TEST_CASE("six bytes are one answer, whole or not at all") {
    const auto whole = eventsOf(Awaited::six, {0x10, 0x0F, 0x20, 0x00, 0x00, 0x00});
    REQUIRE(whole.size() == 1);
    CHECK(whole[0].kind == Kind::answer);
    CHECK(flagsOfSix(whole[0].bytes).atMouth);
    CHECK(eventsOf(Awaited::six, {0x10, 0x0F, 0x00}).empty());

    CHECK(troubleIn({0x10, 0x0F, 0x01, 0x02, 0, 0}, flagsOfSix) == ErrorCode::receiptCoverOpen);
    CHECK(flagsOfSix({0x10, 0x0F, 0x01, 0x02, 0, 0}).paperEnd);
    CHECK(troubleIn({0x10, 0x0F, 0, 0, 0x40, 0}, flagsOfSix) == ErrorCode::receiptJammed);
    CHECK(troubleIn({0x10, 0x0F, 0, 0, 0, 0x01}, flagsOfSix) == ErrorCode::receiptCutterFault);

    // A group that came by itself, and then the answer.
    const auto after =
        eventsOf(Awaited::six, {0x10, 0x00, 0x03, 0x00, 0x10, 0x0F, 0x04, 0x00, 0x00, 0x00});
    REQUIRE(after.size() == 2);
    CHECK(after[0].kind == Kind::automatic);
    CHECK(after[1].kind == Kind::answer);
    CHECK(flagsOfSix(after[1].bytes).nearEnd);
}

TEST_CASE("the ejector's and the port's byte") {
    CHECK(flagsOfEjector(0x08).atMouth);
    CHECK(flagsOfEjector(0x80).jam);
    CHECK(flagsOfEjector(0x01).nearEnd);
    CHECK_FALSE(flagsOfEjector(0x04).atMouth);
    CHECK_FALSE(troubleOf(flagsOfPort(0x18), ""));
    CHECK(troubleOf(flagsOfPort(0x38), "")->code == ErrorCode::receiptPaperOut);
    CHECK(troubleOf(flagsOfPort(0x10), "")->code == ErrorCode::receiptPrinterOffline);
}
