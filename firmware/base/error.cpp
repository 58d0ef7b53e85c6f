#include "firmware/base/error.hpp"

#include "firmware/base/assert.hpp"
#include "firmware/base/encoding.hpp"

namespace liqu {
namespace {

struct Entry {
    ErrorCode code;
    std::string_view name;
    Remedy remedy;
};

constexpr Entry catalogue[] = {
#define LIQU_ERROR(code, name, remedy) {ErrorCode::name, #name, Remedy::remedy},
#include "firmware/base/errors.def"
#undef LIQU_ERROR
};

const Entry& entryOf(ErrorCode code) {
    for (const Entry& entry : catalogue) {
        if (entry.code == code) return entry;
    }
    LIQU_ASSERT(!"an error code outside the catalogue");
    return catalogue[0];
}

// C1 controls, line and paragraph separators, marks of direction.
bool isHidden(char32_t point) {
    return (point >= 0x80 && point < 0xA0) || (point >= 0x200E && point <= 0x200F) ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) ||
           point == 0xFFFD;
}

// How many bytes at the beginning are one character that may stand in a line; 0: none.
std::size_t printableLength(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80) return lead >= 0x20 && lead != 0x7F ? 1 : 0;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    const std::u32string points = codePointsOf(text.substr(0, length));
    return points.size() == 1 && !isHidden(points.front()) ? length : 0;
}

}  // namespace

std::uint32_t numberOf(ErrorCode code) {
    return static_cast<std::uint32_t>(code);
}

ErrorArea areaOf(ErrorCode code) {
    return static_cast<ErrorArea>(numberOf(code) / 10000);
}

bool isIn(ErrorCode code, ErrorGroup group) {
    return numberOf(code) / 100 == static_cast<std::uint32_t>(group);
}
std::string_view nameOf(ErrorCode code) {
    return entryOf(code).name;
}
Remedy remedyOf(ErrorCode code) {
    return entryOf(code).remedy;
}

const std::vector<ErrorCode>& allErrorCodes() {
    static const std::vector<ErrorCode> codes = [] {
        std::vector<ErrorCode> all;
        for (const Entry& entry : catalogue) all.push_back(entry.code);
        return all;
    }();
    return codes;
}

std::string printableLine(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string line;
    line.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = printableLength(text.substr(at));
        line.append(text, at, length);
        at += length;
        if (length > 0) continue;
        const auto byte = static_cast<unsigned char>(text[at++]);
        line += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    }
    return line;
}

std::string describe(const Error& error) {
    std::string text = std::to_string(numberOf(error.code)) + " " + std::string(nameOf(error.code));
    if (!error.cause.empty()) text += ": " + error.cause;
    if (error.fate) text += " (card " + std::string(nameOf(*error.fate)) + ")";
    return printableLine(text);
}

}  // namespace liqu
