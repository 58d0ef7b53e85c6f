// What a status word of the card means for a card being made (hardware-notes/chip.md, "Status
// words").
#pragma once

#include <cstdint>
#include <string_view>

#include "firmware/base/error.hpp"

namespace liqu::chip {

namespace status {
constexpr std::uint16_t ok = 0x9000;
constexpr std::uint16_t securityNotSatisfied = 0x6982;
constexpr std::uint16_t keyBlocked = 0x6983;
constexpr std::uint16_t noValidChallenge = 0x6984;
constexpr std::uint16_t recordNotFound = 0x6A83;
}  // namespace status

// 63Cx: x tries are left.
constexpr bool isWrongKey(std::uint16_t word) {
    return (word & 0xFFF0) == 0x63C0;
}

// The error for a status other than 9000. The cause names the step and the status, never a body.
Error errorOfStatus(std::uint16_t word, std::string_view step);

// A failure of this card, which lies at the chip station.
Error chipError(ErrorCode code, std::string cause);

}  // namespace liqu::chip
