#include "tests/stack/usb/usb_host.hpp"

namespace liqu::stack {

UsbHost::UsbHost() {
    libusb_init(&context_);
}

UsbHost::~UsbHost() {
    close();
    libusb_exit(context_);
}

int UsbHost::countOf(std::uint16_t vendorId) {
    libusb_device** list = nullptr;
    const ssize_t length = libusb_get_device_list(context_, &list);
    int count = 0;
    for (ssize_t i = 0; i < length; ++i) {
        libusb_device_descriptor descriptor{};
        libusb_get_device_descriptor(list[i], &descriptor);
        if (descriptor.idVendor == vendorId) ++count;
    }
    libusb_free_device_list(list, 1);
    return count;
}

int UsbHost::open(std::uint16_t vendorId) {
    libusb_device** list = nullptr;
    const ssize_t length = libusb_get_device_list(context_, &list);
    int result = LIBUSB_ERROR_NOT_FOUND;
    for (ssize_t i = 0; i < length; ++i) {
        libusb_device_descriptor descriptor{};
        libusb_get_device_descriptor(list[i], &descriptor);
        if (descriptor.idVendor != vendorId) continue;
        result = libusb_open(list[i], &device_);
        break;
    }
    libusb_free_device_list(list, 1);
    if (result != 0) return result;
    libusb_set_auto_detach_kernel_driver(device_, 1);
    return libusb_claim_interface(device_, 0);
}

void UsbHost::close() {
    if (device_ == nullptr) return;
    libusb_release_interface(device_, 0);
    libusb_close(device_);
    device_ = nullptr;
}

int UsbHost::write(std::uint8_t endpoint, const Bytes& data, unsigned patienceMs, int* sent) {
    int transferred = 0;
    const int result =
        libusb_bulk_transfer(device_, endpoint, const_cast<std::uint8_t*>(data.data()),
                             static_cast<int>(data.size()), &transferred, patienceMs);
    if (sent != nullptr) *sent = transferred;
    return result;
}

int UsbHost::read(std::uint8_t endpoint, Bytes& data, int most, unsigned patienceMs) {
    data.assign(static_cast<std::size_t>(most), 0);
    int transferred = 0;
    const int result =
        libusb_bulk_transfer(device_, endpoint, data.data(), most, &transferred, patienceMs);
    data.resize(static_cast<std::size_t>(transferred));
    return result;
}

int UsbHost::controlIn(std::uint8_t type, std::uint8_t request, Bytes& data, std::uint16_t most) {
    data.assign(most, 0);
    const int result =
        libusb_control_transfer(device_, type, request, 0, 0, data.data(), most, 1000);
    if (result >= 0) data.resize(static_cast<std::size_t>(result));
    return result;
}

void UsbHost::handleEvents(int milliseconds) {
    timeval patience{0, milliseconds * 1000};
    libusb_handle_events_timeout(context_, &patience);
}

}  // namespace liqu::stack
