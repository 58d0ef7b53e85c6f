#include "ui/toolkit/picture_cache.hpp"

#include <algorithm>
#include <cstring>
#include <glib.h>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/whole_file.hpp"
#include "ui/toolkit/picture_order.hpp"

namespace liqu::ui {
namespace {

namespace files = std::filesystem;

// Another way of drawing, or of keeping, changes this word and with it every name.
constexpr std::string_view cacheMark = "liqu picture 1\n";
constexpr std::string_view ending = ".picture";
constexpr std::size_t keyDigits = 64;

std::string sha256Of(std::initializer_list<std::string_view> parts) {
    GChecksum* checksum = g_checksum_new(G_CHECKSUM_SHA256);
    for (const std::string_view part : parts) {
        // Each part's length before it: two of them cannot change places.
        const std::string length = std::to_string(part.size()) + "\n";
        g_checksum_update(checksum, reinterpret_cast<const guchar*>(length.data()),
                          static_cast<gssize>(length.size()));
        g_checksum_update(checksum, reinterpret_cast<const guchar*>(part.data()),
                          static_cast<gssize>(part.size()));
    }
    std::string digest = g_checksum_get_string(checksum);
    g_checksum_free(checksum);
    return digest;
}

// FNV-1a over words of eight bytes: finds what a power cut or a bad block did, within a frame.
std::string sumOf(std::string_view pixels) {
    std::uint64_t sum = 0xCBF29CE484222325U;
    for (std::size_t at = 0; at + 8 <= pixels.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, pixels.data() + at, sizeof word);
        sum = (sum ^ word) * 0x100000001B3U;
    }
    Bytes bytes;
    for (unsigned shift = 0; shift < 64; shift += 8)
        bytes.push_back(static_cast<std::uint8_t>(sum >> shift));
    return toHex(bytes);
}

std::string cacheHead(const std::string& key, std::uint32_t side, std::string_view pixels) {
    return std::string(cacheMark) + key + "\n" + std::to_string(side) + "\n" + sumOf(pixels) + "\n";
}

bool isOurs(const files::path& path) {
    const std::string name = path.filename().string();
    return name.size() >= keyDigits && name.substr(keyDigits).starts_with(ending);
}

}  // namespace

PictureCache::PictureCache(files::path folder, std::uintmax_t byteLimit)
    : folder_(std::move(folder)), byteLimit_(byteLimit) {}

std::string PictureCache::keyOf(std::string_view style, std::string_view svg, std::uint32_t side) {
    return sha256Of({cacheMark, std::to_string(side), style, svg});
}

files::path PictureCache::fileOf(const std::string& key) const {
    return folder_ / (key + std::string(ending));
}

std::optional<std::string> PictureCache::find(const std::string& key, std::uint32_t side) const {
    if (folder_.empty()) return std::nullopt;
    const auto file = PlainFile::open(fileOf(key));
    if (!file) return std::nullopt;
    const std::size_t size = bytesOfPicture(side);
    const std::size_t head = cacheHead(key, side, {}).size();
    auto content = file->read(head + size);
    if (!content || content->size() != head + size) return std::nullopt;
    const std::string_view pixels = std::string_view(*content).substr(head);
    if (!content->starts_with(cacheHead(key, side, pixels))) return std::nullopt;
    content->erase(0, head);
    std::error_code error;
    // Shown now: what was not for longest goes first.
    files::last_write_time(fileOf(key), files::file_time_type::clock::now(), error);
    return std::move(*content);
}

Result<void> PictureCache::keep(const std::string& key, std::uint32_t side,
                                std::string_view pixels) const {
    if (folder_.empty()) return {};
    std::error_code error;
    files::create_directory(folder_, error);
    auto file = TRY(
        WholeFile::create(fileOf(key), FolderLink::followed, WholeFile::Durability::replaceable));
    const auto write = [&](std::string_view part) {
        return file.write({reinterpret_cast<const std::uint8_t*>(part.data()), part.size()});
    };
    TRY(write(cacheHead(key, side, pixels)));
    TRY(write(pixels));
    TRY(file.finish());
    makeRoom();
    return {};
}

void PictureCache::makeRoom() const {
    struct Kept {
        files::path path;
        std::uintmax_t size;
        files::file_time_type shown;
    };
    std::vector<Kept> all;
    std::uintmax_t bytes = 0;
    std::error_code error;
    // Step by step: a disk that fails between two entries would throw.
    for (files::directory_iterator entry(folder_, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code gone;
        const std::uintmax_t size = entry->file_size(gone);
        const auto shown = gone ? files::file_time_type{} : entry->last_write_time(gone);
        if (gone || !entry->is_regular_file(gone) || !isOurs(entry->path())) continue;
        all.push_back({entry->path(), size, shown});
        bytes += size;
    }
    std::ranges::sort(all, std::greater{}, &Kept::shown);
    while (bytes > byteLimit_ && all.size() > 1) {
        files::remove(all.back().path, error);
        bytes -= all.back().size;
        all.pop_back();
    }
}

}  // namespace liqu::ui
