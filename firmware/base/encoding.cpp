#include "firmware/base/encoding.hpp"

#include <algorithm>
#include <iconv.h>

#include "firmware/base/assert.hpp"
#include "firmware/base/personal.hpp"

namespace liqu {
namespace {

constexpr char32_t replacement = 0xFFFD;

tl::unexpected<Error> noCode() {
    return fail(ErrorCode::nameCharacterNotOnChip, "a character without a code of its own");
}

// One conversion from start to end; fails at the first character the target does not have.
Result<Bytes> convert(const char* to, const char* from, ByteView input) {
    const iconv_t handle = ::iconv_open(to, from);
    LIQU_ASSERT(handle != reinterpret_cast<iconv_t>(-1));
    Bytes output(input.size() * 4 + 4);
    char* in = const_cast<char*>(reinterpret_cast<const char*>(input.data()));
    char* out = reinterpret_cast<char*>(output.data());
    std::size_t inLeft = input.size();
    std::size_t outLeft = output.size();
    const std::size_t outcome = ::iconv(handle, &in, &inLeft, &out, &outLeft);
    ::iconv_close(handle);
    if (outcome == static_cast<std::size_t>(-1)) return noCode();
    output.resize(output.size() - outLeft);
    return output;
}

Result<void> appendConverted(Bytes& whole, const char* to, const char* from, ByteView part) {
    if (part.empty()) return {};
    const Bytes converted = TRY(convert(to, from, part));
    whole.insert(whole.end(), converted.begin(), converted.end());
    return {};
}

// Six ideographs of the standard's table that the C library keeps at their own code points in one
// version (2.36) and at code points of private use in another (2.41). Here they are themselves.
struct OddCode {
    char32_t point;
    std::uint8_t trail;
};
constexpr std::uint8_t oddLead = 0xFE;
constexpr OddCode oddCodes[] = {{0x20087, 0x51}, {0x20089, 0x52}, {0x200CC, 0x53},
                                {0x215D7, 0x6C}, {0x2298F, 0x76}, {0x241FE, 0x91}};

// The second byte of a four-byte code is a digit; of a two-byte code never.
bool hasFourByteCode(ByteView encoded) {
    for (std::size_t at = 0; at + 1 < encoded.size(); at += encoded[at] < 0x80 ? 1 : 2) {
        const bool digit = encoded[at + 1] >= '0' && encoded[at + 1] <= '9';
        if (encoded[at] >= 0x80 && digit) return true;
    }
    return false;
}

// Reads one code point at `at` and moves past it.
char32_t nextCodePoint(std::string_view utf8, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(utf8[at++]);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
    if (more == 0 || lead > 0xF4) return replacement;
    char32_t value = lead & (0x3Fu >> more);
    for (int i = 0; i < more; ++i) {
        if (at >= utf8.size() || (static_cast<unsigned char>(utf8[at]) & 0xC0) != 0x80) {
            return replacement;
        }
        value = value << 6 | (static_cast<unsigned char>(utf8[at++]) & 0x3Fu);
    }
    const char32_t least[] = {0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    return value < least[more] || value > 0x10FFFF || surrogate ? replacement : value;
}

}  // namespace

std::string utf8Of(char32_t point) {
    const auto unit = [](char32_t value) { return static_cast<char>(value); };
    if (point < 0x80) return {unit(point)};
    if (point < 0x800) return {unit(0xC0 | point >> 6), unit(0x80 | (point & 0x3F))};
    if (point < 0x10000) {
        return {unit(0xE0 | point >> 12), unit(0x80 | (point >> 6 & 0x3F)),
                unit(0x80 | (point & 0x3F))};
    }
    return {unit(0xF0 | point >> 18), unit(0x80 | (point >> 12 & 0x3F)),
            unit(0x80 | (point >> 6 & 0x3F)), unit(0x80 | (point & 0x3F))};
}

std::string utf8Of(std::u32string_view codePoints) {
    std::string text;
    for (const char32_t point : codePoints) text += utf8Of(point);
    return text;
}

std::u32string codePointsOf(std::string_view utf8) {
    std::u32string points;
    for (std::size_t at = 0; at < utf8.size();) points += nextCodePoint(utf8, at);
    return points;
}

std::string utf8FromUtf16le(ByteView bytes) {
    std::string text;
    // Room from the start: growing would leave unwiped copies of personal data behind.
    text.reserve(bytes.size() * 3 / 2 + 4);
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        char32_t unit = static_cast<char32_t>(bytes[at] | bytes[at + 1] << 8);
        if (unit >= 0xD800 && unit <= 0xDFFF) {
            const bool paired =
                unit < 0xDC00 && at + 3 < bytes.size() && (bytes[at + 3] & 0xFC) == 0xDC;
            if (paired) {
                const char32_t low = static_cast<char32_t>(bytes[at + 2] | bytes[at + 3] << 8);
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            } else {
                unit = replacement;
            }
        }
        text += utf8Of(unit);
    }
    return text;
}

Result<Bytes> utf16leFromUtf8(std::string_view utf8) {
    return convert("UTF-16LE", "UTF-8", bytesOf(utf8));
}

Result<Bytes> gb18030FromUtf8(std::string_view utf8) {
    Bytes encoded;
    std::string plain;
    plain.reserve(utf8.size());
    for (char32_t point : codePointsOf(utf8)) {
        point = standardCodePoint(point);
        const auto* odd = std::ranges::find(oddCodes, point, &OddCode::point);
        if (odd == std::end(oddCodes)) {
            plain += utf8Of(point);
            continue;
        }
        TRY(appendConverted(encoded, "GB18030", "UTF-8", bytesOf(plain)));
        encoded.insert(encoded.end(), {oddLead, odd->trail});
        plain.clear();
    }
    TRY(appendConverted(encoded, "GB18030", "UTF-8", bytesOf(plain)));
    if (!hasFourByteCode(encoded)) return encoded;
    wipe(encoded);
    return noCode();
}

Result<std::string> utf8FromGb18030(ByteView bytes) {
    if (hasFourByteCode(bytes)) return noCode();
    Bytes text;
    std::size_t begun = 0;  // from here on nothing is converted yet
    for (std::size_t at = 0; at < bytes.size(); at += bytes[at] < 0x80 ? 1 : 2) {
        if (bytes[at] != oddLead || at + 1 == bytes.size()) continue;
        const auto* odd = std::ranges::find(oddCodes, bytes[at + 1], &OddCode::trail);
        if (odd == std::end(oddCodes)) continue;
        TRY(appendConverted(text, "UTF-8", "GB18030", bytes.subspan(begun, at - begun)));
        const std::string character = utf8Of(odd->point);
        text.insert(text.end(), character.begin(), character.end());
        begun = at + 2;
    }
    TRY(appendConverted(text, "UTF-8", "GB18030", bytes.subspan(begun)));
    return textOf(text);
}

char32_t standardCodePoint(char32_t point) {
    constexpr char32_t firstPrivate = 0xE815;
    constexpr char32_t lastPrivate = 0xE864;
    if (point < firstPrivate || point > lastPrivate) return point;
    const auto trail = static_cast<std::uint8_t>(0x50 + (point - firstPrivate));
    // 7F is no trail byte.
    const Bytes code{0xFE, static_cast<std::uint8_t>(trail < 0x7F ? trail : trail + 1)};
    const auto utf8 = utf8FromGb18030(code);
    return utf8 ? codePointsOf(*utf8).front() : point;
}

}  // namespace liqu
