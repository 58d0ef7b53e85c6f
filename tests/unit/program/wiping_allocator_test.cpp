// What the program gives back holds nothing, and its allocator keeps the promises of the C library.
// Rules: D-05.
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <functional>
#include <malloc.h>
#include <new>
#include <string>
#include <unistd.h>

#include "firmware/base/bytes.hpp"

using namespace liqu;

namespace {

constexpr std::size_t size = 600;
constexpr std::uint8_t mark = 0xA7;

// The most marks in a row. Freed memory is read through the kernel: the language does not allow it.
std::size_t marksAt(std::uintptr_t address) {
    Bytes bytes(size);
    const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    REQUIRE(memory >= 0);
    const ssize_t got = ::pread(memory, bytes.data(), bytes.size(), static_cast<off_t>(address));
    ::close(memory);
    REQUIRE(got == static_cast<ssize_t>(size));
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const std::uint8_t byte : bytes) {
        run = byte == mark ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

// The C library writes its list of free blocks into them, with random numbers: a lone byte, or two
// that meet, may look like the mark by chance.
constexpr std::size_t chance = 3;

std::size_t marksLeftBy(const std::function<void*()>& take,
                        const std::function<void(void*)>& giveBack) {
    void* const memory = take();
    REQUIRE(memory != nullptr);
    std::fill_n(static_cast<std::uint8_t*>(memory), size, mark);
    const auto address = reinterpret_cast<std::uintptr_t>(memory);
    CHECK(marksAt(address) == size);
    giveBack(memory);
    const std::size_t left = marksAt(address);
    return left < chance ? 0 : left;
}

}  // namespace

TEST_CASE("whatever way memory was taken, it is given back empty") {
    constexpr std::align_val_t wide{128};
    const auto takeAligned = [] {
        void* memory = nullptr;
        REQUIRE(::posix_memalign(&memory, 256, size) == 0);
        CHECK(reinterpret_cast<std::uintptr_t>(memory) % 256 == 0);
        return memory;
    };
    CHECK(marksLeftBy([] { return std::malloc(size); }, std::free) == 0);
    CHECK(marksLeftBy([] { return std::calloc(size, 1); }, std::free) == 0);
    CHECK(marksLeftBy([] { return std::aligned_alloc(64, 640); }, std::free) == 0);
    CHECK(marksLeftBy([] { return ::memalign(64, size); }, std::free) == 0);
    CHECK(marksLeftBy([] { return ::valloc(size); }, std::free) == 0);
    CHECK(marksLeftBy(takeAligned, std::free) == 0);
    CHECK(marksLeftBy([] { return ::operator new(size); },
                      [](void* memory) { ::operator delete(memory); }) == 0);
    CHECK(marksLeftBy([] { return ::operator new(size); },
                      [](void* memory) { ::operator delete(memory, size); }) == 0);
    CHECK(marksLeftBy([] { return ::operator new[](size); },
                      [](void* memory) { ::operator delete[](memory); }) == 0);
    CHECK(marksLeftBy([] { return ::operator new(size, wide); },
                      [](void* memory) { ::operator delete(memory, wide); }) == 0);
}

TEST_CASE("memory that grows leaves nothing where it was, and what shrinks keeps no tail") {
    void* grown = nullptr;
    CHECK(marksLeftBy([] { return std::malloc(size); },
                      [&](void* memory) { grown = std::realloc(memory, 100 * size); }) == 0);
    const auto* bytes = static_cast<const std::uint8_t*>(grown);
    CHECK(std::count(bytes, bytes + size, mark) == size);
    grown = std::realloc(grown, 10);
    CHECK(marksAt(reinterpret_cast<std::uintptr_t>(grown)) == 10);
    std::free(grown);
    CHECK(marksLeftBy([] { return ::reallocarray(nullptr, size, 1); },
                      [&](void* memory) { grown = ::reallocarray(memory, size, 100); }) == 0);
    std::free(grown);
}

TEST_CASE(
    "an alignment that cannot be and a size that cannot be are answered, nothing else changes") {
    int untouched = 0;
    void* memory = &untouched;
    // Not known to the compiler, which would warn.
    volatile std::size_t tooMuch = SIZE_MAX / 2;
    errno = 0;
    CHECK(::posix_memalign(&memory, 3 * sizeof(void*), size) == EINVAL);
    CHECK(::posix_memalign(&memory, sizeof(void*) / 2, size) == EINVAL);
    CHECK(::posix_memalign(&memory, 0, size) == EINVAL);
    CHECK(::posix_memalign(&memory, 64, tooMuch) == ENOMEM);
    CHECK(memory == &untouched);
    CHECK(errno == 0);
    CHECK(std::malloc(tooMuch) == nullptr);
    CHECK(errno == ENOMEM);
    void* kept = std::malloc(size);
    std::fill_n(static_cast<std::uint8_t*>(kept), size, mark);
    const auto address = reinterpret_cast<std::uintptr_t>(kept);
    CHECK(std::realloc(kept, tooMuch) == nullptr);
    CHECK(marksAt(address) == size);
    std::free(reinterpret_cast<void*>(address));  // what failed freed nothing
}

TEST_CASE("a large block that shrinks to a small part of itself keeps that part and no more") {
    constexpr std::size_t large = std::size_t{1} << 20;
    auto* block = static_cast<std::uint8_t*>(std::malloc(large));
    REQUIRE(block != nullptr);
    std::fill_n(block, large, mark);
    auto* const small = static_cast<std::uint8_t*>(std::realloc(block, size));
    REQUIRE(small != nullptr);
    CHECK(std::count(small, small + size, mark) == static_cast<std::ptrdiff_t>(size));
    CHECK(::malloc_usable_size(small) < large / 2);
    std::free(small);
}
