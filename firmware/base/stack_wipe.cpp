#include "firmware/base/stack_wipe.hpp"

#include <array>
#include <string.h>

namespace liqu {

// A frame of its own: what is wiped lies below the caller's.
[[gnu::noinline]] void wipeUnusedStack() {
    std::array<unsigned char, std::size_t{512} * 1024> unused;
    explicit_bzero(unused.data(), unused.size());
}

}  // namespace liqu
