#include "firmware/security/key_request.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <vector>

#include "firmware/security/key_file.hpp"
#include "firmware/security/openssl_handles.hpp"

namespace liqu::security {
namespace {

using RequestHandle = std::unique_ptr<X509_REQ, FreeWith<X509_REQ_free>>;
using StoreHandle = std::unique_ptr<X509_STORE, FreeWith<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, FreeWith<X509_STORE_CTX_free>>;
using OctetsHandle = std::unique_ptr<ASN1_OCTET_STRING, FreeWith<ASN1_OCTET_STRING_free>>;

constexpr std::string_view identity = "1234567812345678";

int noPassPhrase(char*, int, int, void*) {
    return -1;
}

BioHandle bioOf(std::string_view pem) {
    return BioHandle(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

std::string textOfBio(BIO* bio) {
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio, &data);
    return length > 0 ? std::string(data, static_cast<std::size_t>(length)) : std::string();
}

tl::unexpected<Error> refused(const char* what) {
    ERR_clear_error();
    return fail(ErrorCode::cryptoFailed, what);
}

struct Key {
    KeyHandle handle;
    KeyKind kind = KeyKind::p256;
};

Result<Key> keyIn(const SecretText& pem) {
    Key key{KeyHandle(
        PEM_read_bio_PrivateKey(bioOf(pem.reveal()).get(), nullptr, noPassPhrase, nullptr))};
    ERR_clear_error();
    if (!key.handle) return fail(ErrorCode::keyMissing, "no private key in PEM");
    char curve[32] = {};
    EVP_PKEY_get_group_name(key.handle.get(), curve, sizeof curve, nullptr);
    if (EVP_PKEY_is_a(key.handle.get(), "SM2") == 1) {
        key.kind = KeyKind::sm2;
    } else if (std::string_view(curve) != "prime256v1") {
        return fail(ErrorCode::keyMissing, "the key is neither P-256 nor SM2");
    }
    return key;
}

bool setSubject(X509_REQ* request, std::string_view commonName) {
    X509_NAME* const name = X509_REQ_get_subject_name(request);
    return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(commonName.data()),
                                      static_cast<int>(commonName.size()), -1, 0) == 1;
}

// The identity is set on the key's context, which every OpenSSL 3 takes (as in sm2_signer.cpp).
bool sign(X509_REQ* request, const Key& key) {
    const KeyContext keyContext(EVP_PKEY_CTX_new(key.handle.get(), nullptr));
    const DigestContext digest(EVP_MD_CTX_new());
    if (!keyContext || !digest) return false;
    const bool isSm2 = key.kind == KeyKind::sm2;
    if (isSm2 && EVP_PKEY_CTX_set1_id(keyContext.get(), identity.data(),
                                      static_cast<int>(identity.size())) != 1) {
        return false;
    }
    if (isSm2) EVP_MD_CTX_set_pkey_ctx(digest.get(), keyContext.get());
    return EVP_DigestSignInit(digest.get(), nullptr, isSm2 ? EVP_sm3() : EVP_sha256(), nullptr,
                              key.handle.get()) == 1 &&
           X509_REQ_sign_ctx(request, digest.get()) > 0;
}

bool verifies(X509_REQ* request, const Key& key) {
    if (key.kind == KeyKind::sm2) {
        OctetsHandle octets(ASN1_OCTET_STRING_new());
        if (!octets || ASN1_OCTET_STRING_set(
                           octets.get(), reinterpret_cast<const unsigned char*>(identity.data()),
                           static_cast<int>(identity.size())) != 1) {
            return false;
        }
        X509_REQ_set0_distinguishing_id(request, octets.release());
    }
    const bool good = X509_REQ_verify(request, key.handle.get()) == 1;
    ERR_clear_error();
    return good;
}

std::string nameIn(X509_REQ* request) {
    X509_NAME* const subject = X509_REQ_get_subject_name(request);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0 || X509_NAME_entry_count(subject) != 1) return {};
    const ASN1_STRING* const text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at));
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
            static_cast<std::size_t>(ASN1_STRING_length(text))};
}

using Papers = std::vector<CertificateHandle>;

