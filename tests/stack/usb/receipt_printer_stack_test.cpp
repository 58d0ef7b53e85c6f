// The simulated receipt printer behind the real libusb.
#include <doctest/doctest.h>

#include "tests/stack/usb/usb_host.hpp"
#include "tests/unit/world/receipt_bench.hpp"
#include "tests/world/receipt_printer/receipt_engine.hpp"
#include "tests/world/usb/umockdev_front.hpp"

using namespace liqu;
using namespace liqu::world;
using liqu::stack::UsbHost;

namespace {

constexpr std::uint16_t vendor = 0x154F;

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

Bytes slip(int rows) {
    Bytes bytes = bandsOf(pattern(receiptProfile("snbc-t080"), rows));
    const Bytes end = fromHex("1B4A78 1D5600").value();
    bytes.insert(bytes.end(), end.begin(), end.end());
    return bytes;
}

std::string ask(UsbHost& host, const std::string& hex) {
    const int written = host.write(0x01, fromHex(hex).value(), 1000);
    if (written != 0) return libusb_error_name(written);
    Bytes reply;
    const int read = host.read(0x82, reply, 64, 2000);
    return read == 0 ? toHex(reply) : libusb_error_name(read);
}

}  // namespace

TEST_CASE("libusb prints a slip, held back while the paper moves") {
    World world;
    UsbHost host;
    REQUIRE(host.open(vendor) == 0);
    Bytes port;
    CHECK(host.controlIn(0xA1, 1, port, 1) == 1);
    CHECK(port == Bytes{0x18});
    CHECK(ask(host, "100404") == "12");
    CHECK(host.write(0x01, slip(640), 20'000) == 0);
    for (int i = 0; i < 1000 && world.printer.machine().slips().empty(); ++i) host.handleEvents(10);
    const ReceiptPrinterMachine machine = world.printer.machine();
    REQUIRE(machine.slips().size() == 1);
    CHECK(machine.slips()[0].picture.trimmed() ==
          pattern(receiptProfile("snbc-t080"), 640).trimmed());
    CHECK(machine.violations().empty());
}

TEST_CASE("libusb meets the end of the paper, and a cable that is pulled") {
    World world;
    UsbHost host;
    REQUIRE(host.open(vendor) == 0);
    world.faults.arm("receipt.paper-end@row-40");
    CHECK(host.write(0x01, slip(640), 1500) == LIBUSB_ERROR_TIMEOUT);
    CHECK(ask(host, "100404") == "7E");
    world.printer.hands([](ReceiptPrinterMachine& m, Instant now) { m.loadRoll(50'000, now); });
    world.faults.arm("receipt.unplug@byte-2000");
    CHECK(host.write(0x01, slip(640), 5000) == LIBUSB_ERROR_NO_DEVICE);
    host.close();
    for (int i = 0; i < 500 && host.countOf(vendor) > 0; ++i) host.handleEvents(10);
    CHECK(host.countOf(vendor) == 0);
    world.printer.plugIn();
    for (int i = 0; i < 500 && host.countOf(vendor) == 0; ++i) host.handleEvents(10);
    CHECK(host.open(vendor) == 0);
    CHECK(world.faults.allFired());
}
