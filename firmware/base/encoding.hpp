// Text encodings of the devices: UTF-16LE of the ID-card module, GBK of the chip.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/bytes.hpp"

namespace liqu {

// Unpaired surrogates become U+FFFD: the raw bytes stay with the record.
std::string utf8FromUtf16le(ByteView bytes);
Result<Bytes> utf16leFromUtf8(std::string_view utf8);

// GBK restricted to 1- and 2-byte codes; fails with nameDoesNotFitChip on a character outside it.
Result<Bytes> gbkFromUtf8(std::string_view utf8);
Result<std::string> utf8FromGbk(ByteView bytes);

// Code points; malformed input gives U+FFFD, never an endless loop.
std::u32string codePointsOf(std::string_view utf8);
std::string utf8Of(char32_t codePoint);
std::string utf8Of(std::u32string_view codePoints);

}  // namespace liqu
