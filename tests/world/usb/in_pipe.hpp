// The device's side of one IN endpoint: messages cut into packets, each ready at its instant.
// Not synchronised: the engine that owns it is.
#pragma once

#include <deque>
#include <optional>

#include "tests/world/usb_engine.hpp"

namespace liqu::world {

// A message that fills its last packet is closed by a zero-length packet, or is not.
enum class MessageEnd : std::uint8_t { closed, open };

class InPipe {
  public:
    explicit InPipe(std::size_t maxPacketSize) : maxPacketSize_(maxPacketSize) {}

    void push(ByteView message, Instant readyAt, MessageEnd end = MessageEnd::closed);
    // As many ready packets as fit, the last of them possibly short. A first packet larger than
    // `most` is babble and lost, as on a real bus.
    UsbTransfer take(std::size_t most, Instant now);
    void clear() { packets_.clear(); }
    bool empty() const { return packets_.empty(); }
    std::optional<Instant> nextEvent() const;

  private:
    struct Packet {
        Bytes bytes;
        Instant readyAt;
    };
    std::size_t maxPacketSize_;
    std::deque<Packet> packets_;
};

}  // namespace liqu::world
