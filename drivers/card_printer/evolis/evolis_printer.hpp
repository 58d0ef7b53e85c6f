// Evolis card printers over USB, ESC language in the kiosk dialect: implements ports/CardPrinter.
// Source: hardware-notes/card-printer.md. One thread, one order at a time.
//
// The printer is opened by the first order and again by the first order after it was unplugged.
// Whatever fails names the fate of the card: the sensors are asked after the failure; a printer
// that cannot be asked any more leaves the last known place if nothing has moved since, else
// `unknown`.
#pragma once

#include <memory>

#include "drivers/card_printer/evolis/printer_profile.hpp"
#include "drivers/transport/usb.hpp"
#include "firmware/ports/card_printer.hpp"

namespace liqu::drivers {

// usbPath: which of several printers, as `liqu devices` names its place.
std::unique_ptr<ports::CardPrinter> makeEvolisPrinter(UsbBus& bus, Clock& clock,
                                                      PrinterProfile profile,
                                                      std::string usbPath = {});

}  // namespace liqu::drivers
