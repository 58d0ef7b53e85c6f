// What pcsc-lite answers, and what it means for a card at the station
// (hardware-notes/chip-reader.md, "What PC/SC answers").
#pragma once

#include <cstdint>
#include <string_view>

#include "firmware/base/error.hpp"

namespace liqu::drivers {

// Every value of pcsc-lite is legal; the ones we act on have names.
enum class PcscCode : std::uint32_t {
    success = 0,
    invalidHandle = 0x80100003,
    insufficientBuffer = 0x80100008,
    unknownReader = 0x80100009,
    timeout = 0x8010000A,
    sharingViolation = 0x8010000B,
    noSmartcard = 0x8010000C,
    protoMismatch = 0x8010000F,
    notTransacted = 0x80100016,
    readerUnavailable = 0x80100017,
    noService = 0x8010001D,
    serviceStopped = 0x8010001E,
    noReadersAvailable = 0x8010002E,
    commError = 0x8010002F,
    unsupportedCard = 0x80100065,
    unresponsiveCard = 0x80100066,
    unpoweredCard = 0x80100067,
    resetCard = 0x80100068,
    removedCard = 0x80100069,
    securityViolation = 0x8010006A,
};

Error errorOfPcsc(PcscCode code, std::string_view step);

}  // namespace liqu::drivers
