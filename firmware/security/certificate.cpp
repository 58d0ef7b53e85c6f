#include "firmware/security/certificate.hpp"

#include <ctime>
#include <memory>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "firmware/security/key_file.hpp"

namespace liqu::security {
namespace {

struct Release {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Memory = std::unique_ptr<BIO, Release>;
using Paper = std::unique_ptr<X509, Release>;
using Key = std::unique_ptr<EVP_PKEY, Release>;

// A question at a terminal would hold the kiosk up: an encrypted key has no answer.
int noPassword(char*, int, int, void*) {
    return -1;
}

Memory memoryOf(std::string_view text) {
    return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

Result<Paper> paperIn(const std::filesystem::path& file) {
    const std::string text = TRY(readPublicFile(file));
    Paper paper(PEM_read_bio_X509(memoryOf(text).get(), nullptr, noPassword, nullptr));
    ERR_clear_error();
    if (!paper) return fail(ErrorCode::keyMissing, file.string() + ": no certificate in PEM");
    return paper;
}

std::string commonNameOf(const X509* paper) {
    const X509_NAME* subject = X509_get_subject_name(paper);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0) return {};
    unsigned char* utf8 = nullptr;
    const int length =
        ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    if (length < 0) return {};
    std::string name(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(length));
    OPENSSL_free(utf8);
    return name;
}

WallTime momentOf(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
    return WallTime(std::chrono::seconds(::timegm(&parts)));
}

}  // namespace

Result<Certificate> readCertificate(const std::filesystem::path& file) {
    const Paper paper = TRY(paperIn(file));
    return Certificate{commonNameOf(paper.get()), momentOf(X509_get0_notBefore(paper.get())),
                       momentOf(X509_get0_notAfter(paper.get()))};
}

Result<void> checkKeyOfCertificate(const std::filesystem::path& certificate,
                                   const std::filesystem::path& key) {
    const Paper paper = TRY(paperIn(certificate));
    const SecretText text = TRY(readSecretFile(key));
    const Key own(
        PEM_read_bio_PrivateKey(memoryOf(text.reveal()).get(), nullptr, noPassword, nullptr));
    const bool fits = own && X509_check_private_key(paper.get(), own.get()) == 1;
    ERR_clear_error();
    if (!own) return fail(ErrorCode::keyMissing, key.string() + ": no private key in PEM");
    if (fits) return {};
    return fail(ErrorCode::keyMissing,
                key.string() + ": is not the key of " + certificate.filename().string());
}

}  // namespace liqu::security
