#include "tests/world/province/pki.hpp"

#include <array>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <system_error>

#include "firmware/base/bytes.hpp"
#include "tests/world/province/openssl_handles.hpp"

namespace liqu::world {
namespace {

constexpr long secondsPerDay = 24 * 60 * 60;

struct Validity {
    long fromDays;
    long toDays;
};
constexpr Validity valid{-1, 3650};
constexpr Validity ended{-30, -1};

struct Issuer {
    X509* certificate;  // null: signs itself
    EVP_PKEY* key;
};

tl::unexpected<Error> refused(const char* what) {
    return fail(ErrorCode::cryptoFailed, std::string("developer PKI: ") + what);
}

Result<KeyHandle> makeKey(const char* curve) {
    KeyHandle key(EVP_EC_gen(curve));
    if (!key) return refused("no key");
    return key;
}

bool addExtension(X509* certificate, X509* issuer, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    using Extension = std::unique_ptr<X509_EXTENSION, Releaser<X509_EXTENSION_free>>;
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool setSerial(X509* certificate) {
    unsigned char serial[8];
    if (RAND_bytes(serial, sizeof serial) != 1) return false;
    serial[0] &= 0x7F;
    using Number = std::unique_ptr<BIGNUM, Releaser<BN_free>>;
    const Number number(BN_bin2bn(serial, sizeof serial, nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

// The organisation is what lets a kiosk without a presence check be loaded for this province.
bool setName(X509* certificate, const std::string& commonName) {
    X509_NAME* const name = X509_get_subject_name(certificate);
    const auto add = [name](const char* part, const std::string& text) {
        return X509_NAME_add_entry_by_txt(name, part, MBSTRING_UTF8,
                                          reinterpret_cast<const unsigned char*>(text.c_str()), -1,
                                          -1, 0) == 1;
    };
    return add("O", "Liqu simulated province") && add("CN", commonName);
}

enum class Role { authority, server, terminal };

bool setRole(X509* certificate, X509* issuer, Role role) {
    const bool authority = role == Role::authority;
    bool good =
        addExtension(certificate, issuer, NID_basic_constraints,
                     authority ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE") &&
        addExtension(certificate, issuer, NID_key_usage,
                     authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature") &&
        addExtension(certificate, issuer, NID_subject_key_identifier, "hash");
    if (role == Role::server) {
        good =
            good && addExtension(certificate, issuer, NID_ext_key_usage, "serverAuth") &&
            addExtension(certificate, issuer, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
    }
    if (role == Role::terminal) {
        good = good && addExtension(certificate, issuer, NID_ext_key_usage, "clientAuth");
    }
    return good;
}

Result<CertificateHandle> certify(EVP_PKEY* key, const std::string& commonName, Role role,
                                  const Issuer& issuer, Validity validity) {
    CertificateHandle certificate(X509_new());
    if (!certificate) return refused("no certificate");
    X509* const self = certificate.get();
    X509* const signer = issuer.certificate ? issuer.certificate : self;
    const bool filled =
        X509_set_version(self, X509_VERSION_3) == 1 && setSerial(self) &&
        setName(self, commonName) &&
        X509_gmtime_adj(X509_getm_notBefore(self), validity.fromDays * secondsPerDay) &&
        X509_gmtime_adj(X509_getm_notAfter(self), validity.toDays * secondsPerDay) &&
        X509_set_issuer_name(self, X509_get_subject_name(signer)) == 1 &&
        X509_set_pubkey(self, key) == 1 && setRole(self, signer, role);
    if (!filled || X509_sign(self, issuer.key, EVP_sha256()) == 0) return refused("not certified");
    return certificate;
}

template <typename Write>
Result<void> writePem(const std::filesystem::path& path, Write write) {
    const BioHandle file(BIO_new_file(path.c_str(), "w"));
    if (!file || write(file.get()) != 1) {
        return fail(ErrorCode::fileNotWritable, "developer PKI: " + path.filename().string());
    }
    ::chmod(path.c_str(), 0600);
    return {};
}

Result<void> writeKey(const std::filesystem::path& path, EVP_PKEY* key) {
    return writePem(path, [&](BIO* file) {
        return PEM_write_bio_PKCS8PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
}

Result<void> writeCertificate(const std::filesystem::path& path, X509* certificate) {
    return writePem(path, [&](BIO* file) { return PEM_write_bio_X509(file, certificate); });
}

Result<void> writeSigningPair(const std::filesystem::path& keyPath,
                              const std::filesystem::path& publicPath) {
    const KeyHandle key = TRY(makeKey("SM2"));
    TRY(writeKey(keyPath, key.get()));
    return writePem(publicPath, [&](BIO* file) { return PEM_write_bio_PUBKEY(file, key.get()); });
}

// Each authority has a name of its own, so that a foreign one is unknown, not merely wrong.
Result<std::string> authorityName() {
    std::array<unsigned char, 4> tag{};
    if (RAND_bytes(tag.data(), tag.size()) != 1) return refused("no random bytes");
    return "Liqu developer CA " + toHex(tag);
}

// A key with a certificate in force and one that has ended.
Result<void> writeParty(const std::filesystem::path& folder, const std::string& file,
                        const std::string& commonName, Role role, const Issuer& issuer) {
    const KeyHandle key = TRY(makeKey("P-256"));
    TRY(writeKey(folder / (file + "-key.pem"), key.get()));
    const auto good = TRY(certify(key.get(), commonName, role, issuer, valid));
    TRY(writeCertificate(folder / (file + ".pem"), good.get()));
    const auto old = TRY(certify(key.get(), commonName, role, issuer, ended));
    return writeCertificate(folder / (file + "-expired.pem"), old.get());
}

}  // namespace

Result<Pki> Pki::generate(const std::filesystem::path& folder, const std::string& terminalId) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return fail(ErrorCode::fileNotWritable, "developer PKI: folder " + error.message());
    ::chmod(folder.c_str(), 0700);

    const Pki pki{folder};
    const KeyHandle key = TRY(makeKey("P-256"));
    const auto authority = TRY(certify(key.get(), TRY(authorityName()), Role::authority,
                                       Issuer{nullptr, key.get()}, valid));
    TRY(writeCertificate(pki.authority(), authority.get()));

    const Issuer issuer{authority.get(), key.get()};
    TRY(writeParty(folder, "server", "province.example", Role::server, issuer));
    TRY(writeParty(folder, "terminal", terminalId, Role::terminal, issuer));
    TRY(writeSigningPair(pki.terminalSigningKey(), pki.terminalVerifyKey()));
    TRY(writeSigningPair(pki.provinceSigningKey(), pki.provinceVerifyKey()));
    return pki;
}

}  // namespace liqu::world
