// A simulated USB device: bytes in, bytes out, on a clock that may be virtual. The same engine
// stands behind the umockdev front (real libusb) and the in-process front (virtual time).
// Engines never block and never sleep: what takes time becomes ready at `nextEvent`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "firmware/base/bytes.hpp"
#include "firmware/base/clock.hpp"

namespace liqu::world {

enum class UsbOutcome : std::uint8_t {
    done,
    notYet,  // NAK
    stall,   // until the host clears the halt: control 02 01, value 0, index endpoint
    babble,  // a packet larger than what the host asked for
    gone,    // unplugged
};

struct UsbTransfer {
    UsbOutcome outcome = UsbOutcome::notYet;
    Bytes data;                // IN: what the device gave, one short packet at most
    std::size_t accepted = 0;  // OUT: bytes taken; fewer than offered means NAK for the rest
};

struct UsbSetup {
    std::uint8_t requestType = 0;
    std::uint8_t request = 0;
    std::uint16_t value = 0;
    std::uint16_t index = 0;
    std::uint16_t length = 0;
};

class UsbEngine {
  public:
    virtual ~UsbEngine() = default;

    // Device descriptor and configuration descriptor as the bus gives them (18 + n bytes).
    virtual Bytes descriptors() const = 0;
    virtual std::string serialNumber() const = 0;
    virtual bool plugged() const = 0;

    virtual UsbTransfer control(const UsbSetup& setup, ByteView data, Instant now) = 0;
    virtual UsbTransfer out(std::uint8_t endpoint, ByteView data, Instant now) = 0;
    virtual UsbTransfer in(std::uint8_t endpoint, std::size_t most, Instant now) = 0;

    // Lets time pass up to now (motions end, replies become ready).
    virtual void advance(Instant now) = 0;
    // The next instant at which something changes by itself.
    virtual std::optional<Instant> nextEvent() const = 0;
};

}  // namespace liqu::world
