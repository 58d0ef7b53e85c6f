#include "firmware/security/self_test.hpp"

#include <algorithm>
#include <array>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <set>

#include "firmware/security/openssl_handles.hpp"
#include "firmware/security/pin_verifier.hpp"
#include "firmware/security/sm2_signer.hpp"

namespace liqu::security {
namespace {

constexpr std::string_view sm4Key = "0123456789ABCDEFFEDCBA9876543210";
// The public key of GB/T 32918.5-2017 A.2.
constexpr std::string_view standardPublicKey =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAECfnfMR5UIaFQ3X0WHkvFxnIXn60Y\n"
    "M/wHa7CP81bzUCDM6kkM4md1pS3G6nGMwapgCu0F+/NeCEpmMvYHLamtEw==\n"
    "-----END PUBLIC KEY-----\n";

bool is(const Bytes& answer, std::string_view known) {
    return !answer.empty() && toHex(answer) == known;
}

// Not by sm3(), which takes the library for good.
bool sm3Holds(const KnownAnswers& known) {
    const Bytes message = bytesOf("abc");
    Bytes digest(32);
    unsigned int length = 0;
    return EVP_Digest(message.data(), message.size(), digest.data(), &length, EVP_sm3(), nullptr) ==
               1 &&
           is(digest, known.sm3);
}

// One whole block or more; empty where the library does not know the cipher.
Bytes enciphered(const EVP_CIPHER* cipher, std::string_view keyHex, const Bytes& plain) {
    const CipherContext context(EVP_CIPHER_CTX_new());
    const auto key = fromHex(keyHex);
    Bytes out(plain.size() + EVP_MAX_BLOCK_LENGTH);
    int length = 0;
    if (!context || !key ||
        EVP_EncryptInit_ex2(context.get(), cipher, key->data(), nullptr, nullptr) != 1 ||
        EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1 ||
        EVP_EncryptUpdate(context.get(), out.data(), &length, plain.data(),
                          static_cast<int>(plain.size())) != 1) {
        return {};
    }
    out.resize(static_cast<std::size_t>(length));
    return out;
}

bool sm4Holds(const KnownAnswers& known) {
    return is(enciphered(EVP_sm4_ecb(), sm4Key, fromHex(sm4Key).value_or(Bytes())), known.sm4);
}

bool tripleDesHolds(const KnownAnswers& known) {
    const Bytes block = fromHex("0123456789ABCDE7").value_or(Bytes());
    return is(enciphered(EVP_des_ede_ecb(), sm4Key, block), known.tripleDes);
}

bool aesGcmHolds(const KnownAnswers& known) {
    constexpr int blockSize = 16;
    const CipherContext context(EVP_CIPHER_CTX_new());
    const std::array<std::uint8_t, 32> zeros{};
    Bytes out(2 * blockSize);
    int length = 0;
    return context &&
           EVP_EncryptInit_ex2(context.get(), EVP_aes_256_gcm(), zeros.data(), zeros.data(),
                               nullptr) == 1 &&
           EVP_EncryptUpdate(context.get(), out.data(), &length, zeros.data(), blockSize) == 1 &&
           EVP_EncryptFinal_ex(context.get(), out.data() + length, &length) == 1 &&
           EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, blockSize,
                               out.data() + blockSize) == 1 &&
           is(out, known.aesGcm);
}

bool scryptHolds(const KnownAnswers& known) {
    const std::string verifier = "16384:8:1:" + toHex(bytesOf("SodiumChloride")) + ":";
    return pinMatches(SecretText("pleaseletmein"), verifier + std::string(known.scrypt));
}

// The standard's signature, and one of a fresh key: made, taken, and refused for other words.
bool sm2Holds(const KnownAnswers& known) {
    const auto pair = makeSm2KeyPair();
    if (!pair) return false;
    const auto standard = Sm2Signer::create(pair->privatePem, standardPublicKey);
    const auto itself = Sm2Signer::create(pair->privatePem, pair->publicPem);
    const auto signature = fromHex(known.sm2);
    if (!standard || !itself || !signature) return false;
    const Bytes message = bytesOf("message digest");
    const auto made = (*itself)->sign(message);
    return (*standard)->verifyProvince(message, *signature) && made &&
           (*itself)->verifyProvince(message, *made) &&
           !(*itself)->verifyProvince(bytesOf("another message"), *made);
}

// A source that is stuck repeats itself (NIST SP 800-90B 4.4.1): no two of these are ever equal.
bool randomHolds(Random& random) {
    constexpr int draws = 64;
    std::set<std::array<std::uint8_t, 8>> drawn;
    for (int i = 0; i < draws; ++i) {
        std::array<std::uint8_t, 8> bytes{};
        random.fill(bytes);
        drawn.insert(bytes);
    }
    return drawn.size() == draws;
}

Result<void> wrong(std::string_view what) {
    ERR_clear_error();
    return fail(ErrorCode::selfTestFailed, std::string(what) +
                                               " is not what the standard says, with " +
                                               cryptoLibrary() + "; install Debian's libssl again");
}

}  // namespace

Result<void> selfTest(Random& random, const KnownAnswers& known) {
    struct Test {
        std::string_view name;
        bool (*holds)(const KnownAnswers&);
    };
    constexpr Test tests[] = {{"SM3", sm3Holds},        {"SM4", sm4Holds},
                              {"3DES", tripleDesHolds}, {"AES-256-GCM", aesGcmHolds},
                              {"scrypt", scryptHolds},  {"SM2", sm2Holds}};
    for (const Test& test : tests) {
        if (!test.holds(known)) return wrong(test.name);
    }
    if (randomHolds(random)) return {};
    return fail(ErrorCode::selfTestFailed, "the source of random numbers repeats itself");
}

std::string cryptoLibrary() {
    return std::string("OpenSSL ") + OpenSSL_version(OPENSSL_VERSION_STRING);
}

}  // namespace liqu::security
