// What a USB device would be in this machine.
#pragma once

#include <string_view>

#include "drivers/transport/known_devices.hpp"

namespace liqu::program {

// Empty where no driver knows it.
inline std::string_view roleOf(const drivers::UsbDeviceInfo& device) {
    if (drivers::isUsbIdReader(device)) return "ID-card reader";
    if (drivers::isUsbSlipPrinter(device)) return "slip printer";
    return device.vendorId == drivers::evolisVendor ? "card printer" : "";
}

}  // namespace liqu::program
