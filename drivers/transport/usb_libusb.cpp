// USB over libusb-1.0. Transfers run in the calling thread, which also handles their events: a
// standing event thread would wake an idle kiosk for nothing.
#include "drivers/transport/usb.hpp"

#include <algorithm>
#include <chrono>
#include <libusb-1.0/libusb.h>
#include <utility>

namespace liqu::drivers {
namespace {

// What one kernel request carries at most (hardware-notes/card-printer.md, "USB printer class").
constexpr std::size_t writeChunk = 64 * 1024;

tl::unexpected<UsbFailure> failure(UsbError error, std::string_view step, int code,
                                   std::size_t transferred = 0) {
    return tl::unexpected(
        UsbFailure{error, transferred, std::string(step) + ": " + libusb_error_name(code)});
}

std::string pathOf(libusb_device* device) {
    const std::string bus = std::to_string(libusb_get_bus_number(device));
    std::uint8_t ports[7] = {};
    const int depth = libusb_get_port_numbers(device, ports, sizeof ports);
    if (depth <= 0) return bus + ":" + std::to_string(libusb_get_device_address(device));
    std::string path = bus;
    for (int i = 0; i < depth; ++i) path += (i == 0 ? "-" : ".") + std::to_string(ports[i]);
    return path;
}

UsbTransferType typeOf(std::uint8_t attributes) {
    switch (attributes & LIBUSB_TRANSFER_TYPE_MASK) {
        case LIBUSB_TRANSFER_TYPE_BULK:
            return UsbTransferType::bulk;
        case LIBUSB_TRANSFER_TYPE_INTERRUPT:
            return UsbTransferType::interrupt;
        default:
            return UsbTransferType::other;
    }
}

UsbInterface describe(const libusb_interface_descriptor& descriptor) {
    UsbInterface interface;
    interface.number = descriptor.bInterfaceNumber;
    interface.classCode = descriptor.bInterfaceClass;
    for (int i = 0; i < descriptor.bNumEndpoints; ++i) {
        const libusb_endpoint_descriptor& endpoint = descriptor.endpoint[i];
        interface.endpoints.push_back(
            {endpoint.bEndpointAddress, typeOf(endpoint.bmAttributes), endpoint.wMaxPacketSize});
    }
    return interface;
}

UsbDeviceInfo describe(libusb_device* device) {
    libusb_device_descriptor descriptor{};
    libusb_get_device_descriptor(device, &descriptor);
    UsbDeviceInfo info{pathOf(device), descriptor.idVendor, descriptor.idProduct, {}};
    libusb_config_descriptor* config = nullptr;
    // An unconfigured device has no active configuration; its first one still tells the endpoints.
    if (libusb_get_active_config_descriptor(device, &config) != 0 &&
        libusb_get_config_descriptor(device, 0, &config) != 0) {
        return info;
    }
    for (int i = 0; i < config->bNumInterfaces; ++i) {
        if (config->interface[i].num_altsetting < 1) continue;
        info.interfaces.push_back(describe(config->interface[i].altsetting[0]));
    }
    libusb_free_config_descriptor(config);
    return info;
}

// The devices of this moment; each stays referenced as long as the list lives.
class DeviceList {
  public:
    explicit DeviceList(libusb_context* context)
        : count_(libusb_get_device_list(context, &devices_)) {}
    DeviceList(const DeviceList&) = delete;
    DeviceList& operator=(const DeviceList&) = delete;
    ~DeviceList() {
        if (devices_ != nullptr) libusb_free_device_list(devices_, 1);
    }

    int error() const { return count_ < 0 ? static_cast<int>(count_) : 0; }
    libusb_device** begin() const { return devices_; }
    libusb_device** end() const { return devices_ + std::max<ssize_t>(count_, 0); }

  private:
    libusb_device** devices_ = nullptr;
    ssize_t count_;
};

// Real time, because libusb's own time-outs run on it.
class Patience {
  public:
    explicit Patience(Duration duration)
        : end_(std::chrono::steady_clock::now() + std::max(duration, Duration{0})) {}
    // At least one millisecond: to libusb, 0 means for ever.
    unsigned left() const {
        const auto rest =
            std::chrono::ceil<std::chrono::milliseconds>(end_ - std::chrono::steady_clock::now());
        return static_cast<unsigned>(std::clamp<std::int64_t>(rest.count(), 1, 3'600'000));
    }

