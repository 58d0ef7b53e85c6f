#include <algorithm>
#include <cstdio>

#include "firmware/base/assert.hpp"
#include "program/support_bundle.hpp"

namespace liqu::program {
namespace {

constexpr std::size_t block = 512;

struct Field {
    std::size_t at;
    std::size_t size;
};
// Of the header's block.
constexpr Field nameField{0, 100};
constexpr Field modeField{100, 8};
constexpr Field ownerField{108, 8};
constexpr Field groupField{116, 8};
constexpr Field sizeField{124, 12};
constexpr Field timeField{136, 12};
constexpr Field sumField{148, 8};
constexpr Field kindField{156, 1};
constexpr Field magicField{257, 8};

void put(std::string& header, Field field, std::string_view text) {
    header.replace(field.at, std::min(field.size, text.size()), text.substr(0, field.size));
}

// Octal digits and a zero byte, as wide as the field.
void putNumber(std::string& header, Field field, std::size_t number) {
    std::string digits(field.size - 1, '0');
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, number /= 8) {
        *digit = static_cast<char>('0' + number % 8);
    }
    put(header, field, digits);
}

}  // namespace

std::string tarEntry(std::string_view name, std::string_view content) {
    LIQU_ASSERT(name.size() <= nameField.size);
    std::string header(block, '\0');
    put(header, nameField, name);
    putNumber(header, modeField, 0600);
    putNumber(header, ownerField, 0);
    putNumber(header, groupField, 0);
    putNumber(header, sizeField, content.size());
    putNumber(header, timeField, 0);
    put(header, kindField, "0");
    put(header, magicField, std::string_view("ustar\00000", 8));
    // The sum is made with spaces in its own place.
    put(header, sumField, "        ");
    std::size_t sum = 0;
    for (const char byte : header) sum += static_cast<unsigned char>(byte);
    putNumber(header, {sumField.at, sumField.size - 1}, sum);
    const std::size_t padding = (block - content.size() % block) % block;
    return header + std::string(content) + std::string(padding, '\0');
}

std::string tarEnd() {
    return std::string(2 * block, '\0');
}

}  // namespace liqu::program
