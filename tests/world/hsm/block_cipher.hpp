// The two block ciphers of the social security card, bare: whole blocks, no padding, no chaining.
// Single DES is done as DES-EDE with the key twice, because OpenSSL 3 keeps DES itself in its
// legacy provider. Source: hardware-notes/chip.md, "Keys from root to card", "Session keys and
// secure messages".
#pragma once

#include <cstddef>

#include "firmware/base/bytes.hpp"
#include "firmware/ports/card_authority.hpp"

namespace liqu::world {

using ports::ChipAlgorithm;

std::size_t blockSizeOf(ChipAlgorithm algorithm);

// The key has 16 bytes; 8 are accepted for DES (a session key). Data is whole blocks.
Bytes encryptBlocks(ChipAlgorithm algorithm, ByteView key, ByteView blocks);
Bytes decryptBlocks(ChipAlgorithm algorithm, ByteView key, ByteView blocks);

}  // namespace liqu::world
