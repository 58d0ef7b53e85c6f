// Any bytes in the place of a backup, a box file or a kiosk's state: read, or refused with a cause.
// The first byte says which.
#include <algorithm>

#include "firmware/base/assert.hpp"
#include "firmware/security/backup_archive.hpp"
#include "program/box_file.hpp"
#include "program/status_file.hpp"

using namespace liqu;

namespace {

template <typename T>
void readOrSaid(const Result<T>& result) {
    LIQU_ASSERT(result || !result.error().cause.empty());
}

// Behind the head nothing can be said without the passphrase, and deriving a key takes too long.
void readHead(ByteView content) {
    const auto reader = security::BackupReader::open(
        [content,
         at = std::size_t{0}](std::span<std::uint8_t> place) mutable -> Result<std::size_t> {
            const std::size_t size = std::min(place.size(), content.size() - at);
            std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(at), size, place.begin());
            at += size;
            return size;
        });
    readOrSaid(reader);
    if (reader) LIQU_ASSERT(!reader->head().terminal.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView content(data + 1, size - 1);
    const std::string text = textOf(content);
    if (data[0] % 3 == 0) {
        readHead(content);
    } else if (data[0] % 3 == 1) {
        readOrSaid(program::parseBoxFile(text, "box.toml"));
        program::BoxFile box;
        box.terminal = "T-1";
        box.lanes = {{"B01", "V01"}};
        const std::string once = program::withBox(text, box);
        LIQU_ASSERT(program::withBox(once, box) == once);
    } else {
        const auto status = program::parseStatus(text);
        readOrSaid(status);
        if (status) LIQU_ASSERT(program::parseStatus(program::jsonOf(*status)).has_value());
    }
    return 0;
}
