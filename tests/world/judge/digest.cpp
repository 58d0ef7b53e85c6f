#include "tests/world/judge/digest.hpp"

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
    const iconv_t converter = ::iconv_open("UTF-8", "GBK");
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

}  // namespace liqu::judge
