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
// By vendor: the product number differs from model to model.
inline constexpr std::uint16_t evolisVendor = 0x0F49;

inline bool isUsbIdReader(const UsbDeviceInfo& device) {
    return std::ranges::any_of(usbIdReaders, [&device](const UsbProduct& known) {
        return known.vendor == device.vendorId && known.product == device.productId;
    });
}

}  // namespace liqu::drivers
