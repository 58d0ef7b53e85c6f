#include "firmware/base/locked_bytes.hpp"

#include <string.h>
#include <sys/mman.h>
#include <utility>

#include "firmware/base/assert.hpp"

namespace liqu {
namespace {

// The smallest piece the kernel locks.
constexpr std::size_t page = 4096;

}  // namespace

LockedBytes::LockedBytes() {
    void* memory = mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    LIQU_ASSERT(memory != MAP_FAILED);
    // Neither is promised: a small limit of locked memory is no reason to serve nobody.
    (void)mlock(memory, page);
    (void)madvise(memory, page, MADV_DONTDUMP);
    bytes_ = static_cast<std::uint8_t*>(memory);
}

LockedBytes::~LockedBytes() {
    release();
}

LockedBytes::LockedBytes(LockedBytes&& other) noexcept
    : bytes_(std::exchange(other.bytes_, nullptr)), size_(std::exchange(other.size_, 0)) {}

LockedBytes& LockedBytes::operator=(LockedBytes&& other) noexcept {
    if (this != &other) {
        release();
        bytes_ = std::exchange(other.bytes_, nullptr);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

void LockedBytes::release() {
    if (bytes_ == nullptr) return;
    clear();
    munmap(bytes_, page);
    bytes_ = nullptr;
}

void LockedBytes::append(std::uint8_t byte) {
    LIQU_ASSERT(bytes_ != nullptr && size_ < capacity);
    bytes_[size_++] = byte;
}

void LockedBytes::append(ByteView bytes) {
    for (const std::uint8_t byte : bytes) append(byte);
}

void LockedBytes::set(std::size_t at, std::uint8_t byte) {
    LIQU_ASSERT(at < size_);
    bytes_[at] = byte;
}

void LockedBytes::clear() {
    if (bytes_ != nullptr) explicit_bzero(bytes_, capacity);
    size_ = 0;
}

}  // namespace liqu
