#include "firmware/base/stack_wipe.hpp"

#include <array>
#include <cstdint>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

namespace liqu {
namespace {

// Wiping touched pages that nothing else of this thread may ever need: they are the system's again,
// and read as zeros.
void giveBack(unsigned char* from, std::size_t count) {
    const auto pageSize = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t before =
        (pageSize - reinterpret_cast<std::uintptr_t>(from) % pageSize) % pageSize;
    if (count < before + pageSize) return;
    ::madvise(from + before, (count - before) / pageSize * pageSize, MADV_DONTNEED);
}

}  // namespace

// A frame of its own: what is wiped lies below the caller's.
[[gnu::noinline]] void wipeUnusedStack() {
    std::array<unsigned char, std::size_t{512} * 1024> unused;
    explicit_bzero(unused.data(), unused.size());
    giveBack(unused.data(), unused.size());
}

}  // namespace liqu
