// SM3 (GB/T 32905-2016) and HMAC over it. Pure functions, safe on any thread.
#pragma once

#include <array>
#include <cstdint>

#include "firmware/base/bytes.hpp"

namespace liqu::security {

using Sm3Digest = std::array<std::uint8_t, 32>;

Sm3Digest sm3(ByteView message);
Sm3Digest hmacSm3(ByteView key, ByteView message);

}  // namespace liqu::security
