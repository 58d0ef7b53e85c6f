// An in-process USB bus with one ID-card module on it, in either flavour, on a virtual clock.
// A test gives the module's behaviour as a function from request to scheduled bytes.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>

#include "drivers/transport/usb.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::test {

enum class Flavour { fourPipes, onePair, onePairInterrupt };

class FakeUsbBus final : public drivers::UsbBus {
  public:
    FakeUsbBus(Clock& clock, Flavour flavour) : clock_(clock), flavour_(flavour) {}

    // Called with each whole request.
    std::function<void(FakeUsbBus&, ByteView request)> onRequest;
    // A frame on its way to the host, split over the pipes as the flavour does it.
    void answer(ByteView frame, Duration after = std::chrono::milliseconds(60));
    // Bytes for the pipe of heads, or the only pipe, as they are.
    void raw(ByteView bytes, Duration after = std::chrono::milliseconds(60));

    bool plugged = true;
    std::optional<drivers::UsbError> openError;
    // The transfer with this number, from 0, fails so; at an unplug the device goes as well.
    std::optional<std::pair<int, drivers::UsbError>> failAt;
    std::vector<Bytes> requests;
    int opened = 0;
    int halts = 0;
    // Closes answers of full packets with an empty one, as some modules do.
    bool zeroLengthPackets = false;

    drivers::UsbResult<std::vector<drivers::UsbDeviceInfo>> list() override;
    drivers::UsbResult<std::unique_ptr<drivers::UsbDevice>> open(
        const drivers::UsbDeviceInfo& device, std::uint8_t interfaceNumber) override;

  private:
    class Device;
    struct Packet {
        Instant ready;
        Bytes bytes;
    };
    void schedule(std::uint8_t endpoint, ByteView bytes, Duration after);
    drivers::UsbResult<void> write(std::uint8_t endpoint, ByteView data);
    drivers::UsbResult<Bytes> read(std::uint8_t endpoint, std::size_t most, Duration patience);
    std::optional<drivers::UsbFailure> failure();

    Clock& clock_;
    Flavour flavour_;
    Bytes pending_;
    std::map<std::uint8_t, std::deque<Packet>> pipes_;
    int transfers_ = 0;
};

}  // namespace liqu::test
