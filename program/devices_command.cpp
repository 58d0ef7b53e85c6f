// `liqu devices`: what hangs on the machine and could be a part of it.
#include <cstdio>

#include "drivers/chip_reader/pcsc_chip_reader.hpp"
#include "program/commands.hpp"
#include "program/device_role.hpp"

namespace liqu::program {
int runDevices() {
    const auto bus = drivers::makeLibusbBus();
    const auto devices = bus->list();
    if (!devices) {
        std::fprintf(stderr, "liqu: USB cannot be listed: %s\n", devices.error().cause.c_str());
        return 1;
    }
    for (const drivers::UsbDeviceInfo& device : *devices) {
        std::printf("usb   %-12s %04x:%04x  %s\n", device.path.c_str(), device.vendorId,
                    device.productId, std::string(roleOf(device)).c_str());
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
