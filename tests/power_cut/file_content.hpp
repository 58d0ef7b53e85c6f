// The bytes of one file, in pages that copies share until one of them writes: a proof keeps very
// many disks that differ in a few pages. Not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "firmware/base/bytes.hpp"

namespace liqu::proof {

class FileContent {
  public:
    std::size_t size() const { return size_; }
    // How many bytes there were, from the offset on; the rest of `to` is left alone.
    std::size_t read(std::size_t offset, std::span<std::uint8_t> to) const;
    // Grows where it must, with noughts in between.
    void write(std::size_t offset, ByteView data);
    void resize(std::size_t size);
    Bytes bytes() const;

  private:
    static constexpr std::size_t pageSize = 4096;
    using Page = std::array<std::uint8_t, pageSize>;
    Page& own(std::size_t index);

    std::vector<std::shared_ptr<Page>> pages_;  // null: noughts
    std::size_t size_ = 0;
};

}  // namespace liqu::proof
