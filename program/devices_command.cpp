// `liqu devices`: what hangs on the machine and could be a part of it.
#include <cstdio>

#include "drivers/chip_reader/pcsc_chip_reader.hpp"
#include "drivers/transport/usb.hpp"
#include "program/commands.hpp"

namespace liqu::program {
namespace {

const char* roleOf(const drivers::UsbDeviceInfo& device) {
    constexpr std::uint16_t idReaderVendor = 0x0400;
    constexpr std::uint16_t idReaderProduct = 0xC35A;
    constexpr std::uint16_t printerVendor = 0x0F49;
    if (device.vendorId == idReaderVendor && device.productId == idReaderProduct)
        return "ID-card reader";
    if (device.vendorId == printerVendor) return "card printer";
    return "";
}

}  // namespace

int runDevices() {
    const auto bus = drivers::makeLibusbBus();
    const auto devices = bus->list();
    if (!devices) {
        std::fprintf(stderr, "liqu: USB cannot be listed: %s\n", devices.error().cause.c_str());
        return 1;
    }
    for (const drivers::UsbDeviceInfo& device : *devices) {
        std::printf("usb   %-12s %04x:%04x  %s\n", device.path.c_str(), device.vendorId,
                    device.productId, roleOf(device));
    }
    SystemClock clock;
    drivers::PcscChipReader reader(clock, {});
    const auto names = reader.readerNames();
    if (!names) {
        std::printf("pcsc  %s\n", describe(names.error()).c_str());
        return 0;
    }
    for (const std::string& name : *names) std::printf("pcsc  %s\n", name.c_str());
    return 0;
}

}  // namespace liqu::program
