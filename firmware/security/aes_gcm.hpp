// AES-256-GCM (NIST SP 800-38D), the bare cipher: key 32 bytes, nonce 12, tag 16. Who calls it sees
// to it that no nonce comes twice under one key. Pure functions, any thread.
#pragma once

#include "firmware/base/bytes.hpp"

namespace liqu::security {

inline constexpr std::size_t gcmKeySize = 32;
inline constexpr std::size_t gcmNonceSize = 12;
inline constexpr std::size_t gcmTagSize = 16;

// Ciphertext and tag are put behind `out`.
bool gcmSeal(ByteView key, ByteView nonce, ByteView associated, ByteView plain, Bytes& out);
// What stands in `plain` after a false was not checked: it is to be wiped, and used for nothing.
bool gcmOpen(ByteView key, ByteView nonce, ByteView associated, ByteView cipher, ByteView tag,
             Bytes& plain);

}  // namespace liqu::security
