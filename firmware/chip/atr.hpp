// The answer to reset (ISO 7816-3). Its 13 historical bytes (历史字节) identify the card for the
// key derivation; they are found by T0 and TDi, never by counting from the end, where a TCK may
// follow (hardware-notes/chip.md, "Answer to reset").
#pragma once

#include <array>
#include <cstdint>

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"

namespace liqu::chip {

struct Atr {
    Bytes raw;
    std::array<std::uint8_t, 13> historicalBytes{};
    bool offersT1 = false;
};

// chipReplyTorn: cut short, or the check byte is wrong (worth another reset).
// chipForeign: not 13 historical bytes, so not a social security card.
Result<Atr> parseAtr(ByteView bytes);

}  // namespace liqu::chip
