#include "tests/world/province/keys.hpp"

#include <algorithm>
#include <array>

#include "firmware/base/assert.hpp"
#include "tests/world/province/openssl_handles.hpp"

namespace liqu::world {
namespace {

// GM/T 0009: the identity every signer uses unless told otherwise.
constexpr std::string_view signerIdentity = "1234567812345678";
constexpr std::size_t halfSize = 32;

using EcSignature = std::unique_ptr<ECDSA_SIG, Releaser<ECDSA_SIG_free>>;

Result<KeyHandle> readPrivate(const std::filesystem::path& path) {
    const BioHandle file(BIO_new_file(path.c_str(), "r"));
    KeyHandle key(file ? PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!key) return fail(ErrorCode::keyMissing, path.filename().string());
    return key;
}

Result<KeyHandle> readPublic(const std::filesystem::path& path) {
    const BioHandle file(BIO_new_file(path.c_str(), "r"));
    KeyHandle key(file ? PEM_read_bio_PUBKEY(file.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!key) return fail(ErrorCode::keyMissing, path.filename().string());
    return key;
}

// A digest context that carries the signer's identity. The key context must outlive it.
struct Sm2Context {
    explicit Sm2Context(EVP_PKEY* key)
        : keyContext(EVP_PKEY_CTX_new(key, nullptr)), digest(EVP_MD_CTX_new()) {
        LIQU_ASSERT(keyContext && digest);
        LIQU_ASSERT(EVP_PKEY_CTX_set1_id(keyContext.get(), signerIdentity.data(),
                                         static_cast<int>(signerIdentity.size())) == 1);
        EVP_MD_CTX_set_pkey_ctx(digest.get(), keyContext.get());
    }
    KeyContext keyContext;
    DigestContext digest;
};

// The wire carries r and s side by side; OpenSSL speaks DER.
Bytes rawOf(const Bytes& der) {
    const unsigned char* at = der.data();
    const EcSignature parsed(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    LIQU_ASSERT(parsed);
    Bytes raw(2 * halfSize);
    BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), raw.data(), halfSize);
    BN_bn2binpad(ECDSA_SIG_get0_s(parsed.get()), raw.data() + halfSize, halfSize);
    return raw;
}

Bytes derOf(ByteView raw) {
    const EcSignature parsed(ECDSA_SIG_new());
    BIGNUM* const r = BN_bin2bn(raw.data(), halfSize, nullptr);
    BIGNUM* const s = BN_bin2bn(raw.data() + halfSize, halfSize, nullptr);
    ECDSA_SIG_set0(parsed.get(), r, s);
    Bytes der(static_cast<std::size_t>(i2d_ECDSA_SIG(parsed.get(), nullptr)));
    unsigned char* at = der.data();
    i2d_ECDSA_SIG(parsed.get(), &at);
    return der;
}

Bytes sm2Sign(EVP_PKEY* key, ByteView message) {
    const Sm2Context context(key);
    std::size_t size = 0;
    LIQU_ASSERT(EVP_DigestSignInit(context.digest.get(), nullptr, EVP_sm3(), nullptr, key) == 1);
    LIQU_ASSERT(
        EVP_DigestSign(context.digest.get(), nullptr, &size, message.data(), message.size()) == 1);
    Bytes der(size);
    LIQU_ASSERT(EVP_DigestSign(context.digest.get(), der.data(), &size, message.data(),
                               message.size()) == 1);
    der.resize(size);
    return rawOf(der);
}

bool sm2Verify(EVP_PKEY* key, ByteView message, ByteView signature) {
    if (signature.size() != 2 * halfSize) return false;
    const Sm2Context context(key);
    const Bytes der = derOf(signature);
    if (EVP_DigestVerifyInit(context.digest.get(), nullptr, EVP_sm3(), nullptr, key) != 1) {
        return false;
    }
    const bool good = EVP_DigestVerify(context.digest.get(), der.data(), der.size(), message.data(),
                                       message.size()) == 1;
    ERR_clear_error();
    return good;
}

// 64 bytes that depend on every byte of the message and on who signs.
Bytes twinSignature(std::string_view who, ByteView message) {
    Bytes signature;
    for (const char part : {'r', 's'}) {
        std::array<unsigned char, halfSize> half{};
        const DigestContext digest(EVP_MD_CTX_new());
        EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
        EVP_DigestUpdate(digest.get(), who.data(), who.size());
        EVP_DigestUpdate(digest.get(), &part, 1);
        EVP_DigestUpdate(digest.get(), message.data(), message.size());
        EVP_DigestFinal_ex(digest.get(), half.data(), nullptr);
        signature.insert(signature.end(), half.begin(), half.end());
    }
    return signature;
}

bool twinVerify(std::string_view who, ByteView message, ByteView signature) {
    return std::ranges::equal(twinSignature(who, message), signature);
}

constexpr std::string_view twinProvince = "twin province";
constexpr std::string_view twinTerminal = "twin terminal";

}  // namespace

struct Sm2Keys::Pair {
    KeyHandle own, terminal;
};
struct Sm2Terminal::Pair {
    KeyHandle own, province;
};

Result<std::unique_ptr<Sm2Keys>> Sm2Keys::load(const Pki& pki) {
    auto own = TRY(readPrivate(pki.provinceSigningKey()));
    auto terminal = TRY(readPublic(pki.terminalVerifyKey()));
    auto pair = std::make_unique<Pair>(std::move(own), std::move(terminal));
    return std::unique_ptr<Sm2Keys>(new Sm2Keys(std::move(pair)));
}
Sm2Keys::Sm2Keys(std::unique_ptr<Pair> pair) : pair_(std::move(pair)) {}
Sm2Keys::~Sm2Keys() = default;
Bytes Sm2Keys::sign(ByteView message) {
    return sm2Sign(pair_->own.get(), message);
}
bool Sm2Keys::verifyTerminal(ByteView message, ByteView signature) {
    return sm2Verify(pair_->terminal.get(), message, signature);
}

Result<std::unique_ptr<Sm2Terminal>> Sm2Terminal::load(const Pki& pki) {
    auto own = TRY(readPrivate(pki.terminalSigningKey()));
    auto province = TRY(readPublic(pki.provinceVerifyKey()));
    auto pair = std::make_unique<Pair>(std::move(own), std::move(province));
    return std::unique_ptr<Sm2Terminal>(new Sm2Terminal(std::move(pair)));
}
Sm2Terminal::Sm2Terminal(std::unique_ptr<Pair> pair) : pair_(std::move(pair)) {}
Sm2Terminal::~Sm2Terminal() = default;
Result<Bytes> Sm2Terminal::sign(ByteView message) {
    return sm2Sign(pair_->own.get(), message);
}
bool Sm2Terminal::verifyProvince(ByteView message, ByteView signature) {
    return sm2Verify(pair_->province.get(), message, signature);
}

Bytes TwinKeys::sign(ByteView message) {
    return twinSignature(twinProvince, message);
}
bool TwinKeys::verifyTerminal(ByteView message, ByteView signature) {
    return twinVerify(twinTerminal, message, signature);
}
Result<Bytes> TwinSigner::sign(ByteView message) {
    return twinSignature(twinTerminal, message);
}
bool TwinSigner::verifyProvince(ByteView message, ByteView signature) {
    return twinVerify(twinProvince, message, signature);
}

std::string sm3Hex(std::string_view text) {
    std::array<unsigned char, halfSize> digest{};
    LIQU_ASSERT(EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sm3(), nullptr));
    return toHex(digest);
}

}  // namespace liqu::world
