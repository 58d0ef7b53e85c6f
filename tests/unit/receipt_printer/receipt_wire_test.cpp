#include "drivers/receipt_printer/receipt_wire.hpp"

#include <deque>
#include <doctest/doctest.h>

using namespace liqu;
using namespace liqu::drivers;
using namespace std::chrono_literals;

namespace {

// A bus with slip printers that take so many bytes of each transfer.
class PaperBus final : public UsbBus {
  public:
    std::vector<UsbDeviceInfo> devices;
    std::optional<UsbFailure> writeFails;
    std::optional<UsbError> openFails;
    Bytes got;
    std::deque<Bytes> says;
    std::uint8_t openedInterface = 0xFF;

    UsbResult<std::vector<UsbDeviceInfo>> list() override { return devices; }
    UsbResult<std::unique_ptr<UsbDevice>> open(const UsbDeviceInfo&,
                                               std::uint8_t interfaceNumber) override {
        if (openFails) return tl::unexpected(UsbFailure{*openFails, 0, "open"});
        openedInterface = interfaceNumber;
        return std::make_unique<Device>(*this);
    }

  private:
    class Device final : public UsbDevice {
      public:
        explicit Device(PaperBus& bus) : bus_(bus) {}
        UsbResult<void> write(std::uint8_t, ByteView data, Duration) override {
            const auto fails = std::exchange(bus_.writeFails, std::nullopt);
            const std::size_t went = fails ? fails->transferred : data.size();
            bus_.got.insert(bus_.got.end(), data.begin(), data.begin() + std::ptrdiff_t(went));
            if (fails) return tl::unexpected(*fails);
            return {};
        }
        UsbResult<Bytes> read(std::uint8_t, std::size_t, Duration) override {
            if (bus_.says.empty()) return tl::unexpected(UsbFailure{UsbError::timedOut, 0, "read"});
            Bytes next = bus_.says.front();
            bus_.says.pop_front();
            return next;
        }
        UsbResult<Bytes> controlIn(std::uint8_t, std::uint8_t, std::uint16_t, std::uint16_t,
                                   std::uint16_t, Duration) override {
            return Bytes{0x38};
        }
        UsbResult<void> controlOut(std::uint8_t, std::uint8_t, std::uint16_t, std::uint16_t,
                                   ByteView, Duration) override {
            return {};
        }
        UsbResult<void> clearHalt(std::uint8_t) override { return {}; }

      private:
        PaperBus& bus_;
    };
};

UsbDeviceInfo printerAt(const std::string& path, std::uint8_t classCode = 7) {
    return {
        path,
        0x04B8,
        0x0202,
        {{0, 3, {}},
         {1, classCode, {{0x01, UsbTransferType::bulk, 64}, {0x82, UsbTransferType::bulk, 64}}}}};
}

std::unique_ptr<ReceiptWire> wireTo(PaperBus& bus, const std::string& path = "") {
    return makeUsbReceiptWire(bus, {{0x04B8, 0x0202}}, path);
}

}  // namespace

TEST_CASE("a printer is found by its number, whatever class it says it has") {
    PaperBus bus;
    auto wire = wireTo(bus);
    CHECK(wire->open().error().code == ErrorCode::receiptPrinterNotFound);
    bus.devices = {printerAt("1-1", 0xFF)};
    CHECK(wire->open().value());
    CHECK_FALSE(wire->open().value());
    CHECK(bus.openedInterface == 1);
    CHECK(wire->portStatus() == 0x38);
}

TEST_CASE("of two printers kiosk.toml says which") {
    PaperBus bus;
    bus.devices = {printerAt("1-1"), printerAt("1-2")};
    CHECK(wireTo(bus)->open().error().code == ErrorCode::receiptPrinterAmbiguous);
    CHECK(wireTo(bus, "1-2")->open().has_value());
    CHECK(wireTo(bus, "1-3")->open().error().code == ErrorCode::receiptPrinterNotFound);
    bus.openFails = UsbError::noPermission;
    CHECK(wireTo(bus, "1-1")->open().error().code == ErrorCode::receiptPrinterNoPermission);
    bus.openFails = UsbError::heldByProcess;
    CHECK(wireTo(bus, "1-1")->open().error().code == ErrorCode::receiptPrinterHeldByProcess);
}

TEST_CASE("what went of a transfer that ended early is not sent again") {
    PaperBus bus;
    bus.devices = {printerAt("1-1")};
    auto wire = wireTo(bus);
    REQUIRE(wire->open());
    const Bytes data = {1, 2, 3, 4, 5};
    bus.writeFails = UsbFailure{UsbError::timedOut, 3, "write"};
    CHECK(wire->write(data, 1s).value() == 3);
    CHECK(wire->write(ByteView(data).subspan(3), 1s).value() == 2);
    CHECK(bus.got == data);
    CHECK(wire->read(1s).value().empty());
    bus.says = {Bytes{0x12}};
    CHECK(wire->read(1s).value() == Bytes{0x12});
    bus.writeFails = UsbFailure{UsbError::unplugged, 0, "write"};
    CHECK(wire->write(data, 1s).error().code == ErrorCode::receiptPrinterUnplugged);
    CHECK(wire->open().value());
}
