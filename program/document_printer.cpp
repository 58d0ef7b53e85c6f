#include "program/document_printer.hpp"

#include "firmware/security/sm3.hpp"

namespace liqu::program {

std::unique_ptr<ports::DocumentPrinter> documentPrinterOf(const ConfigFiles& files) {
    return ui::makeDocumentPrinter(
        files.kiosk.window.fonts,
        {files.region.bankNames, files.kiosk.makerNames, files.kiosk.outletName},
        {"SM3", [](ByteView bytes) { return toHex(security::sm3(bytes)); }});
}

}  // namespace liqu::program
