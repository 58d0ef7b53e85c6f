#include "firmware/security/aes_gcm.hpp"

#include <openssl/evp.h>

#include "firmware/security/openssl_handles.hpp"

namespace liqu::security {
namespace {

int sizeOf(ByteView bytes) {
    return static_cast<int>(bytes.size());
}

}  // namespace

bool gcmSeal(ByteView key, ByteView nonce, ByteView associated, ByteView plain, Bytes& out) {
    const CipherContext context(EVP_CIPHER_CTX_new());
    Bytes cipher(plain.size() + gcmTagSize);
    int length = 0;
    int rest = 0;
    if (!context ||
        EVP_EncryptInit_ex2(context.get(), EVP_aes_256_gcm(), key.data(), nonce.data(), nullptr) !=
            1 ||
        EVP_EncryptUpdate(context.get(), nullptr, &length, associated.data(), sizeOf(associated)) !=
            1 ||
        EVP_EncryptUpdate(context.get(), cipher.data(), &length, plain.data(), sizeOf(plain)) !=
            1 ||
        EVP_EncryptFinal_ex(context.get(), cipher.data() + length, &rest) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(gcmTagSize),
                            cipher.data() + plain.size()) != 1) {
        return false;
    }
    out.insert(out.end(), cipher.begin(), cipher.end());
    return true;
}

bool gcmOpen(ByteView key, ByteView nonce, ByteView associated, ByteView cipher, ByteView tag,
             Bytes& plain) {
    const CipherContext context(EVP_CIPHER_CTX_new());
    Bytes expected(tag.begin(), tag.end());
    plain.resize(cipher.size());
    int length = 0;
    int rest = 0;
    return context &&
           EVP_DecryptInit_ex2(context.get(), EVP_aes_256_gcm(), key.data(), nonce.data(),
                               nullptr) == 1 &&
           EVP_DecryptUpdate(context.get(), nullptr, &length, associated.data(),
                             sizeOf(associated)) == 1 &&
           EVP_DecryptUpdate(context.get(), plain.data(), &length, cipher.data(), sizeOf(cipher)) ==
               1 &&
           EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, sizeOf(expected),
                               expected.data()) == 1 &&
           EVP_DecryptFinal_ex(context.get(), plain.data() + length, &rest) == 1;
}

}  // namespace liqu::security
