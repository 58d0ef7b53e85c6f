#include "tests/world/usb/transcript.hpp"

#include <fmt/format.h>

namespace liqu::world {

Transcript::Transcript(Instant start, const std::string& path) : start_(start), file_(path) {}

void Transcript::record(bool fromDevice, std::uint8_t endpoint, ByteView bytes, Instant now) {
    add(fmt::format("{} {:02X} {}", fromDevice ? "IN " : "OUT", endpoint, toHex(bytes)), now);
}

void Transcript::note(const std::string& what, Instant now) {
    add("--- " + what, now);
}

std::string Transcript::text() const {
    const std::lock_guard lock(mutex_);
    return text_;
}

void Transcript::add(const std::string& line, Instant now) {
    const std::lock_guard lock(mutex_);
    const std::int64_t elapsed = (now - start_).count();
    const std::string stamped =
        fmt::format("{}.{:06} {}\n", elapsed / 1'000'000, elapsed % 1'000'000, line);
    // A file that is written needs no second copy in memory.
    if (!file_.is_open()) {
        text_ += stamped;
        return;
    }
    file_ << stamped << std::flush;
}

}  // namespace liqu::world
