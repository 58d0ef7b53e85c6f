// The USB devices this version has a driver for, in one list: for the drivers, for `liqu devices`,
// and for the test that compares kiosk-config/udev with it.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "drivers/transport/usb.hpp"

namespace liqu::drivers {

struct UsbProduct {
    std::uint16_t vendor;
    std::uint16_t product;
};

// The security module itself, and Synjones' own number for the same framing
// (hardware-notes/id-reader.md, "Wires").
inline constexpr std::array<UsbProduct, 2> usbIdReaders{{{0x0400, 0xC35A}, {0x0316, 0x5020}}};
// Slip printers whose number is known (hardware-notes/receipt-printer.md); the others are named in
// kiosk.toml.
inline constexpr std::array<UsbProduct, 2> usbSlipPrinters{{{0x04B8, 0x0202}, {0x0416, 0x5011}}};
// By vendor: the product number differs from model to model.
inline constexpr std::uint16_t evolisVendor = 0x0F49;

template <std::size_t count>
bool isOneOf(const std::array<UsbProduct, count>& products, const UsbDeviceInfo& device) {
    return std::ranges::any_of(products, [&device](const UsbProduct& known) {
        return known.vendor == device.vendorId && known.product == device.productId;
    });
}

inline bool isUsbIdReader(const UsbDeviceInfo& device) {
    return isOneOf(usbIdReaders, device);
}
inline bool isUsbSlipPrinter(const UsbDeviceInfo& device) {
    return isOneOf(usbSlipPrinters, device);
}

}  // namespace liqu::drivers
