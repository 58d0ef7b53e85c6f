#include <algorithm>
#include <optional>

#include "drivers/id_reader/sdt_wire.hpp"
#include "drivers/transport/known_devices.hpp"

namespace liqu::drivers::sdt {
namespace {

struct Pipes {
    UsbEndpoint headOut;
    UsbEndpoint bodyOut;
    UsbEndpoint headIn;
    UsbEndpoint bodyIn;
    bool apart() const { return headOut.address != bodyOut.address; }
};

std::optional<UsbEndpoint> endpointOf(const UsbInterface& interface, std::uint8_t address) {
    for (const UsbEndpoint& endpoint : interface.endpoints) {
        if (endpoint.address == address) return endpoint;
    }
    return std::nullopt;
}

std::optional<Pipes> fourPipes(const UsbInterface& interface) {
    const auto headOut = endpointOf(interface, 0x02);
    const auto bodyOut = endpointOf(interface, 0x06);
    const auto headIn = endpointOf(interface, 0x81);
    const auto bodyIn = endpointOf(interface, 0x85);
    if (!headOut || !bodyOut || !headIn || !bodyIn) return std::nullopt;
    return Pipes{*headOut, *bodyOut, *headIn, *bodyIn};
}

// The first IN and the first OUT; on a four-pipe device those that carry the head.
std::optional<Pipes> onePair(const UsbInterface& interface) {
    if (const auto four = fourPipes(interface)) {
        return Pipes{four->headOut, four->headOut, four->headIn, four->headIn};
    }
    std::optional<UsbEndpoint> in;
    std::optional<UsbEndpoint> out;
    for (const UsbEndpoint& endpoint : interface.endpoints) {
        if (endpoint.type == UsbTransferType::other) continue;
        std::optional<UsbEndpoint>& slot = endpoint.isIn() ? in : out;
        if (!slot) slot = endpoint;
    }
    if (!in || !out) return std::nullopt;
    return Pipes{*out, *out, *in, *in};
}

std::optional<Pipes> pipesOf(const UsbInterface& interface, UsbFlavour flavour) {
    if (flavour == UsbFlavour::onePair) {
        return fourPipes(interface) ? onePair(interface) : std::nullopt;
    }
    const auto four = fourPipes(interface);
    return four ? four : onePair(interface);
}

class UsbWire final : public Wire {
  public:
    UsbWire(std::unique_ptr<UsbDevice> device, Pipes pipes)
        : device_(std::move(device)), pipes_(pipes) {}

    Result<void> send(ByteView frame, Duration patience) override {
        if (!pipes_.apart()) return write(pipes_.headOut, frame, patience);
        TRY(write(pipes_.headOut, frame.first(headSize), patience));
        return write(pipes_.bodyOut, frame.subspan(headSize), patience);
    }

    Result<Bytes> receive(FramePart part, std::size_t wanted, Duration patience) override {
        const UsbEndpoint& pipe = part == FramePart::head ? pipes_.headIn : pipes_.bodyIn;
        // Whole packets, so that no device can overrun the buffer; and no more of them than are
        // wanted, because an answer of full packets may come without a closing short one
        // (hardware-notes/id-reader.md, "Wires").
        const std::size_t packet = std::max<std::size_t>(pipe.maxPacketSize, 8);
        const std::size_t most = (wanted + packet - 1) / packet * packet;
        auto data = device_->read(pipe.address, most, patience);
        if (data) return std::move(data).value();
        if (data.error().error == UsbError::timedOut) return Bytes{};
        return fail(cleared(pipe, data.error()));
    }

  private:
    Result<void> write(const UsbEndpoint& pipe, ByteView bytes, Duration patience) {
        const auto written = device_->write(pipe.address, bytes, patience);
        if (!written) return fail(cleared(pipe, written.error()));
        return {};
    }

    Error cleared(const UsbEndpoint& pipe, const UsbFailure& failure) {
        if (failure.error == UsbError::stalled) {
            if (const auto clear = device_->clearHalt(pipe.address); !clear) {
                return wireError(clear.error());
            }
        }
        return wireError(failure);
    }

    std::unique_ptr<UsbDevice> device_;
    Pipes pipes_;
};

}  // namespace

Error wireError(const UsbFailure& failure) {
    switch (failure.error) {
        case UsbError::notFound:
            return {ErrorCode::idReaderNotFound, failure.cause};
        case UsbError::noPermission:
            return {ErrorCode::idReaderNoPermission, failure.cause};
        case UsbError::heldByDriver:
            return {ErrorCode::idReaderHeldByDriver, failure.cause};
        case UsbError::heldByProcess:
            return {ErrorCode::idReaderHeldByProcess, failure.cause};
        case UsbError::stalled:
            return {ErrorCode::idReaderGarbled, failure.cause};
        case UsbError::timedOut:
            return {ErrorCode::idReaderSilent, failure.cause};
        // An unexplained transfer error is how a pulled plug looks first
        // (hardware-notes/id-reader.md, "Wires").
        case UsbError::unplugged:
        case UsbError::failed:
            break;
    }
    return {ErrorCode::idReaderUnplugged, failure.cause};
}

bool wireIsGone(ErrorCode code) {
    switch (code) {
        case ErrorCode::idReaderNotFound:
        case ErrorCode::idReaderAmbiguous:
        case ErrorCode::idReaderNoPermission:
        case ErrorCode::idReaderHeldByDriver:
        case ErrorCode::idReaderHeldByProcess:
        case ErrorCode::idReaderUnplugged:
            return true;
        default:
            return false;
    }
}

namespace {

// Never the first of several: whose card lies on the other one?
Result<UsbDeviceInfo> theReader(UsbBus& bus, const std::string& path) {
    const auto devices = bus.list();
    if (!devices) return fail(wireError(devices.error()));
    std::vector<UsbDeviceInfo> found;
    std::string places;
    for (const UsbDeviceInfo& device : *devices) {
        if (!isUsbIdReader(device) || !isAt(device, path)) continue;
        places += (places.empty() ? "" : ", ") + device.path;
        found.push_back(device);
    }
    if (found.size() == 1) return found.front();
    if (found.empty()) {
        return fail(ErrorCode::idReaderNotFound,
                    "no ID-card reader on USB" + (path.empty() ? path : " at " + path));
    }
    return fail(ErrorCode::idReaderAmbiguous,
                "ID-card readers at " + places + "; [idReader] usbPath says which");
}

}  // namespace

Result<std::unique_ptr<Wire>> openUsbWire(UsbBus& bus, UsbFlavour flavour,
                                          const std::string& path) {
    const UsbDeviceInfo device = TRY(theReader(bus, path));
    for (const UsbInterface& interface : device.interfaces) {
        const auto pipes = pipesOf(interface, flavour);
        if (!pipes) continue;
        auto opened = bus.open(device, interface.number);
        if (!opened) return fail(wireError(opened.error()));
        return std::make_unique<UsbWire>(std::move(opened).value(), *pipes);
    }
    return fail(ErrorCode::idReaderNotFound, "no ID-card reader on USB");
}

}  // namespace liqu::drivers::sdt
