#include "tests/world/hsm/block_cipher.hpp"

#include <memory>
#include <openssl/evp.h>

#include "firmware/base/assert.hpp"

namespace liqu::world {
namespace {

enum class Direction { decrypt = 0, encrypt = 1 };

Bytes run(ChipAlgorithm algorithm, Direction direction, ByteView key, ByteView blocks) {
    LIQU_ASSERT(blocks.size() % blockSizeOf(algorithm) == 0);
    Bytes fullKey(key.begin(), key.end());
    if (algorithm == ChipAlgorithm::tripleDes && key.size() == 8) {
        fullKey.insert(fullKey.end(), key.begin(), key.end());
    }
    LIQU_ASSERT(fullKey.size() == 16);

    const EVP_CIPHER* cipher = algorithm == ChipAlgorithm::sm4 ? EVP_sm4_ecb() : EVP_des_ede_ecb();
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    Bytes result(blocks.size() + 16);
    int written = 0;
    LIQU_ASSERT(EVP_CipherInit_ex(context.get(), cipher, nullptr, fullKey.data(), nullptr,
                                  static_cast<int>(direction)) == 1);
    LIQU_ASSERT(EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1);
    LIQU_ASSERT(EVP_CipherUpdate(context.get(), result.data(), &written, blocks.data(),
                                 static_cast<int>(blocks.size())) == 1);
    LIQU_ASSERT(static_cast<std::size_t>(written) == blocks.size());
    result.resize(blocks.size());
    return result;
}

}  // namespace

std::size_t blockSizeOf(ChipAlgorithm algorithm) {
    return algorithm == ChipAlgorithm::sm4 ? 16 : 8;
}

Bytes encryptBlocks(ChipAlgorithm algorithm, ByteView key, ByteView blocks) {
    return run(algorithm, Direction::encrypt, key, blocks);
}

Bytes decryptBlocks(ChipAlgorithm algorithm, ByteView key, ByteView blocks) {
    return run(algorithm, Direction::decrypt, key, blocks);
}

}  // namespace liqu::world
