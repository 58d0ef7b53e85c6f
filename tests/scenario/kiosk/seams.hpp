// Where a test may stand between the firmware and the outside: everything the firmware calls passes
// one of these. Each hands the real thing through unless it is overridden.
#pragma once

#include <memory>
#include <optional>

#include "drivers/transport/usb.hpp"
#include "firmware/issuance/order.hpp"
#include "firmware/ports/card_face_renderer.hpp"
#include "firmware/ports/card_printer.hpp"
#include "firmware/ports/chip_reader.hpp"
#include "firmware/ports/province_link.hpp"
#include "firmware/ports/soap_link.hpp"
#include "firmware/screen/display.hpp"
#include "firmware/security/sealer.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/storage/database.hpp"
#include "tests/world/card_printer/plastic_card.hpp"
#include "tests/world/province/books.hpp"

namespace liqu::scenario {

class Seams {
  public:
    virtual ~Seams() = default;
    // Null: the kiosk opens its own file on the system's disk.
    virtual std::unique_ptr<storage::Database> openDatabase() { return nullptr; }
    // None: the key that machine has had from the first day.
    virtual std::optional<security::SealKey> sealKey() { return std::nullopt; }
    virtual issuance::FindPlan planOf() { return services::planOf; }
    virtual screen::Display& display(screen::Display& real) { return real; }
    virtual drivers::UsbBus& bus(drivers::UsbBus& real) { return real; }
    virtual ports::CardPrinter& printer(ports::CardPrinter& real) { return real; }
    virtual ports::ChipReader& chipReader(ports::ChipReader& real) { return real; }
    virtual ports::ProvinceLink& line(ports::ProvinceLink& real) { return real; }
    virtual ports::SoapLink& soapLine(ports::SoapLink& real) { return real; }
    // Null: the real one, with its fonts.
    virtual ports::CardFaceRenderer* renderer() { return nullptr; }
    // Whether a face that renderer drew is this person's; none: as for the real one.
    virtual std::optional<bool> showsFaceOf(const world::PlasticCard&, const world::Person&,
                                            WallTime) {
        return std::nullopt;
    }
};

}  // namespace liqu::scenario
