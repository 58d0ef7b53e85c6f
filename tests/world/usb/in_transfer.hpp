// One pending IN transfer of a host: collects packets until one is short, or the buffer is full.
#pragma once

#include "tests/world/usb_engine.hpp"

namespace liqu::world {

class InTransfer {
  public:
    InTransfer(std::uint8_t endpoint, std::size_t maxPacketSize, std::size_t most)
        : endpoint_(endpoint), maxPacketSize_(maxPacketSize), most_(most) {}

    // done: finished, data() is whole. notYet: go on waiting. Anything else ended it.
    UsbOutcome poll(UsbEngine& engine, Instant now);
    const Bytes& data() const { return data_; }

  private:
    std::uint8_t endpoint_;
    std::size_t maxPacketSize_;
    std::size_t most_;
    Bytes data_;
};

}  // namespace liqu::world
