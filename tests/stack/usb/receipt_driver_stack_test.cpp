// The driver of slip printers over the real libusb, against the simulated printer.
#include <doctest/doctest.h>

#include "drivers/receipt_printer/escpos_printer.hpp"
#include "tests/unit/world/receipt_bench.hpp"
#include "tests/world/receipt_printer/receipt_engine.hpp"
#include "tests/world/usb/umockdev_front.hpp"

using namespace liqu;
using namespace liqu::world;
using ports::SlipPrint;

namespace {

struct World {
    World() : printer(quick(), &faults), front(UmockdevFront::create().value()) {
        front->publish(printer);
    }
    static ReceiptSettings quick() {
        ReceiptSettings settings = receiptOf("snbc-t080");
        settings.timings = settings.timings.scaled(10);
        return settings;
    }
    ReceiptFaults faults;
    ReceiptPrinterEngine printer;
    std::unique_ptr<UmockdevFront> front;
};

ports::SlipPicture pictureOf(const DotPicture& dots) {
    ports::SlipPicture picture{dots.width, dots.height(), {}};
    std::vector<unsigned char> bytes;
    for (const Bytes& row : dots.rows) bytes.insert(bytes.end(), row.begin(), row.end());
    picture.dots = PersonalBytes(std::move(bytes));
    return picture;
}

}  // namespace

TEST_CASE("libusb carries a slip, the end of the paper and a cable that is pulled") {
    World world;
    SystemClock clock;
    const auto bus = drivers::makeLibusbBus();
    const auto profile = drivers::readReceiptProfile(
        LIQU_SOURCE_DIR "/kiosk-config/printers/receipt-snbc-t080.toml");
    REQUIRE(profile);
    const auto printer = drivers::makeEscposPrinter(
        drivers::makeUsbReceiptWire(*bus, {{0x154F, 0x0517}}, ""), clock, *profile);
    CHECK(printer->status()->paper == ports::PaperStatus::full);

    const DotPicture dots = pattern(receiptProfile("snbc-t080"), 500);
    const auto outcome = printer->print(pictureOf(dots));
    if (outcome.trouble) FAIL_CHECK(describe(*outcome.trouble));
    CHECK(outcome.print == SlipPrint::printed);
    const ReceiptPrinterMachine after = world.printer.machine();
    REQUIRE(after.slips().size() == 1);
    CHECK(after.slips()[0].picture.trimmed() == dots.trimmed());
    CHECK(after.violations().empty());

    world.faults.arm("receipt.paper-end@row-40");
    CHECK(printer->print(pictureOf(dots)).print == SlipPrint::unknown);
    CHECK(printer->print(pictureOf(dots)).trouble->code == ErrorCode::receiptPaperOut);
    world.printer.hands([](ReceiptPrinterMachine& m, Instant now) { m.loadRoll(50'000, now); });
    CHECK(printer->print(pictureOf(dots)).print == SlipPrint::printed);

    world.faults.arm("receipt.unplug@byte-2000");
    const auto pulled = printer->print(pictureOf(dots));
    CHECK(pulled.print == SlipPrint::unknown);
    CHECK(pulled.trouble->code == ErrorCode::receiptPrinterUnplugged);
}