  private:
    std::chrono::steady_clock::time_point end_;
};

class LibusbDevice final : public UsbDevice {
  public:
    LibusbDevice(libusb_context* context, libusb_device_handle* handle, UsbInterface interface)
        : context_(context), handle_(handle), interface_(std::move(interface)) {}
    LibusbDevice(const LibusbDevice&) = delete;
    LibusbDevice& operator=(const LibusbDevice&) = delete;
    ~LibusbDevice() override {
        libusb_release_interface(handle_, interface_.number);
        libusb_close(handle_);
    }

    UsbResult<void> write(std::uint8_t endpoint, ByteView data, Duration patience) override {
        const Patience rest(patience);
        std::size_t written = 0;
        do {
            const std::size_t size = std::min(writeChunk, data.size() - written);
            // libusb takes a mutable pointer for both directions and leaves OUT data alone.
            auto* bytes = const_cast<std::uint8_t*>(data.data() + written);
            int moved = 0;
            const int code = transfer(endpoint, bytes, size, moved, rest);
            written += static_cast<std::size_t>(moved);
            if (code != 0) return transferFailure("write", code, written);
        } while (written < data.size());
        return {};
    }

    UsbResult<Bytes> read(std::uint8_t endpoint, std::size_t most, Duration patience) override {
        Bytes data(most);
        int moved = 0;
        const int code = transfer(endpoint, data.data(), most, moved, Patience(patience));
        // A time-out that brought bytes is an answer whose last packet was a full one.
        if (code != 0 && !(code == LIBUSB_ERROR_TIMEOUT && moved > 0)) {
            return transferFailure("read", code, static_cast<std::size_t>(moved));
        }
        data.resize(static_cast<std::size_t>(moved));
        return data;
    }

    UsbResult<Bytes> controlIn(std::uint8_t requestType, std::uint8_t request, std::uint16_t value,
                               std::uint16_t index, std::uint16_t length,
                               Duration patience) override {
        Bytes data(length);
        const int outcome = libusb_control_transfer(handle_, requestType, request, value, index,
                                                    data.data(), length, Patience(patience).left());
        if (outcome < 0) return transferFailure("control in", outcome, 0);
        data.resize(static_cast<std::size_t>(outcome));
        return data;
    }

    UsbResult<void> controlOut(std::uint8_t requestType, std::uint8_t request, std::uint16_t value,
                               std::uint16_t index, ByteView data, Duration patience) override {
        auto* bytes = const_cast<std::uint8_t*>(data.data());
        const int outcome = libusb_control_transfer(handle_, requestType, request, value, index,
                                                    bytes, static_cast<std::uint16_t>(data.size()),
                                                    Patience(patience).left());
        if (outcome < 0) return transferFailure("control out", outcome, 0);
        return {};
    }

    UsbResult<void> clearHalt(std::uint8_t endpoint) override {
        const int code = libusb_clear_halt(handle_, endpoint);
        if (code != 0) return transferFailure("clear halt", code, 0);
        return {};
    }

  private:
    int transfer(std::uint8_t endpoint, std::uint8_t* data, std::size_t size, int& moved,
                 const Patience& patience) {
        const auto found = std::find_if(
            interface_.endpoints.begin(), interface_.endpoints.end(),
            [&](const UsbEndpoint& candidate) { return candidate.address == endpoint; });
        if (found == interface_.endpoints.end()) return LIBUSB_ERROR_NOT_FOUND;
        const auto run = found->type == UsbTransferType::interrupt ? libusb_interrupt_transfer
                                                                   : libusb_bulk_transfer;
        return run(handle_, endpoint, data, static_cast<int>(size), &moved, patience.left());
    }

