// How keys come down from the national root to one card, and what is computed with them.
// Source: hardware-notes/chip.md, "Keys from root to card" (derivation) and "Session keys and
// secure messages"; its vectors are unit tests. Pure functions.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "firmware/base/bytes.hpp"
#include "firmware/ports/card_authority.hpp"
#include "tests/world/hsm/block_cipher.hpp"

namespace liqu::world {

using ports::Block8;
using ports::CardKeyContext;

// The three factors; cityCode is the six-digit code at the head of the 卡识别码.
Block8 provinceFactor(std::string_view cityCode);
Block8 cityFactor(std::string_view cityCode);  // Zhejiang (33): the county digits count as 00
Block8 cardFactor(const std::array<std::uint8_t, 13>& historicalBytes);
std::string cityCodeOf(const std::array<std::uint8_t, 16>& cardIdCode);

// One level down: the 16-byte child key.
Bytes childKey(ChipAlgorithm algorithm, ByteView key, const Block8& factor);
// All three levels.
Bytes cardKeyFromRoot(ByteView root, const CardKeyContext& card);

// 16 bytes for SM4, 8 for DES. The random number has 4, 8 or (SM4) 16 bytes.
Bytes sessionKey(ChipAlgorithm algorithm, ByteView key, ByteView random);
Block8 authenticationData(ChipAlgorithm algorithm, ByteView session, const Block8& original);
// The head is CLA INS P1 P2 Lc, where Lc counts the four MAC bytes too.
Bytes macOver(ChipAlgorithm algorithm, ByteView session, ByteView head, ByteView body);
Bytes encryptField(ChipAlgorithm algorithm, ByteView session, ByteView plain);
// Nothing where length byte or padding is wrong.
std::optional<Bytes> decryptField(ChipAlgorithm algorithm, ByteView session, ByteView field);

}  // namespace liqu::world
