#include "drivers/receipt_printer/receipt_wire.hpp"

#include <algorithm>

namespace liqu::drivers {
namespace {

constexpr std::uint8_t printerClass = 7;
constexpr std::size_t writeSlice = 4096;
constexpr std::size_t mostAtOnce = 64;
constexpr Duration controlPatience = std::chrono::milliseconds{500};

struct Pipes {
    std::uint8_t interfaceNumber = 0;
    std::uint8_t out = 0;
    std::uint8_t in = 0;  // 0: a one-way printer
};

// By its number and not by its class: some of them call themselves vendor specific.
std::optional<Pipes> pipesOf(const UsbDeviceInfo& device) {
    std::optional<Pipes> best;
    for (const UsbInterface& candidate : device.interfaces) {
        Pipes pipes{candidate.number, 0, 0};
        for (const UsbEndpoint& endpoint : candidate.endpoints) {
            if (endpoint.type != UsbTransferType::bulk) continue;
            std::uint8_t& slot = endpoint.isIn() ? pipes.in : pipes.out;
            if (slot == 0) slot = endpoint.address;
        }
        if (pipes.out == 0) continue;
        if (!best || candidate.classCode == printerClass) best = pipes;
    }
    return best;
}

// Only `open` opens: after the line was lost nobody goes on as if nothing had happened.
Error notOpen() {
    return {ErrorCode::receiptPrinterUnplugged, "the line is not open"};
}

Error errorOf(const UsbFailure& failure) {
    const auto code = [&] {
        switch (failure.error) {
            case UsbError::notFound:
                return ErrorCode::receiptPrinterNotFound;
            case UsbError::noPermission:
                return ErrorCode::receiptPrinterNoPermission;
            case UsbError::heldByDriver:
                return ErrorCode::receiptPrinterHeldByDriver;
            case UsbError::heldByProcess:
                return ErrorCode::receiptPrinterHeldByProcess;
            case UsbError::unplugged:
                return ErrorCode::receiptPrinterUnplugged;
            case UsbError::stalled:
            case UsbError::timedOut:
            case UsbError::failed:
                break;
        }
        return ErrorCode::receiptPrinterSilent;
    };
    return Error{code(), "usb: " + failure.cause};
}

class UsbWire final : public ReceiptWire {
  public:
    UsbWire(UsbBus& bus, std::vector<UsbId> ids, std::string path)
        : bus_(bus), ids_(std::move(ids)), path_(std::move(path)) {}

    Result<bool> open() override {
        if (device_) return false;
        const UsbDeviceInfo info = TRY(find());
        pipes_ = *pipesOf(info);
        auto device = bus_.open(info, pipes_.interfaceNumber);
        if (!device) return fail(errorOf(device.error()));
        device_ = std::move(*device);
        return true;
    }

    Result<std::size_t> write(ByteView bytes, Duration patience) override {
        if (!device_) return fail(notOpen());
        std::size_t sent = 0;
        while (sent < bytes.size()) {
            const ByteView slice = bytes.subspan(sent, std::min(writeSlice, bytes.size() - sent));
            const auto written = device_->write(pipes_.out, slice, patience);
            if (written) {
                sent += slice.size();
                continue;
            }
            // Of a transfer that ended early the bytes that went are never sent a second time.
            sent += std::min(written.error().transferred, slice.size());
            const bool halted = written.error().error == UsbError::stalled &&
                                device_->clearHalt(pipes_.out).has_value();
            if (halted || written.error().error == UsbError::timedOut) return sent;
            return fail(lost(written.error()));
        }
        return sent;
    }

    Result<Bytes> read(Duration patience) override {
        if (!device_) return fail(notOpen());
        if (pipes_.in == 0) return Bytes{};
        auto data = device_->read(pipes_.in, mostAtOnce, patience);
        if (data) return std::move(*data);
        if (data.error().error == UsbError::timedOut) return Bytes{};
        if (data.error().error == UsbError::stalled && device_->clearHalt(pipes_.in).has_value()) {
            return Bytes{};
        }
        return fail(lost(data.error()));
    }