    tl::unexpected<UsbFailure> transferFailure(std::string_view step, int code, std::size_t moved) {
        switch (code) {
            case LIBUSB_ERROR_TIMEOUT:
                return failure(UsbError::timedOut, step, code, moved);
            case LIBUSB_ERROR_PIPE:
                return failure(UsbError::stalled, step, code, moved);
            case LIBUSB_ERROR_NO_DEVICE:
                return failure(UsbError::unplugged, step, code, moved);
            case LIBUSB_ERROR_IO:
                break;
            default:
                return failure(UsbError::failed, step, code, moved);
        }
        // A device that is being pulled out first fails its transfers.
        const UsbError error = stillThere() ? UsbError::failed : UsbError::unplugged;
        return failure(error, step, code, moved);
    }

    bool stillThere() const {
        const DeviceList devices(context_);
        return std::find(devices.begin(), devices.end(), libusb_get_device(handle_)) !=
               devices.end();
    }

    libusb_context* context_;
    libusb_device_handle* handle_;
    UsbInterface interface_;
};

class LibusbBus final : public UsbBus {
  public:
    LibusbBus() : initialised_(libusb_init(&context_)) {}
    LibusbBus(const LibusbBus&) = delete;
    LibusbBus& operator=(const LibusbBus&) = delete;
    ~LibusbBus() override {
        if (initialised_ == 0) libusb_exit(context_);
    }

    UsbResult<std::vector<UsbDeviceInfo>> list() override {
        if (initialised_ != 0) return failure(UsbError::failed, "libusb", initialised_);
        const DeviceList devices(context_);
        if (devices.error() != 0) return failure(UsbError::failed, "list", devices.error());
        std::vector<UsbDeviceInfo> infos;
        for (libusb_device* device : devices) infos.push_back(describe(device));
        return infos;
    }

    UsbResult<std::unique_ptr<UsbDevice>> open(const UsbDeviceInfo& info,
                                               std::uint8_t interfaceNumber) override {
        if (initialised_ != 0) return failure(UsbError::failed, "libusb", initialised_);
        const auto interface = std::find_if(
            info.interfaces.begin(), info.interfaces.end(),
            [&](const auto& candidate) { return candidate.number == interfaceNumber; });
        if (interface == info.interfaces.end()) {
            return failure(UsbError::notFound, "interface", LIBUSB_ERROR_NOT_FOUND);
        }
        const DeviceList devices(context_);
        for (libusb_device* device : devices) {
            if (pathOf(device) != info.path || !sameProduct(device, info)) continue;
            libusb_device_handle* handle = nullptr;
            if (const int code = libusb_open(device, &handle); code != 0) {
                return failure(openError(code), "open", code);
            }
            return claim(handle, *interface);
        }
        return failure(UsbError::notFound, "open", LIBUSB_ERROR_NO_DEVICE);
    }

  private:
    static bool sameProduct(libusb_device* device, const UsbDeviceInfo& info) {
        libusb_device_descriptor descriptor{};
        libusb_get_device_descriptor(device, &descriptor);
        return descriptor.idVendor == info.vendorId && descriptor.idProduct == info.productId;
    }

    static UsbError openError(int code) {
        switch (code) {
            case LIBUSB_ERROR_ACCESS:
                return UsbError::noPermission;
            case LIBUSB_ERROR_NO_DEVICE:
            case LIBUSB_ERROR_NOT_FOUND:
                return UsbError::notFound;
            case LIBUSB_ERROR_BUSY:
                return UsbError::heldByProcess;
            default:
                return UsbError::failed;
        }
    }

    UsbResult<std::unique_ptr<UsbDevice>> claim(libusb_device_handle* handle,
                                                const UsbInterface& interface) {
        libusb_set_auto_detach_kernel_driver(handle, 1);
        const int code = libusb_claim_interface(handle, interface.number);
        if (code == 0) return std::make_unique<LibusbDevice>(context_, handle, interface);
        // To libusb, another process's claim is no kernel driver; both end in the same error.
        const bool driver = libusb_kernel_driver_active(handle, interface.number) == 1;
        libusb_close(handle);
        if (driver) return failure(UsbError::heldByDriver, "claim", code);
        return failure(openError(code), "claim", code);
    }

    libusb_context* context_ = nullptr;
    int initialised_;
};

}  // namespace

std::unique_ptr<UsbBus> makeLibusbBus() {
    return std::make_unique<LibusbBus>();
}

}  // namespace liqu::drivers
