#include "program/keeping.hpp"

#include <algorithm>
#include <errno.h>
#include <unistd.h>

#include "firmware/base/plain_file.hpp"
#include "firmware/security/backup_archive.hpp"
#include "firmware/security/sm3.hpp"
#include "program/console.hpp"
#include "program/data_folder.hpp"

namespace liqu::program {
namespace {

constexpr std::size_t largestConfig = 256 * 1024;

// One line, or all there is.
Result<SecretText> readDescriptor(int number) {
    std::string text;
    char letter = 0;
    while (text.size() <= security::longestPassphrase) {
        const ssize_t got = ::read(number, &letter, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            return fail(ErrorCode::fileNotReadable,
                        "nothing can be read from descriptor " + std::to_string(number));
        }
        if (got == 0 || letter == '\n') break;
        text.push_back(letter);
    }
    return SecretText(std::move(text));
}

}  // namespace

std::vector<KeptFile> keptFiles(const policy::KioskConfig& config,
                                const std::filesystem::path& data) {
    using enum KeptFile::Kind;
    const policy::ProvinceConfig& province = config.province;
    const policy::PaymentConfig& payment = config.payment;
    std::vector<KeptFile> all = {{"seal.key", sealKeyIn(data), secret},
                                 {"client-key", province.clientKey, secret},
                                 {"signing-key", province.signingKey, secret},
                                 {"payment-key", payment.clientKey, secret},
                                 {"client-certificate", province.clientCertificate, open},
                                 {"authority", province.caCertificate, open},
                                 {"verification-key", province.verificationKey, open},
                                 {"payment-certificate", payment.clientCertificate, open},
                                 {"payment-authority", payment.caCertificate, open}};
    std::vector<KeptFile> kept;
    for (KeptFile& one : all) {
        const bool again = std::ranges::any_of(
            kept, [&one](const KeptFile& other) { return other.path == one.path; });
        if (!one.path.empty() && !again) kept.push_back(std::move(one));
    }
    return kept;
}

Result<policy::KioskConfig> loadConfigWithoutKeys(const std::filesystem::path& config) {
    Faults faults;
    auto loaded = TRY(policy::loadKioskConfig(config, &faults));
    const std::vector<KeptFile> files = keptFiles(loaded, "");
    for (const Error& fault : faults) {
        const bool isOfThese = std::ranges::any_of(files, [&fault](const KeptFile& file) {
            return fault.code == ErrorCode::configBadValue &&
                   fault.cause.ends_with("there is no " + file.path.string());
        });
        if (!isOfThese) return fail(fault);
    }
    return loaded;
}

Result<std::string> configDigest(const std::filesystem::path& config,
                                 const std::filesystem::path& region) {
    std::string digests;
    for (const auto& path : {config, region}) {
        const PlainFile file = TRY(PlainFile::open(path));
        digests += toHex(security::sm3(bytesOf(TRY(file.read(largestConfig)))));
    }
    return toHex(security::sm3(bytesOf(digests)));
}

Result<SecretText> askPassphrase(const KeepingOptions& options, Asking asking) {
    SecretText passphrase = options.passphraseFd >= 0 ? TRY(readDescriptor(options.passphraseFd))
                                                      : askSecret("passphrase of the backup");
    if (asking == Asking::once) return passphrase;
    TRY(security::checkPassphrase(passphrase));
    if (options.passphraseFd >= 0 || askSecret("the same again") == passphrase) return passphrase;
    return fail(ErrorCode::configBadValue, "the two passphrases differ; nothing was written");
}

}  // namespace liqu::program
