#include "firmware/security/simulated_authority.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <string_view>

#include "firmware/security/key_file.hpp"
#include "firmware/security/openssl_handles.hpp"

namespace liqu::security {
namespace {

constexpr std::string_view simulatedProvince = "Liqu simulated province";

bool isOfSimulator(X509* certificate) {
    X509_NAME* const subject = X509_get_subject_name(certificate);
    const int first = X509_NAME_get_index_by_NID(subject, NID_organizationName, -1);
    if (first < 0) return false;
    // One organisation, and this one.
    if (X509_NAME_get_index_by_NID(subject, NID_organizationName, first) >= 0) return false;
    const ASN1_STRING* const text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, first));
    const auto* const letters = reinterpret_cast<const char*>(ASN1_STRING_get0_data(text));
    return std::string_view(letters, static_cast<std::size_t>(ASN1_STRING_length(text))) ==
           simulatedProvince;
}

}  // namespace

Result<bool> trustsSimulatedProvinceOnly(const std::filesystem::path& authorities) {
    const std::string text = TRY(readPublicFile(authorities));
    const BioHandle file(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    bool any = false;
    while (true) {
        const CertificateHandle certificate(
            PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr));
        if (!certificate) break;
        if (!isOfSimulator(certificate.get())) return false;
        any = true;
    }
    // What ends the loop is the end of the file, or something that is no certificate.
    const unsigned long last = ERR_peek_last_error();
    ERR_clear_error();
    const bool atEnd = ERR_GET_REASON(last) == PEM_R_NO_START_LINE;
    return any && atEnd;
}

}  // namespace liqu::security
