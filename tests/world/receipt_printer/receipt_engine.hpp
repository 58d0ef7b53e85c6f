// The receipt printer on USB: printer class 7/1/2 (or the maker's own), one bulk pipe each way.
// Around the machine it adds the plug, the control requests, the pipes and a lock: all methods are
// thread-safe.
#pragma once

#include <functional>
#include <mutex>

#include "tests/world/receipt_printer/receipt_machine.hpp"
#include "tests/world/usb/in_pipe.hpp"
#include "tests/world/usb/usb_shape.hpp"

namespace liqu::world {

class ReceiptPrinterEngine final : public UsbEngine {
  public:
    // A null plan means no faults; it outlives the engine.
    ReceiptPrinterEngine(ReceiptSettings settings, ReceiptFaults* faults);

    Bytes descriptors() const override { return descriptorsOf(shape_); }
    std::string serialNumber() const override { return shape_.serial; }
    bool plugged() const override;
    UsbTransfer control(const UsbSetup& setup, ByteView data, Instant now) override;
    UsbTransfer out(std::uint8_t endpoint, ByteView data, Instant now) override;
    UsbTransfer in(std::uint8_t endpoint, std::size_t most, Instant now) override;
    void advance(Instant now) override;
    std::optional<Instant> nextEvent() const override;

    // The hands of a person, on the machine at the instant it has come to.
    using Hands = std::function<void(ReceiptPrinterMachine&, Instant now)>;
    void hands(const Hands& act);
    void unplug();
    void plugIn();
    // A copy: the machine goes on meanwhile.
    ReceiptPrinterMachine machine() const;

  private:
    bool pluggedLocked() const;
    UsbTransfer controlLocked(const UsbSetup& setup, Instant now);
    void collect();
    void loseWire();

    mutable std::mutex mutex_;
    ReceiptProfile profile_;
    ReceiptFaults* faults_;
    DeviceShape shape_;
    ReceiptPrinterMachine machine_;
    InPipe inPipe_;
    bool cablePlugged_ = true;
    bool outHalted_ = false;
    bool inHalted_ = false;
    Instant now_{};
};

}  // namespace liqu::world
