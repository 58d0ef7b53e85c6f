#include "program/receipts.hpp"

#include "drivers/receipt_printer/escpos_printer.hpp"
#include "ui/paper/slip_renderer.hpp"

namespace liqu::program {
namespace {

using policy::ReceiptPrinterConfig;

bool isThere(const std::filesystem::path& path) {
    std::error_code error;
    return !path.empty() && std::filesystem::exists(path, error);
}

// kiosk.toml's number stands before those of the profile.
Result<std::vector<drivers::UsbId>> usbIdsOf(const ReceiptPrinterConfig& config,
                                             const drivers::ReceiptProfile& profile) {
    if (!config.usbId.empty()) {
        const auto id = drivers::usbIdOf(config.usbId);
        if (id) return std::vector<drivers::UsbId>{*id};
        return fail(ErrorCode::configBadValue,
                    "receiptPrinter.usbId: must be vendor and product in hex, \"04b8:0202\"");
    }
    if (!profile.usbIds.empty()) return profile.usbIds;
    return fail(ErrorCode::configMissingKey,
                "receiptPrinter.usbId: " + config.profile.filename().string() +
                    " knows no numbers of its printers");
}

Result<std::unique_ptr<drivers::ReceiptWire>> wireOf(const ReceiptPrinterConfig& config,
                                                     const drivers::ReceiptProfile& profile,
                                                     drivers::UsbBus& usb) {
    if (config.wire == ReceiptPrinterConfig::Wire::usb) {
        return drivers::makeUsbReceiptWire(usb, TRY(usbIdsOf(config, profile)), config.usbPath);
    }
    const auto rate = drivers::serialRateOf(config.baud);
    if (!rate) return fail(ErrorCode::configBadValue, "receiptPrinter.baud: no line runs at it");
    return drivers::makeSerialReceiptWire(
        [port = config.port, rate = *rate] { return drivers::openSerialPort(port, rate); });
}

}  // namespace

Result<Receipts> openReceipts(const policy::KioskConfig& config, const policy::RegionPolicy& region,
                              drivers::UsbBus& usb, Clock& clock) {
    Receipts receipts;
    const ReceiptPrinterConfig& printer = config.receiptPrinter;
    if (printer.wire == ReceiptPrinterConfig::Wire::none) return receipts;
    const drivers::ReceiptProfile profile = TRY(drivers::readReceiptProfile(printer.profile));
    auto wire = TRY(wireOf(printer, profile, usb));
    receipts.printer = drivers::makeEscposPrinter(std::move(wire), clock, profile);
    receipts.paper = ui::makeSlipRenderer(config.window.fonts,
                                          TRY(ui::readSlipForms(printer.forms, region.words)));
    return receipts;
}

Result<void> receiptsFitRegion(const policy::KioskConfig& config,
                               const policy::RegionPolicy& region) {
    if (config.receiptPrinter.wire != ReceiptPrinterConfig::Wire::none) return {};
    for (const auto& [service, rule] : region.services) {
        if (!rule.receiptRequired || rule.mode == policy::ServiceMode::guide) continue;
        return fail(ErrorCode::configMissingKey,
                    "receiptPrinter: " + config.region.filename().string() +
                        " asks for paper: " + "service." + service + ".receiptRequired");
    }
    return {};
}

void checkReceipts(const policy::KioskConfig& config, const policy::RegionPolicy* region,
                   Faults& faults) {
    const auto note = [&faults](const auto& result) {
        if (!result) faults.push_back(result.error());
    };
    if (region != nullptr) note(receiptsFitRegion(config, *region));
    const ReceiptPrinterConfig& printer = config.receiptPrinter;
    if (printer.wire == ReceiptPrinterConfig::Wire::none) return;
    if (isThere(printer.profile)) {
        const auto profile = drivers::readReceiptProfile(printer.profile, &faults);
        note(profile);
        if (profile && printer.wire == ReceiptPrinterConfig::Wire::usb)
            note(usbIdsOf(printer, *profile));
    }
    if (!isThere(printer.forms)) return;
    const std::filesystem::path regional = region != nullptr ? region->words : "";
    note(ui::readSlipForms(printer.forms, regional, &faults));
}

}  // namespace liqu::program
