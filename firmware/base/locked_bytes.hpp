// A few bytes that must reach neither the disk's swap nor a core: a page of their own, wiped when
// it goes. Nothing is copied when it moves, and it never grows, so that no old copy stays anywhere.
// Where the system refuses the lock it is plain memory that is wiped all the same.
#pragma once

#include <cstddef>
#include <cstdint>

#include "firmware/base/bytes.hpp"

namespace liqu {

class LockedBytes {
  public:
    static constexpr std::size_t capacity = 64;

    LockedBytes();
    ~LockedBytes();
    LockedBytes(LockedBytes&& other) noexcept;
    LockedBytes& operator=(LockedBytes&& other) noexcept;
    LockedBytes(const LockedBytes&) = delete;
    LockedBytes& operator=(const LockedBytes&) = delete;

    void append(std::uint8_t byte);
    void append(ByteView bytes);
    // Of a byte that is there.
    void set(std::size_t at, std::uint8_t byte);
    void clear();

    ByteView view() const { return {bytes_, size_}; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

  private:
    void release();

    std::uint8_t* bytes_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace liqu
