#include "drivers/receipt_printer/status_reader.hpp"

namespace liqu::drivers {
namespace {

constexpr std::uint8_t xOn = 0x11;
constexpr std::uint8_t xOff = 0x13;
constexpr std::size_t groupSize = 4;
constexpr std::size_t sixSize = 6;
constexpr std::uint8_t sixFirst = 0x10;
constexpr std::uint8_t sixSecond = 0x0F;

constexpr bool has(std::uint8_t byte, std::uint8_t bits) {
    return (byte & bits) != 0;
}
bool isRealTime(std::uint8_t byte) {
    return (byte & 0x93) == 0x12;
}
bool beginsGroup(std::uint8_t byte) {
    return (byte & 0x93) == 0x10;
}
// Of GS I, GS r, and the later bytes of a group.
bool isPlain(std::uint8_t byte) {
    return (byte & 0x90) == 0;
}

StatusEvent one(StatusEvent::Kind kind, std::uint8_t byte) {
    StatusEvent event;
    event.kind = kind;
    event.bytes[0] = byte;
    return event;
}

bool isFlow(std::uint8_t byte) {
    return byte == xOn || byte == xOff;
}
StatusEvent flow(std::uint8_t byte) {
    return one(byte == xOn ? StatusEvent::Kind::xOn : StatusEvent::Kind::xOff, byte);
}

}  // namespace

void StatusReader::await(Awaited what) {
    awaited_ = what;
    size_ = 0;
    partIsSix_ = false;
}

std::optional<StatusEvent> StatusReader::take(std::uint8_t byte) {
    if (size_ == 0) return first(byte);
    return partIsSix_ ? inSix(byte) : inGroup(byte);
}

StatusEvent StatusReader::answer(std::uint8_t byte) {
    awaited_ = Awaited::nothing;
    return one(StatusEvent::Kind::answer, byte);
}

std::optional<StatusEvent> StatusReader::first(std::uint8_t byte) {
    // Without constant bits nothing tells one byte from another: the next one is the answer.
    if (awaited_ == Awaited::anyByte) return answer(byte);
    if (isFlow(byte)) return flow(byte);
    if (isRealTime(byte)) {
        return awaited_ == Awaited::realTime ? answer(byte) : one(StatusEvent::Kind::noise, byte);
    }
    if (beginsGroup(byte)) {
        part_[0] = byte;
        size_ = 1;
        partIsSix_ = awaited_ == Awaited::six && byte == sixFirst;
        return std::nullopt;
    }
    if (isPlain(byte) && awaited_ == Awaited::plain) return answer(byte);
    return one(StatusEvent::Kind::noise, byte);
}

std::optional<StatusEvent> StatusReader::inSix(std::uint8_t byte) {
    if (size_ == 1 && byte != sixSecond) {
        // It was the first byte of a group that came by itself.
        partIsSix_ = false;
        return inGroup(byte);
    }
    part_[size_++] = byte;
    if (size_ < sixSize) return std::nullopt;
    size_ = 0;
    awaited_ = Awaited::nothing;
    return StatusEvent{StatusEvent::Kind::answer, part_};
}

std::optional<StatusEvent> StatusReader::inGroup(std::uint8_t byte) {
    if (isFlow(byte)) return flow(byte);
    if (isRealTime(byte) && awaited_ == Awaited::realTime) return answer(byte);
    if (!isPlain(byte)) {
        // The rest of the group is lost; this byte may begin another one.
        size_ = 0;
        return first(byte);
    }
    part_[size_++] = byte;
    if (size_ < groupSize) return std::nullopt;
    size_ = 0;
    return StatusEvent{StatusEvent::Kind::automatic, part_};
}

void PrinterFlags::add(const PrinterFlags& other) {
    offline = offline || other.offline;
    coverOpen = coverOpen || other.coverOpen;
    nearEnd = nearEnd || other.nearEnd;
    paperEnd = paperEnd || other.paperEnd;
    cutter = cutter || other.cutter;
    jam = jam || other.jam;
    broken = broken || other.broken;
    recovers = recovers || other.recovers;
    moving = moving || other.moving;
    atMouth = atMouth || other.atMouth;
}

// Of the pairs of bits one is enough: some models have one sensor only.
PrinterFlags flagsOfRealTime(int question, std::uint8_t byte) {
    PrinterFlags flags;
    switch (question) {
        case 1:
            flags.offline = has(byte, 0x08);
            break;
        case 2:
            flags.coverOpen = has(byte, 0x04);
            flags.paperEnd = has(byte, 0x20);
            break;
        case 3:
            flags.jam = has(byte, 0x04);
            flags.cutter = has(byte, 0x08);
            flags.broken = has(byte, 0x20);
            flags.recovers = has(byte, 0x40);
            break;
        case 4:
            flags.nearEnd = has(byte, 0x0C);
            flags.paperEnd = has(byte, 0x60);
            break;
        default:
            break;
    }
    return flags;
}

PrinterFlags flagsOfAutomatic(const std::array<std::uint8_t, 6>& bytes) {
    PrinterFlags flags;
    flags.offline = has(bytes[0], 0x08);
    flags.coverOpen = has(bytes[0], 0x20);
    flags.jam = has(bytes[1], 0x06);
    flags.cutter = has(bytes[1], 0x08);
    flags.broken = has(bytes[1], 0x20);
    flags.recovers = has(bytes[1], 0x40);
    flags.nearEnd = has(bytes[2], 0x03);
    flags.paperEnd = has(bytes[2], 0x0C);
    return flags;
}

PrinterFlags flagsOfSix(const std::array<std::uint8_t, 6>& bytes) {
    PrinterFlags flags;
    flags.paperEnd = has(bytes[2], 0x01);
    flags.nearEnd = has(bytes[2], 0x04);
    flags.atMouth = has(bytes[2], 0x20);
    flags.coverOpen = has(bytes[3], 0x03);
    flags.moving = has(bytes[3], 0x08);
    flags.recovers = has(bytes[4], 0x0B);
    flags.jam = has(bytes[4], 0x40);
    flags.cutter = has(bytes[5], 0x03);
    flags.broken = has(bytes[5], 0x0C);
    return flags;
}

PrinterFlags flagsOfEjector(std::uint8_t byte) {
    PrinterFlags flags;
    flags.nearEnd = has(byte, 0x01);
    flags.atMouth = has(byte, 0x08);
    flags.moving = has(byte, 0x30);
    flags.jam = has(byte, 0xC0);
    return flags;
}

PrinterFlags flagsOfPort(std::uint8_t byte) {
    PrinterFlags flags;
    flags.paperEnd = has(byte, 0x20);
    flags.offline = !has(byte, 0x08);
    return flags;
}

std::optional<Error> troubleOf(const PrinterFlags& flags, const std::string& raw) {
    if (flags.broken) return Error{ErrorCode::receiptPrinterBroken, raw};
    if (flags.cutter) return Error{ErrorCode::receiptCutterFault, raw};
    if (flags.jam) return Error{ErrorCode::receiptJammed, raw};
    if (flags.coverOpen) return Error{ErrorCode::receiptCoverOpen, raw};
    if (flags.paperEnd) return Error{ErrorCode::receiptPaperOut, raw};
    if (flags.recovers) return Error{ErrorCode::receiptPrinterHot, raw};
    if (flags.offline) return Error{ErrorCode::receiptPrinterOffline, raw};
    return std::nullopt;
}

}  // namespace liqu::drivers
