#include "firmware/security/sm3.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "firmware/base/assert.hpp"

namespace liqu::security {

Sm3Digest sm3(ByteView message) {
    Sm3Digest digest{};
    unsigned int length = 0;
    const int done =
        EVP_Digest(message.data(), message.size(), digest.data(), &length, EVP_sm3(), nullptr);
    LIQU_ASSERT(done == 1 && length == digest.size());
    return digest;
}

Sm3Digest hmacSm3(ByteView key, ByteView message) {
    Sm3Digest digest{};
    unsigned int length = 0;
    const unsigned char* done = HMAC(EVP_sm3(), key.data(), static_cast<int>(key.size()),
                                     message.data(), message.size(), digest.data(), &length);
    LIQU_ASSERT(done != nullptr && length == digest.size());
    return digest;
}

}  // namespace liqu::security
