// Text encodings of the devices: UTF-16LE of the ID-card module, the two-byte codes of GB 18030 of
// the chip.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/bytes.hpp"

namespace liqu {

// Unpaired surrogates become U+FFFD: the raw bytes stay with the record.
std::string utf8FromUtf16le(ByteView bytes);
Result<Bytes> utf16leFromUtf8(std::string_view utf8);

// GB 18030-2022 restricted to its 1- and 2-byte codes (hardware-notes/chip.md, "Records of EF06").
// The C library's "GBK" is narrower: it lacks 䶮 and 104 more that have such a code.
// nameCharacterNotOnChip: a character whose code has four bytes, or none.
Result<Bytes> gb18030FromUtf8(std::string_view utf8);
Result<std::string> utf8FromGb18030(ByteView bytes);

// Systems made before GB 18030 keep the characters of FE50–FEA0, 䶮 among them, at code points of
// private use (U+E815–U+E864). The standard's own code point; any other one as it is.
char32_t standardCodePoint(char32_t point);

// Code points; malformed input gives U+FFFD, never an endless loop.
std::u32string codePointsOf(std::string_view utf8);
std::string utf8Of(char32_t codePoint);
std::string utf8Of(std::u32string_view codePoints);

}  // namespace liqu
