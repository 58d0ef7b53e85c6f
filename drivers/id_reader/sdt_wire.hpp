// What carries SDT frames: one of the two USB flavours, or a serial line
// (hardware-notes/id-reader.md, "Wires"). A failed wire is closed by its owner and opened anew.
#pragma once

#include <memory>
#include <string>

#include "drivers/id_reader/sdt_frame.hpp"
#include "drivers/transport/serial.hpp"
#include "drivers/transport/usb.hpp"
#include "firmware/base/clock.hpp"

namespace liqu::drivers::sdt {

class Wire {
  public:
    virtual ~Wire() = default;
    virtual Result<void> send(ByteView frame, Duration patience) = 0;
    // Some of the `wanted` bytes of this part, or more; empty when nothing came.
    // idReaderGarbled after a stalled pipe, which is cleared.
    virtual Result<Bytes> receive(FramePart part, std::size_t wanted, Duration patience) = 0;
};

// The reader's errors for what can happen to the wire.
Error wireError(const UsbFailure& failure);
Error wireError(const SerialFailure& failure);
// Must the wire be opened anew after this error?
bool wireIsGone(ErrorCode code);

// The module shows either four pipes — 02 and 06 out, 81 and 85 in, head and body apart — or one
// pair, bulk or interrupt, for whole frames.
enum class UsbFlavour : std::uint8_t {
    byDescriptors,
    onePair,  // of a four-pipe device: 02 and 81, the second try
};
// path: of the one that is meant; empty where only one may be there, else idReaderAmbiguous.
Result<std::unique_ptr<Wire>> openUsbWire(UsbBus& bus, UsbFlavour flavour,
                                          const std::string& path = {});

std::unique_ptr<Wire> makeSerialWire(std::unique_ptr<SerialPort> port);

}  // namespace liqu::drivers::sdt
