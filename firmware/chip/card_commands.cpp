#include "firmware/chip/card_commands.hpp"

#include <array>

namespace liqu::chip {
namespace {

constexpr std::array<std::uint8_t, 15> ssseName{0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E, 0xC9,
                                                0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF};

constexpr std::uint8_t fileParameter(Addressing addressing) {
    // The upper five bits stay 0: the current file.
    return addressing == Addressing::byNumber ? 0x04 : 0x00;
}

PersonalBytes joined(const ports::Block8& first, const ports::Block8& second) {
    Bytes bytes;
    bytes.reserve(first.size() + second.size());
    bytes.assign(first.begin(), first.end());
    bytes.insert(bytes.end(), second.begin(), second.end());
    return PersonalBytes(std::move(bytes));
}

}  // namespace

ByteView socialApplicationName() {
    return ssseName;
}

Command selectApplication(ByteView name) {
    return {.ins = 0xA4,
            .p1 = 0x04,
            .data = PersonalBytes(Bytes(name.begin(), name.end())),
            .expected = 0};
}

Command selectMasterFile() {
    return {.ins = 0xA4, .data = PersonalBytes(Bytes{0x3F, 0x00})};
}

Command selectFile(std::uint16_t fileId) {
    const auto upper = static_cast<std::uint8_t>(fileId >> 8);
    const auto lower = static_cast<std::uint8_t>(fileId & 0xFF);
    return {.ins = 0xA4, .p1 = 0x02, .data = PersonalBytes(Bytes{upper, lower})};
}

Command readRecord(Addressing addressing, std::uint8_t address, std::uint8_t length) {
    return {.ins = 0xB2, .p1 = address, .p2 = fileParameter(addressing), .expected = length};
}

Command updateRecord(Addressing addressing, std::uint8_t address, PersonalBytes record) {
    return {.ins = 0xDC, .p1 = address, .p2 = fileParameter(addressing), .data = std::move(record)};
}

Command getChallenge() {
    return {.ins = 0x84, .expected = 8};
}

Command internalAuthenticate(const ports::Block8& factor, const ports::Block8& original) {
    return {.ins = 0x88, .data = joined(factor, original), .expected = 8};
}

Command externalAuthenticate(std::uint8_t keyId, const ports::Block8& cryptogram,
                             const ports::Block8& original) {
    return {.ins = 0x82, .p2 = keyId, .data = joined(cryptogram, original)};
}

}  // namespace liqu::chip
