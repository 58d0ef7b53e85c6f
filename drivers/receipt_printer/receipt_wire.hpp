// The line to a slip printer: USB or serial. An error of the line closes it; the next use opens it
// anew. One thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "drivers/receipt_printer/receipt_profile.hpp"
#include "drivers/transport/serial.hpp"
#include "drivers/transport/usb.hpp"
#include "firmware/base/result.hpp"

namespace liqu::drivers {

class ReceiptWire {
  public:
    virtual ~ReceiptWire() = default;

    // True: it had to be opened, and what was under way before is gone.
    virtual Result<bool> open() = 0;
    // How much of it the printer took within the patience; less is no error of the line.
    virtual Result<std::size_t> write(ByteView bytes, Duration patience) = 0;
    // What has come; empty when nothing came within the patience.
    virtual Result<Bytes> read(Duration patience) = 0;
    // Of the USB printer class; none on other lines.
    virtual std::optional<std::uint8_t> portStatus() = 0;
};

// ids: of the printers that are meant. path: which of several.
std::unique_ptr<ReceiptWire> makeUsbReceiptWire(UsbBus& bus, std::vector<UsbId> ids,
                                                std::string path);
// Opens the line; again after a failure.
using OpenSerial = std::function<SerialResult<std::unique_ptr<SerialPort>>()>;
std::unique_ptr<ReceiptWire> makeSerialReceiptWire(OpenSerial open);

}  // namespace liqu::drivers
