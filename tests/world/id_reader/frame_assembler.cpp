#include "tests/world/id_reader/frame_assembler.hpp"

#include <algorithm>

namespace liqu::world {
namespace {

constexpr std::uint8_t preamble[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69};
constexpr std::size_t headLength = 7;
// The longest request has one byte of data; a module has no room for much more.
constexpr std::size_t longestBody = 64;

}  // namespace

void FrameAssembler::addWhole(ByteView bytes) {
    append(head_, bytes);
}

std::optional<Bytes> FrameAssembler::takeFrame() {
    seekPreamble();
    const auto length = announcedLength();
    if (!length) return std::nullopt;
    const std::size_t total = headLength + (*length > longestBody ? 0 : *length);
    if (head_.size() < total) return std::nullopt;
    const auto end = head_.begin() + static_cast<std::ptrdiff_t>(total);
    Bytes frame(head_.begin(), end);
    head_.erase(head_.begin(), end);
    return frame;
}

std::optional<Bytes> FrameAssembler::takeSplitFrame() {
    seekPreamble();
    const auto length = announcedLength();
    if (!length) return std::nullopt;
    const std::size_t wanted = *length > longestBody ? 0 : *length;
    if (body_.size() < wanted) return std::nullopt;
    const auto headEnd = head_.begin() + headLength;
    const auto bodyEnd = body_.begin() + static_cast<std::ptrdiff_t>(wanted);
    Bytes frame(head_.begin(), headEnd);
    frame.insert(frame.end(), body_.begin(), bodyEnd);
    head_.erase(head_.begin(), headEnd);
    body_.erase(body_.begin(), bodyEnd);
    return frame;
}

void FrameAssembler::clear() {
    head_.clear();
    body_.clear();
}

void FrameAssembler::seekPreamble() {
    const auto found =
        std::search(head_.begin(), head_.end(), std::begin(preamble), std::end(preamble));
    if (found != head_.end()) {
        head_.erase(head_.begin(), found);
        return;
    }
    // The last bytes may be the beginning of one.
    const std::size_t kept = std::min(head_.size(), std::size(preamble) - 1);
    head_.erase(head_.begin(), head_.end() - static_cast<std::ptrdiff_t>(kept));
}

std::optional<std::size_t> FrameAssembler::announcedLength() const {
    if (head_.size() < headLength) return std::nullopt;
    return static_cast<std::size_t>(head_[5] << 8 | head_[6]);
}

}  // namespace liqu::world
