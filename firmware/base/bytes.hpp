// Bytes and their written form.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/result.hpp"

namespace liqu {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

std::string toHex(ByteView bytes);            // upper case, no spaces
Result<Bytes> fromHex(std::string_view hex);  // spaces ignored; fails on odd or foreign digits
Bytes bytesOf(std::string_view text);
std::string textOf(ByteView bytes);
std::string toBase64(ByteView bytes);
Result<Bytes> fromBase64(std::string_view text);
bool equalInConstantTime(ByteView left, ByteView right);

}  // namespace liqu
