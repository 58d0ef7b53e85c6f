#include "tests/world/judge/digest.hpp"

#include <ctime>
#include <iconv.h>
#include <openssl/evp.h>

namespace liqu::judge {

std::string sm3Of(const std::string& text) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_Digest(text.data(), text.size(), digest, &length, EVP_sm3(), nullptr);
    std::string hex;
    for (unsigned i = 0; i < length; ++i) {
        constexpr char digits[] = "0123456789ABCDEF";
        hex += digits[digest[i] >> 4];
        hex += digits[digest[i] & 15];
    }
    return hex;
}

std::string nameInGbk(const std::string& bytes) {
    const iconv_t converter = ::iconv_open("UTF-8", "GB18030");
    std::string from = bytes;
    std::string to(bytes.size() * 3, '\0');
    char* in = from.data();
    char* out = to.data();
    std::size_t inLeft = from.size();
    std::size_t outLeft = to.size();
    const bool good = ::iconv(converter, &in, &inLeft, &out, &outLeft) == 0;
    ::iconv_close(converter);
    return good ? to.substr(0, to.size() - outLeft) : std::string();
}

std::optional<std::int64_t> momentOf(const std::string& text) {
    std::tm civil{};
    if (text.size() != 29 || text.substr(23) != "+08:00" || text[19] != '.') return std::nullopt;
    const char* rest = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &civil);
    if (rest != text.c_str() + 19) return std::nullopt;
    constexpr std::int64_t eastOfGreenwich = 8 * 3600;
    const std::int64_t seconds = static_cast<std::int64_t>(::timegm(&civil)) - eastOfGreenwich;
    return seconds * 1000 + std::atoi(text.c_str() + 20);
}

}  // namespace liqu::judge
