// Known answers of the standards, so that a library or a wrong call cannot pass unseen.
#include <doctest/doctest.h>
#include <openssl/evp.h>

#include "firmware/security/sm3.hpp"

using namespace liqu;

namespace {

Bytes hex(std::string_view text) {
    return fromHex(text).value();
}

Bytes encryptWith(const EVP_CIPHER* cipher, const Bytes& key, const Bytes& nonce,
                  const Bytes& plain) {
    EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
    Bytes out(plain.size() + 16);
    int length = 0;
    REQUIRE(EVP_EncryptInit_ex2(context, cipher, key.data(), nonce.empty() ? nullptr : nonce.data(),
                                nullptr) == 1);
    EVP_CIPHER_CTX_set_padding(context, 0);
    REQUIRE(EVP_EncryptUpdate(context, out.data(), &length, plain.data(),
                              static_cast<int>(plain.size())) == 1);
    out.resize(static_cast<std::size_t>(length));
    EVP_CIPHER_CTX_free(context);
    return out;
}

}  // namespace

TEST_CASE("SM3 gives the digests of GB/T 32905 appendix A") {
    CHECK(toHex(security::sm3(bytesOf("abc"))) ==
          "66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0");
    std::string long64;
    for (int i = 0; i < 16; ++i) long64 += "abcd";
    CHECK(toHex(security::sm3(bytesOf(long64))) ==
          "DEBE9FF92275B8A138604889C18E5A4D6FDB70E5387E5765293DCBA39C0C5732");
    CHECK(toHex(security::sm3({})) ==
          "1AB21D8355CFA17F8E61194831E81A8F22BEC8C728FEFB747ED035EB5082AA2B");
}

TEST_CASE("HMAC-SM3 follows RFC 2104 over SM3") {
    // Computed by hand from the definition: H((K ^ opad) | H((K ^ ipad) | message)).
    const Bytes key = hex("0102030405060708090A0B0C0D0E0F10");
    const Bytes message = bytesOf("what do ya want for nothing?");
    Bytes inner(64, 0x36);
    Bytes outer(64, 0x5C);
    for (std::size_t i = 0; i < key.size(); ++i) {
        inner[i] = static_cast<std::uint8_t>(inner[i] ^ key[i]);
        outer[i] = static_cast<std::uint8_t>(outer[i] ^ key[i]);
    }
    inner.insert(inner.end(), message.begin(), message.end());
    const auto first = security::sm3(inner);
    outer.insert(outer.end(), first.begin(), first.end());
    CHECK(toHex(security::hmacSm3(key, message)) == toHex(security::sm3(outer)));
}

TEST_CASE("SM4 gives the block of GB/T 32907 appendix A") {
    const Bytes key = hex("0123456789ABCDEFFEDCBA9876543210");
    CHECK(toHex(encryptWith(EVP_sm4_ecb(), key, {}, key)) == "681EDF34D206965E86B3E94F536E4246");
}

TEST_CASE("SM4-CTR encrypts the counter block") {
    const Bytes key = hex("0123456789ABCDEFFEDCBA9876543210");
    CHECK(toHex(encryptWith(EVP_sm4_ctr(), key, key, Bytes(16, 0))) ==
          "681EDF34D206965E86B3E94F536E4246");
}

TEST_CASE("AES-256-GCM gives the ciphertext of the GCM specification's case 14") {
    CHECK(toHex(encryptWith(EVP_aes_256_gcm(), Bytes(32, 0), Bytes(12, 0), Bytes(16, 0))) ==
          "CEA7403D4D606B6E074EC5D3BAF39D18");
}
