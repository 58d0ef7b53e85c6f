#include "firmware/security/pin_verifier.hpp"

#include <charconv>
#include <openssl/evp.h>

#include "firmware/base/bytes.hpp"

namespace liqu::security {
namespace {

struct Cost {
    std::uint64_t n = 16384;
    std::uint64_t r = 8;
    std::uint64_t p = 1;
};
constexpr std::size_t hashSize = 32;
constexpr std::uint64_t memoryLimit = 64 * 1024 * 1024;

Result<Bytes> derive(const SecretText& pin, const Bytes& salt, const Cost& cost) {
    Bytes hash(hashSize);
    const std::string& text = pin.reveal();
    if (EVP_PBE_scrypt(text.data(), text.size(), salt.data(), salt.size(), cost.n, cost.r, cost.p,
                       memoryLimit, hash.data(), hash.size()) != 1) {
        return fail(ErrorCode::cryptoFailed, "scrypt refused its parameters");
    }
    return hash;
}

std::uint64_t numberIn(std::string_view text) {
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

Result<std::string> makePinVerifier(const SecretText& pin, Random& random) {
    const Cost cost;
    Bytes salt(16);
    random.fill(salt);
    const Bytes hash = TRY(derive(pin, salt, cost));
    return std::to_string(cost.n) + ":" + std::to_string(cost.r) + ":" + std::to_string(cost.p) +
           ":" + toHex(salt) + ":" + toHex(hash);
}

bool pinMatches(const SecretText& pin, std::string_view verifier) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= verifier.size();) {
        const std::size_t end = std::min(verifier.find(':', at), verifier.size());
        parts.push_back(verifier.substr(at, end - at));
        at = end + 1;
    }
    if (parts.size() != 5) return false;
    const auto salt = fromHex(parts[3]);
    const auto wanted = fromHex(parts[4]);
    if (!salt || !wanted || wanted->size() != hashSize) return false;
    const auto hash =
        derive(pin, *salt, {numberIn(parts[0]), numberIn(parts[1]), numberIn(parts[2])});
    return hash && equalInConstantTime(*hash, *wanted);
}

}  // namespace liqu::security
