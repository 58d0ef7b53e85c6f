// What a maker's folder offers, and the one way to it: by the word of kiosk.toml. A maker is a
// folder beside this file and a row of firmware/ports/card_printer_drivers.def
// (docs/adding-a-printer.md).
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "drivers/transport/usb.hpp"
#include "firmware/base/clock.hpp"
#include "firmware/base/config_file.hpp"
#include "firmware/ports/card_printer.hpp"
#include "firmware/ports/card_printer_driver.hpp"

namespace liqu::drivers {

// What a printer is opened with; bus and clock outlive it.
struct PrinterWiring {
    UsbBus& usb;
    Clock& clock;
    std::filesystem::path profile;
    std::string
        usbPath;  // which of several, as `liqu devices` names its place; empty: the only one
};

struct PrinterDriver {
    // Reads the profile, and talks to nobody. With `faults` as in firmware/base/config_file.hpp.
    Result<ports::PrinterCapabilities> (*capabilities)(const std::filesystem::path& profile,
                                                       Faults* faults);
    // The printer itself is opened by the first order: one that is absent is said then.
    Result<std::unique_ptr<ports::CardPrinter>> (*open)(const PrinterWiring& wiring);
};

const PrinterDriver& driverOf(ports::PrinterDriver maker);

// Each in its maker's folder.
#define LIQU_CARD_PRINTER(word) const PrinterDriver& word##Driver();
#include "firmware/ports/card_printer_drivers.def"
#undef LIQU_CARD_PRINTER

}  // namespace liqu::drivers
