// USB as the drivers need it: find, claim, transfer. The real one is libusb; tests put an
// in-process bus in its place. Each driver turns a UsbFailure into its own error code.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/clock.hpp"

namespace liqu::drivers {

enum class UsbTransferType : std::uint8_t { bulk, interrupt, other };

struct UsbEndpoint {
    std::uint8_t address = 0;  // bit 7: IN
    UsbTransferType type = UsbTransferType::bulk;
    std::uint16_t maxPacketSize = 0;
    bool isIn() const { return (address & 0x80) != 0; }
};

struct UsbInterface {
    std::uint8_t number = 0;
    std::uint8_t classCode = 0;
    std::vector<UsbEndpoint> endpoints;  // of alternate setting 0
};

struct UsbDeviceInfo {
    std::string path;  // bus and port or address: tells two equal devices apart
    std::uint16_t vendorId = 0;
    std::uint16_t productId = 0;
    std::vector<UsbInterface> interfaces;
};

enum class UsbError : std::uint8_t {
    notFound,
    noPermission,
    heldByDriver,   // a kernel driver that could not be detached
    heldByProcess,  // claimed by another process
    unplugged,
    stalled,
    timedOut,
    failed,
};

struct UsbFailure {
    UsbError error = UsbError::failed;
    std::size_t transferred = 0;  // bytes that did go through before it failed
    std::string cause;
};

template <typename T>
using UsbResult = tl::expected<T, UsbFailure>;

// One claimed interface of one open device. Released and closed by the destructor.
class UsbDevice {
  public:
    virtual ~UsbDevice() = default;

    // Writes all of it within the patience; a device that NAKs is waited for.
    virtual UsbResult<void> write(std::uint8_t endpoint, ByteView data, Duration patience) = 0;
    // What one transfer brings, at most `most` bytes; may be empty (a zero-length packet).
    virtual UsbResult<Bytes> read(std::uint8_t endpoint, std::size_t most, Duration patience) = 0;
    virtual UsbResult<Bytes> controlIn(std::uint8_t requestType, std::uint8_t request,
                                       std::uint16_t value, std::uint16_t index,
                                       std::uint16_t length, Duration patience) = 0;
    virtual UsbResult<void> controlOut(std::uint8_t requestType, std::uint8_t request,
                                       std::uint16_t value, std::uint16_t index, ByteView data,
                                       Duration patience) = 0;
    virtual UsbResult<void> clearHalt(std::uint8_t endpoint) = 0;
};

class UsbBus {
  public:
    virtual ~UsbBus() = default;
    virtual UsbResult<std::vector<UsbDeviceInfo>> list() = 0;
    virtual UsbResult<std::unique_ptr<UsbDevice>> open(const UsbDeviceInfo& device,
                                                       std::uint8_t interfaceNumber) = 0;
};

// Where the configuration names the place of a device, only the one there is meant.
inline bool isAt(const UsbDeviceInfo& device, const std::string& path) {
    return path.empty() || device.path == path;
}

// libusb-1.0. Thread-safe; one per process.
std::unique_ptr<UsbBus> makeLibusbBus();

}  // namespace liqu::drivers
