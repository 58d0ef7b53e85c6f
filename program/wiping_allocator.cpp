// Memory that is given back is wiped first: names and numbers pass through libraries that do not
// know what they hold (JSON, TLS, text layout). Replacing the C allocator's functions reaches them
// all, operator delete among them; glibc allows that when the whole set is replaced. Sanitizers
// bring their own set.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include <algorithm>
#include <cstddef>
#include <errno.h>
#include <malloc.h>
#include <string.h>

namespace {
constexpr std::size_t worthMoving = std::size_t{16} << 10;
}

extern "C" {

// NOLINTBEGIN(bugprone-reserved-identifier): what glibc calls its own functions.
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void* __libc_valloc(std::size_t size);
void* __libc_pvalloc(std::size_t size);
void __libc_free(void* memory);
// NOLINTEND(bugprone-reserved-identifier)

void* malloc(std::size_t size) {
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
    return __libc_calloc(count, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
    return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
    return __libc_memalign(alignment, size);
}

void* valloc(std::size_t size) {
    return __libc_valloc(size);
}
void* pvalloc(std::size_t size) {
    return __libc_pvalloc(size);
}

// Says what is wrong by its answer alone: neither errno nor *memory changes.
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
    const bool isPowerOfTwo = alignment != 0 && (alignment & (alignment - 1)) == 0;
    if (!isPowerOfTwo || alignment % sizeof(void*) != 0) return EINVAL;
    const int before = errno;
    void* const aligned = __libc_memalign(alignment, size);
    errno = before;
    if (aligned == nullptr) return ENOMEM;
    *memory = aligned;
    return 0;
}

void free(void* memory) {
    if (memory == nullptr) return;
    explicit_bzero(memory, malloc_usable_size(memory));
    __libc_free(memory);
}

// Never in place when it grows: the old copy would stay behind unwiped.
void* realloc(void* memory, std::size_t size) {
    if (memory == nullptr) return malloc(size);
    if (size == 0) {
        free(memory);
        return nullptr;
    }
    const std::size_t old = malloc_usable_size(memory);
    // A block that shrinks to a small part of itself moves, too, or the rest would be held for
    // good.
    const bool wastes = old - std::min(size, old) > worthMoving && size < old / 2;
    void* const moved = size > old || wastes ? malloc(size) : nullptr;
    if (moved == nullptr) {
        if (size > old) return nullptr;
        explicit_bzero(static_cast<char*>(memory) + size, old - size);
        return memory;
    }
    memcpy(moved, memory, std::min(size, old));
    free(memory);
    return moved;
}

}  // extern "C"

#endif
