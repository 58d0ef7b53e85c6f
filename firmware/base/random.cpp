#include "firmware/base/random.hpp"

#include <sys/random.h>

#include "firmware/base/assert.hpp"
#include "firmware/base/bytes.hpp"

namespace liqu {

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
    // Up to 256 bytes getrandom neither blocks after boot nor returns short.
    for (std::size_t done = 0; done < bytes.size(); done += 256) {
        const std::size_t want = std::min<std::size_t>(256, bytes.size() - done);
        LIQU_ASSERT(::getrandom(bytes.data() + done, want, 0) == static_cast<ssize_t>(want));
    }
}

std::uint64_t SeededRandom::next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

std::uint64_t SeededRandom::below(std::uint64_t bound) {
    LIQU_ASSERT(bound > 0);
    return next() % bound;
}

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(next() >> 56);
}

std::string randomId(Random& random) {
    std::uint8_t bytes[16];
    random.fill(bytes);
    std::string hex = toHex(bytes);
    for (char& digit : hex) digit = static_cast<char>(std::tolower(digit));
    return hex;
}

}  // namespace liqu
