// An engine behind a slow cable: OUT bytes get through at a given rate (0.65 MB/s is what USB
// full speed carries, hardware-notes/card-printer.md, "Speeds and timings"). Everything else passes
// unchanged.
#pragma once

#include <mutex>

#include "tests/world/usb_engine.hpp"

namespace liqu::world {

constexpr double usbFullSpeedBytesPerSecond = 650'000.0;

class ThrottledEngine final : public UsbEngine {
  public:
    ThrottledEngine(UsbEngine& engine, double bytesPerSecond)
        : engine_(engine), bytesPerSecond_(bytesPerSecond) {}

    Bytes descriptors() const override { return engine_.descriptors(); }
    std::string serialNumber() const override { return engine_.serialNumber(); }
    bool plugged() const override { return engine_.plugged(); }
    UsbTransfer control(const UsbSetup& setup, ByteView data, Instant now) override {
        return engine_.control(setup, data, now);
    }
    UsbTransfer out(std::uint8_t endpoint, ByteView data, Instant now) override;
    UsbTransfer in(std::uint8_t endpoint, std::size_t most, Instant now) override {
        return engine_.in(endpoint, most, now);
    }
    void advance(Instant now) override { engine_.advance(now); }
    std::optional<Instant> nextEvent() const override;

  private:
    UsbEngine& engine_;
    double bytesPerSecond_;
    mutable std::mutex mutex_;
    Instant freeAt_{};  // when the cable has carried everything accepted so far
    bool waiting_ = false;
};

}  // namespace liqu::world
