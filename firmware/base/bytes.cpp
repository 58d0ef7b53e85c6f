#include "firmware/base/bytes.hpp"

namespace liqu {
namespace {

constexpr std::string_view hexDigits = "0123456789ABCDEF";
constexpr std::string_view base64Digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hexValue(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return -1;
}

}  // namespace

std::string toHex(ByteView bytes) {
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        hex += hexDigits[byte >> 4];
        hex += hexDigits[byte & 0x0F];
    }
    return hex;
}

Result<Bytes> fromHex(std::string_view hex) {
    Bytes bytes;
    int high = -1;
    for (const char digit : hex) {
        if (digit == ' ') continue;
        const int value = hexValue(digit);
        if (value < 0) return fail(ErrorCode::configBadValue, "not a hexadecimal digit");
        if (high < 0) {
            high = value;
        } else {
            bytes.push_back(static_cast<std::uint8_t>(high * 16 + value));
            high = -1;
        }
    }
    if (high >= 0) return fail(ErrorCode::configBadValue, "an odd number of hexadecimal digits");
    return bytes;
}

Bytes bytesOf(std::string_view text) {
    return Bytes(text.begin(), text.end());
}
std::string textOf(ByteView bytes) {
    return std::string(bytes.begin(), bytes.end());
}

std::string toBase64(ByteView bytes) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t left = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) group = group << 8 | (i < left ? bytes[at + i] : 0u);
        for (std::size_t i = 0; i < 4; ++i) {
            text += i <= left ? base64Digits[group >> (18 - 6 * i) & 0x3F] : '=';
        }
    }
    return text;
}

Result<Bytes> fromBase64(std::string_view text) {
    if (text.size() % 4 != 0)
        return fail(ErrorCode::provinceReplyMalformed, "base64 of odd length");
    Bytes bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t at = 0; at < text.size(); at += 4) {
        const bool last = at + 4 == text.size();
        const std::size_t pads = last ? (text[at + 3] == '=') + (text[at + 2] == '=') : 0u;
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const std::size_t value = i < 4 - pads ? base64Digits.find(text[at + i]) : 0;
            if (value == std::string_view::npos) {
                return fail(ErrorCode::provinceReplyMalformed, "not a base64 digit");
            }
            group = group << 6 | static_cast<std::uint32_t>(value);
        }
        for (std::size_t i = 0; i < 3 - pads; ++i) {
            bytes.push_back(static_cast<std::uint8_t>(group >> (16 - 8 * i)));
        }
    }
    return bytes;
}

bool equalInConstantTime(ByteView left, ByteView right) {
    if (left.size() != right.size()) return false;
    std::uint8_t difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        difference = static_cast<std::uint8_t>(difference | (left[i] ^ right[i]));
    }
    return difference == 0;
}

}  // namespace liqu
