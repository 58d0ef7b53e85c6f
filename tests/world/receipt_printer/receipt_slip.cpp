#include "tests/world/receipt_printer/receipt_slip.hpp"

#include <algorithm>
#include <png.h>

namespace liqu::world {
namespace {

bool white(const Bytes& row) {
    return std::all_of(row.begin(), row.end(), [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

bool DotPicture::dark(int x, int y) const {
    const Bytes& row = rows.at(static_cast<std::size_t>(y));
    return (row.at(static_cast<std::size_t>(x / 8)) >> (7 - x % 8) & 1) != 0;
}

bool DotPicture::blank() const {
    return std::all_of(rows.begin(), rows.end(), white);
}

DotPicture DotPicture::trimmed() const {
    const auto first = std::find_if_not(rows.begin(), rows.end(), white);
    const auto last = std::find_if_not(rows.rbegin(), rows.rend(), white).base();
    if (first == rows.end()) return {width, {}};
    return {width, std::vector<Bytes>(first, last)};
}

std::string DotPicture::drawn() const {
    std::string text;
    for (int y = 0; y < height(); ++y) {
        for (int x = 0; x < width; ++x) text += dark(x, y) ? '#' : '.';
        text += '\n';
    }
    return text;
}

Bytes DotPicture::pbm() const {
    Bytes bytes =
        bytesOf("P4\n" + std::to_string(width) + " " + std::to_string(rows.size()) + "\n");
    for (const Bytes& row : rows) bytes.insert(bytes.end(), row.begin(), row.end());
    return bytes;
}

Result<void> DotPicture::savePng(const std::filesystem::path& path) const {
    Bytes grey;
    for (int y = 0; y < height(); ++y) {
        for (int x = 0; x < width; ++x) grey.push_back(dark(x, y) ? 0 : 255);
    }
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height());
    image.format = PNG_FORMAT_GRAY;
    const bool written = height() > 0 && png_image_write_to_file(&image, path.c_str(), 0,
                                                                 grey.data(), width, nullptr) != 0;
    if (!written) return fail(ErrorCode::fileNotWritable, path.string());
    return {};
}

}  // namespace liqu::world
