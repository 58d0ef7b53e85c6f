// The slip printer of kiosk.toml and what draws its slips. A machine without [receiptPrinter] has
// neither.
#pragma once

#include <memory>

#include "drivers/transport/usb.hpp"
#include "firmware/policy/kiosk_config.hpp"
#include "firmware/policy/region_policy.hpp"
#include "firmware/ports/receipt_printer.hpp"
#include "firmware/ports/slip.hpp"

namespace liqu::program {

struct Receipts {
    std::unique_ptr<ports::ReceiptPrinter> printer;
    std::unique_ptr<ports::SlipRenderer> paper;
};
// Talks to nobody yet; the bus outlives the printer.
Result<Receipts> openReceipts(const policy::KioskConfig& config, const policy::RegionPolicy& region,
                              drivers::UsbBus& usb, Clock& clock);

// What a region asks to be given on paper needs a printer.
Result<void> receiptsFitRegion(const policy::KioskConfig& config,
                               const policy::RegionPolicy& region);
// Profile, forms and place, each fault of them.
void checkReceipts(const policy::KioskConfig& config, const policy::RegionPolicy* region,
                   Faults& faults);

}  // namespace liqu::program