// The chain of a file, the machine's own first; at most so many.
Result<Papers> papersIn(const std::filesystem::path& file) {
    constexpr std::size_t most = 64;
    const std::string text = TRY(readPublicFile(file));
    const BioHandle bio = bioOf(text);
    Papers papers;
    while (papers.size() < most) {
        CertificateHandle paper(PEM_read_bio_X509(bio.get(), nullptr, noPassPhrase, nullptr));
        if (!paper) break;
        papers.push_back(std::move(paper));
    }
    ERR_clear_error();
    if (papers.empty()) {
        return fail(ErrorCode::keyMissing, file.string() + ": no certificate in PEM");
    }
    return papers;
}

struct FreeList {
    // Borrowed papers: only the list goes.
    void operator()(STACK_OF(X509) * list) const { sk_X509_free(list); }
};

}  // namespace

Result<SecretText> makePrivateKey(KeyKind kind) {
    const KeyHandle key(kind == KeyKind::sm2 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2")
                                             : EVP_EC_gen("P-256"));
    const BioHandle bio(BIO_new(BIO_s_secmem()));
    if (!key || !bio ||
        PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                      nullptr) != 1) {
        return refused("no key could be made");
    }
    return SecretText(textOfBio(bio.get()));
}

Result<KeyKind> kindOfKey(const SecretText& keyPem) {
    return TRY(keyIn(keyPem)).kind;
}

Result<std::string> requestFor(const SecretText& keyPem, std::string_view commonName) {
    const Key key = TRY(keyIn(keyPem));
    const RequestHandle request(X509_REQ_new());
    const BioHandle bio(BIO_new(BIO_s_mem()));
    if (!request || !bio || X509_REQ_set_version(request.get(), 0) != 1 ||
        !setSubject(request.get(), commonName) ||
        X509_REQ_set_pubkey(request.get(), key.handle.get()) != 1 || !sign(request.get(), key) ||
        PEM_write_bio_X509_REQ(bio.get(), request.get()) != 1) {
        return refused("no certificate request could be made");
    }
    const std::string text = textOfBio(bio.get());
    if (isRequestOf(text, keyPem, commonName)) return text;
    return refused("the certificate request that was made does not verify");
}

bool isRequestOf(std::string_view request, const SecretText& keyPem, std::string_view commonName) {
    const auto key = keyIn(keyPem);
    if (!key) return false;
    const RequestHandle read(
        PEM_read_bio_X509_REQ(bioOf(request).get(), nullptr, noPassPhrase, nullptr));
    ERR_clear_error();
    if (!read || nameIn(read.get()) != commonName) return false;
    const KeyHandle own(X509_REQ_get_pubkey(read.get()));
    const bool same = own && EVP_PKEY_eq(own.get(), key->handle.get()) == 1;
    ERR_clear_error();
    return same && verifies(read.get(), *key);
}

Result<void> checkChain(const std::filesystem::path& certificate,
                        const std::filesystem::path& authorities, WallTime at) {
    const Papers own = TRY(papersIn(certificate));
    const Papers trusted = TRY(papersIn(authorities));
    const StoreHandle store(X509_STORE_new());
    const StoreContext context(X509_STORE_CTX_new());
    const std::unique_ptr<STACK_OF(X509), FreeList> between(sk_X509_new_null());
    if (!store || !context || !between) return refused("no memory for certificates");
    for (const auto& paper : trusted) X509_STORE_add_cert(store.get(), paper.get());
    for (const auto& paper : own) sk_X509_push(between.get(), paper.get());
    if (X509_STORE_CTX_init(context.get(), store.get(), own.front().get(), between.get()) != 1 ||
        X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_CLIENT) != 1) {
        return refused("certificates cannot be checked");
    }
    const auto time = std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch());
    // As libcurl takes what stands in the file of authorities.
    X509_STORE_CTX_set_flags(context.get(), X509_V_FLAG_PARTIAL_CHAIN);
    X509_STORE_CTX_set_time(context.get(), 0, static_cast<std::time_t>(time.count()));
    const bool good = X509_verify_cert(context.get()) == 1;
    const int why = X509_STORE_CTX_get_error(context.get());
    ERR_clear_error();
    if (good) return {};
    return fail(ErrorCode::provinceCertificateWrong,
                certificate.filename().string() + " does not lead to " +
                    authorities.filename().string() + ": " + X509_verify_cert_error_string(why));
}

}  // namespace liqu::security
