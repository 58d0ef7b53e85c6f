// APDUs as values: a command to the card and its reply (ISO 7816-4, short form).
// Bodies are Personal, because EF06 travels in them.
#pragma once

#include <cstdint>
#include <optional>

#include "firmware/base/bytes.hpp"
#include "firmware/base/personal.hpp"

namespace liqu::chip {

struct Command {
    std::uint8_t cla = 0;
    std::uint8_t ins = 0;
    std::uint8_t p1 = 0;
    std::uint8_t p2 = 0;
    PersonalBytes data = {};                              // at most 255 bytes
    std::optional<std::uint8_t> expected = std::nullopt;  // Le; 0 means up to 256
};

struct Response {
    PersonalBytes data;
    std::uint16_t status = 0;
};

// A command with data and Le (case 4) goes without Le under T=0, where many readers reject it or
// strip it; a T=1 card needs it (hardware-notes/chip.md, "T=0").
enum class CaseFour : std::uint8_t { withoutLe, withLe };

Bytes encode(const Command& command, CaseFour caseFour);

}  // namespace liqu::chip
