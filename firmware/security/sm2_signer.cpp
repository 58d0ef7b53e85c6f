#include "firmware/security/sm2_signer.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include "firmware/security/key_file.hpp"
#include "firmware/security/openssl_handles.hpp"

namespace liqu::security {
namespace {

constexpr std::size_t scalarSize = 32;

BioHandle bioOf(std::string_view pem) {
    return BioHandle(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

bool isSm2(const KeyHandle& key) {
    return key && EVP_PKEY_is_a(key.get(), "SM2") == 1;
}

// No pass phrase is ever asked for on a terminal nobody sits at.
int noPassPhrase(char*, int, int, void*) {
    return 0;
}

KeyHandle privateKeyOf(const SecretText& pem) {
    const BioHandle bio = bioOf(pem.reveal());
    return KeyHandle(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassPhrase, nullptr));
}

KeyHandle publicKeyOf(std::string_view pem) {
    KeyHandle key(PEM_read_bio_PUBKEY(bioOf(pem).get(), nullptr, nullptr, nullptr));
    if (key) return key;
    const CertificateHandle certificate(
        PEM_read_bio_X509(bioOf(pem).get(), nullptr, nullptr, nullptr));
    return KeyHandle(certificate ? X509_get_pubkey(certificate.get()) : nullptr);
}

// The identity both sides of decision 17 agree on.
constexpr std::string_view identity = "1234567812345678";

// A digest context that carries the identity. It is set on the key's context, which every OpenSSL 3
// takes: before 3.0.20 it is refused among the parameters of EVP_DigestSignInit_ex.
class IdentifiedDigest {
  public:
    explicit IdentifiedDigest(EVP_PKEY* key)
        : keyContext_(EVP_PKEY_CTX_new(key, nullptr)), digest_(EVP_MD_CTX_new()) {
        good_ = keyContext_ && digest_ &&
                EVP_PKEY_CTX_set1_id(keyContext_.get(), identity.data(),
                                     static_cast<int>(identity.size())) == 1;
        if (good_) EVP_MD_CTX_set_pkey_ctx(digest_.get(), keyContext_.get());
    }
    bool good() const { return good_; }
    EVP_MD_CTX* get() const { return digest_.get(); }

  private:
    // Borrowed by the digest, which dies first.
    KeyContext keyContext_;
    DigestContext digest_;
    bool good_ = false;
};

Result<Bytes> rawFromDer(const Bytes& der) {
    const unsigned char* cursor = der.data();
    const SignatureHandle signature(d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(der.size())));
    Bytes raw(2 * scalarSize);
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), raw.data(), scalarSize) < 0 ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), raw.data() + scalarSize, scalarSize) < 0) {
        return fail(ErrorCode::cryptoFailed, "the SM2 signature could not be written out");
    }
    return raw;
}

Bytes derFromRaw(ByteView raw) {
    const SignatureHandle signature(ECDSA_SIG_new());
    BIGNUM* r = BN_bin2bn(raw.data(), scalarSize, nullptr);
    BIGNUM* s = BN_bin2bn(raw.data() + scalarSize, scalarSize, nullptr);
    if (!signature || ECDSA_SIG_set0(signature.get(), r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return {};
    }
    const int length = i2d_ECDSA_SIG(signature.get(), nullptr);
    if (length <= 0) return {};
    Bytes der(static_cast<std::size_t>(length));
    unsigned char* cursor = der.data();
    i2d_ECDSA_SIG(signature.get(), &cursor);
    return der;
}

std::string textOfBio(BIO* bio) {
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio, &data);
    return length > 0 ? std::string(data, static_cast<std::size_t>(length)) : std::string();
}

}  // namespace

struct Sm2Signer::Keys {
    KeyHandle own;
    KeyHandle partner;
};

Sm2Signer::Sm2Signer(std::unique_ptr<Keys> keys) : keys_(std::move(keys)) {}
Sm2Signer::~Sm2Signer() = default;

Result<std::unique_ptr<Sm2Signer>> Sm2Signer::load(const std::filesystem::path& ownKey,
                                                   const std::filesystem::path& partner) {
    const SecretText ownPem = TRY(readSecretFile(ownKey));
    const std::string partnerPem = TRY(readPublicFile(partner));
    auto signer = create(ownPem, partnerPem);
    if (!signer) {
        return fail(ErrorCode::keyMissing,
                    signer.error().cause + " (" + ownKey.string() + ", " + partner.string() + ")");
    }
    return signer;
}

Result<std::unique_ptr<Sm2Signer>> Sm2Signer::create(const SecretText& ownKeyPem,
                                                     std::string_view partnerPem) {
    std::unique_ptr<Keys> keys(new Keys{privateKeyOf(ownKeyPem), publicKeyOf(partnerPem)});
    ERR_clear_error();
    if (!isSm2(keys->own)) return fail(ErrorCode::keyMissing, "no SM2 private key in PEM");
    if (!isSm2(keys->partner)) {
        return fail(ErrorCode::keyMissing, "no SM2 public key or certificate in PEM");
    }
    return std::unique_ptr<Sm2Signer>(new Sm2Signer(std::move(keys)));
}

Result<Bytes> Sm2Signer::sign(ByteView message) {
    EVP_PKEY* const key = keys_->own.get();
    const IdentifiedDigest context(key);
    std::size_t length = 0;
    if (!context.good() ||
        EVP_DigestSignInit(context.get(), nullptr, EVP_sm3(), nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &length, message.data(), message.size()) != 1) {
        return fail(ErrorCode::cryptoFailed, "SM2 signing could not start");
    }
    Bytes der(length);
    if (EVP_DigestSign(context.get(), der.data(), &length, message.data(), message.size()) != 1) {
        return fail(ErrorCode::cryptoFailed, "SM2 signing failed");
    }
    der.resize(length);
    return rawFromDer(der);
}

bool Sm2Signer::verifyProvince(ByteView message, ByteView signature) {
    if (signature.size() != 2 * scalarSize) return false;
    EVP_PKEY* const key = keys_->partner.get();
    const Bytes der = derFromRaw(signature);
    const IdentifiedDigest context(key);
    const bool good = !der.empty() && context.good() &&
                      EVP_DigestVerifyInit(context.get(), nullptr, EVP_sm3(), nullptr, key) == 1 &&
                      EVP_DigestVerify(context.get(), der.data(), der.size(), message.data(),
                                       message.size()) == 1;
    ERR_clear_error();
    return good;
}

Result<Sm2KeyPair> makeSm2KeyPair() {
    const KeyHandle key(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"));
    const BioHandle privateBio(BIO_new(BIO_s_secmem()));
    const BioHandle publicBio(BIO_new(BIO_s_mem()));
    if (!key || !privateBio || !publicBio ||
        PEM_write_bio_PKCS8PrivateKey(privateBio.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                      nullptr) != 1 ||
        PEM_write_bio_PUBKEY(publicBio.get(), key.get()) != 1) {
        return fail(ErrorCode::cryptoFailed, "no SM2 key could be made");
    }
    return Sm2KeyPair{SecretText(textOfBio(privateBio.get())), textOfBio(publicBio.get())};
}

}  // namespace liqu::security