    std::optional<std::uint8_t> portStatus() override {
        if (!device_) return std::nullopt;
        const auto status =
            device_->controlIn(0xA1, 0x01, 0, pipes_.interfaceNumber, 1, controlPatience);
        if (status && !status->empty()) return status->front();
        return std::nullopt;
    }

  private:
    Result<UsbDeviceInfo> find() const {
        const auto devices = bus_.list();
        if (!devices) return fail(errorOf(devices.error()));
        std::vector<UsbDeviceInfo> found;
        for (const UsbDeviceInfo& info : *devices) {
            const bool known = std::ranges::any_of(ids_, [&info](const UsbId& id) {
                return id.vendor == info.vendorId && id.product == info.productId;
            });
            if (known && isAt(info, path_) && pipesOf(info)) found.push_back(info);
        }
        if (found.size() == 1) return found.front();
        if (found.empty()) {
            return fail(ErrorCode::receiptPrinterNotFound,
                        "no slip printer on the bus" + (path_.empty() ? "" : " at " + path_));
        }
        return fail(ErrorCode::receiptPrinterAmbiguous,
                    "slip printers at " + found[0].path + ", " + found[1].path +
                        "; [receiptPrinter] usbPath says which");
    }

    // Whoever opens it anew knows nothing of what was begun.
    Error lost(const UsbFailure& failure) {
        device_.reset();
        return errorOf(failure);
    }

    UsbBus& bus_;
    std::vector<UsbId> ids_;
    std::string path_;
    std::unique_ptr<UsbDevice> device_;
    Pipes pipes_;
};

Error errorOf(const SerialFailure& failure) {
    const auto code = [&] {
        switch (failure.error) {
            case SerialError::notFound:
                return ErrorCode::receiptPrinterNotFound;
            case SerialError::noPermission:
                return ErrorCode::receiptPrinterNoPermission;
            case SerialError::heldByProcess:
                return ErrorCode::receiptPrinterHeldByProcess;
            case SerialError::unplugged:
                return ErrorCode::receiptPrinterUnplugged;
            case SerialError::timedOut:
            case SerialError::failed:
                break;
        }
        return ErrorCode::receiptPrinterSilent;
    };
    return Error{code(), "serial: " + failure.cause};
}

class SerialWire final : public ReceiptWire {
  public:
    explicit SerialWire(OpenSerial open) : open_(std::move(open)) {}

    Result<bool> open() override {
        if (port_) return false;
        auto opened = open_();
        if (!opened) return fail(errorOf(opened.error()));
        port_ = std::move(*opened);
        return true;
    }

    // A line does not say how much of a write went: byte by byte, so that none is sent twice.
    Result<std::size_t> write(ByteView bytes, Duration patience) override {
        if (!port_) return fail(notOpen());
        for (std::size_t sent = 0; sent < bytes.size(); ++sent) {
            const auto written = port_->write(bytes.subspan(sent, 1), patience);
            if (!written && written.error().error == SerialError::timedOut) return sent;
            if (!written) return fail(lost(written.error()));
        }
        return bytes.size();
    }

    Result<Bytes> read(Duration patience) override {
        if (!port_) return fail(notOpen());
        auto data = port_->read(mostAtOnce, patience);
        if (!data) return fail(lost(data.error()));
        return std::move(*data);
    }

    std::optional<std::uint8_t> portStatus() override { return std::nullopt; }

  private:
    Error lost(const SerialFailure& failure) {
        port_.reset();
        return errorOf(failure);
    }

    OpenSerial open_;
    std::unique_ptr<SerialPort> port_;
};

}  // namespace

std::unique_ptr<ReceiptWire> makeUsbReceiptWire(UsbBus& bus, std::vector<UsbId> ids,
                                                std::string path) {
    return std::make_unique<UsbWire>(bus, std::move(ids), std::move(path));
}

std::unique_ptr<ReceiptWire> makeSerialReceiptWire(OpenSerial open) {
    return std::make_unique<SerialWire>(std::move(open));
}

}  // namespace liqu::drivers
