// Keys of a new machine, and the requests by which an authority certifies them: P-256 for the line
// (TLS), SM2 for the envelopes (decision 17). PEM throughout: PKCS#8, PKCS#10. A request of an SM2
// key is signed with SM3 under the signer's identity 1234567812345678, as its envelopes are. Any
// thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "firmware/base/clock.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"

namespace liqu::security {

enum class KeyKind : std::uint8_t { p256, sm2 };
constexpr auto wordsOf(KeyKind) {
    return words<KeyKind>({{KeyKind::p256, "P-256"}, {KeyKind::sm2, "SM2"}});
}

Result<SecretText> makePrivateKey(KeyKind kind);
// keyMissing: no private key in PEM, or of a third kind.
Result<KeyKind> kindOfKey(const SecretText& keyPem);
// keyMissing as above. The request was verified before it is answered.
Result<std::string> requestFor(const SecretText& keyPem, std::string_view commonName);
// It is a request of this key, for this name, and its signature is right.
bool isRequestOf(std::string_view request, const SecretText& keyPem, std::string_view commonName);

// What a partner of the line looks at: the certificate leads to the authorities, is valid at that
// time, and may be a client's. provinceCertificateWrong says why not; keyMissing: no certificate.
Result<void> checkChain(const std::filesystem::path& certificate,
                        const std::filesystem::path& authorities, WallTime at);

}  // namespace liqu::security
