// Where a test may stand between the firmware and the outside: everything the firmware calls passes
// one of these. Each hands the real thing through unless it is overridden.
#pragma once

#include <memory>

#include "drivers/transport/usb.hpp"
#include "firmware/ports/card_face_renderer.hpp"
#include "firmware/ports/card_printer.hpp"
#include "firmware/ports/chip_reader.hpp"
#include "firmware/ports/province_link.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::scenario {

class Seams {
  public:
    virtual ~Seams() = default;
    // Null: the kiosk opens its own file on the system's disk.
    virtual std::unique_ptr<storage::Database> openDatabase() { return nullptr; }
    virtual drivers::UsbBus& bus(drivers::UsbBus& real) { return real; }
    virtual ports::CardPrinter& printer(ports::CardPrinter& real) { return real; }
    virtual ports::ChipReader& chipReader(ports::ChipReader& real) { return real; }
    virtual ports::ProvinceLink& line(ports::ProvinceLink& real) { return real; }
    // Null: the real one, with its fonts.
    virtual ports::CardFaceRenderer* renderer() { return nullptr; }
};

}  // namespace liqu::scenario
