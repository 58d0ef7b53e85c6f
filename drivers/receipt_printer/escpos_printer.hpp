// A slip printer of the ESC/POS language, by its profile (hardware-notes/receipt-printer.md).
#pragma once

#include <memory>

#include "drivers/receipt_printer/receipt_profile.hpp"
#include "drivers/receipt_printer/receipt_wire.hpp"
#include "firmware/ports/receipt_printer.hpp"

namespace liqu::drivers {

// One that is not plugged in is told by the first use.
std::unique_ptr<ports::ReceiptPrinter> makeEscposPrinter(std::unique_ptr<ReceiptWire> wire,
                                                         Clock& clock, ReceiptProfile profile);

}  // namespace liqu::drivers
