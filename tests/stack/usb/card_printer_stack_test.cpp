// The simulated printer behind the real libusb, beside a reader on the same bus.
// Rules: I-05.
#include <doctest/doctest.h>
#include <thread>

#include "tests/stack/usb/child_process.hpp"
#include "tests/stack/usb/usb_host.hpp"
#include "tests/world/card_printer/panel_codec.hpp"
#include "tests/world/card_printer/printer_engine.hpp"
#include "tests/world/id_reader/reader_engine.hpp"
#include "tests/world/usb/umockdev_front.hpp"

using namespace liqu;
using namespace liqu::world;
using liqu::stack::ChildProcess;
using liqu::stack::UsbHost;

namespace {

constexpr std::uint16_t printerVendor = 0x0F49;
constexpr std::uint16_t readerVendor = 0x0400;
constexpr double quick = 50;

PrinterSettings printerOf(double speed) {
    PrinterSettings settings;
    settings.timings = PrinterTimings::kiosk().scaled(speed);
    return settings;
}

struct World {
    explicit World(FaultPlan* faults = nullptr, double speed = quick)
        : printer(printerOf(speed), faults),
          reader(ReaderSettings{}, nullptr, nullptr),
          front(UmockdevFront::create().value()) {
        printer.load(1, {{"A0000001", "bank-a", {}}});
        front->publish(reader);
        front->publish(printer);
    }
    PrinterEngine printer;
    ReaderEngine reader;
    std::unique_ptr<UmockdevFront> front;
};

std::string receive(UsbHost& host) {
    Bytes reply;
    const int result = host.read(0x82, reply, 512, 10'000);
    if (result != 0) return libusb_error_name(result);
    if (!reply.empty()) reply.pop_back();
    return textOf(reply);
}

std::string ask(UsbHost& host, const std::string& command) {
    CHECK(host.write(0x01, bytesOf("\x1B" + command + "\r"), 5000) == 0);
    return receive(host);
}

Bytes panel(const std::string& header, std::size_t length) {
    Bytes bytes = bytesOf("\x1B" + header + ";");
    bytes.insert(bytes.end(), length, 0x2A);
    bytes.push_back('\r');
    return bytes;
}

}  // namespace

TEST_CASE("libusb prints a card, held back by the printer where its buffers are full") {
    World world;
    UsbHost host;
    CHECK(host.countOf(readerVendor) == 1);
    REQUIRE(host.open(printerVendor) == 0);
    Bytes id;
    CHECK(host.controlIn(0xA1, 0, id, 255) > 20);
    CHECK(host.controlIn(0xA1, 9, id, 255) == LIBUSB_ERROR_PIPE);
    for (const char* mode : {"Pem;2", "Pcem;I", "Pneab;E"}) CHECK(ask(host, mode) == "OK");
    CHECK(ask(host, "Sis") == "OK");
    CHECK(ask(host, "Rlr;p") == "SMART CARD");
    CHECK(ask(host, "Ss") == "OK");
    CHECK(ask(host, "Sr") == "OK");
    // One transfer of almost two megabytes: the third panel has to wait for the first.
    Bytes face;
    for (const char* header : {"Db;y;128", "Db;m;128", "Db;c;128"}) {
        const Bytes one = panel(header, panelLength(7));
        face.insert(face.end(), one.begin(), one.end());
    }
    for (const char* header : {"Db;k;2", "Db;o;2"}) {
        const Bytes one = panel(header, panelLength(1));
        face.insert(face.end(), one.begin(), one.end());
    }
    CHECK(face.size() == 1'892'859);
    int sent = 0;
    CHECK(host.write(0x01, face, 30'000, &sent) == 0);
    CHECK(sent == static_cast<int>(face.size()));
    // Five replies wait in the pipe, each a packet of its own.
    for (int i = 0; i < 5; ++i) CHECK(receive(host) == "OK");
    CHECK(ask(host, "Se") == "OK");
    CHECK(world.printer.places().inside->hasWholeFace());
}

TEST_CASE("a full buffer is no error but a wait, and a cancelled wait counts what went through") {
    World world(nullptr, 1);
    UsbHost host;
    REQUIRE(host.open(printerVendor) == 0);
    for (const char* command : {"Pem;2", "Ss", "Sr"}) CHECK(ask(host, command) == "OK");
    for (const char* header : {"Db;k;2", "Db;k;2"}) {
        CHECK(host.write(0x01, panel(header, panelLength(1)), 5000) == 0);
        CHECK(receive(host) == "OK");
    }
    // The card is still being fed for the first panel: both buffers stay taken for seconds.
    int sent = 0;
    const Bytes third = panel("Db;o;2", panelLength(1));
    CHECK(host.write(0x01, third, 200, &sent) == LIBUSB_ERROR_TIMEOUT);
    CHECK(sent == 8);
}

TEST_CASE("a printer unplugged in the middle of a motion finishes it, and is found again") {
    FaultPlan faults;
    faults.arm(Fault::printerUnplugged, "chip");
    World world(&faults);
    UsbHost host;
    REQUIRE(host.open(printerVendor) == 0);
    CHECK(ask(host, "Sis") == "LIBUSB_ERROR_NO_DEVICE");
    host.close();
    CHECK(faults.allFired());
    for (int i = 0; i < 500 && !world.printer.idle(); ++i) host.handleEvents(10);
    CHECK(world.printer.places().find("A0000001")->place == "chip");
    for (int i = 0; i < 500 && host.countOf(printerVendor) > 0; ++i) host.handleEvents(10);
    CHECK(host.countOf(printerVendor) == 0);
    CHECK(host.countOf(readerVendor) == 1);
    world.printer.plugIn();
    for (int i = 0; i < 500 && host.countOf(printerVendor) == 0; ++i) host.handleEvents(10);
    REQUIRE(host.open(printerVendor) == 0);
    CHECK(receive(host) == "OK");
    CHECK(ask(host, "Rlr;p") == "SMART CARD");
}

TEST_CASE("the printer goes on when the process that drove it is killed") {
    World world;
    {
        UsbHost host;
        REQUIRE(host.open(printerVendor) == 0);
        CHECK(ask(host, "Pem;2") == "OK");
        CHECK(host.write(0x01, bytesOf("\x1BSis\r"), 1000) == 0);
    }
    ChildProcess other({LIQU_OTHER_PROCESS, "0F49"});
    CHECK(other.readLine() == "claimed");
    other.kill();
    UsbHost host;
    int result = LIBUSB_ERROR_BUSY;
    for (int i = 0; i < 500 && result != 0; ++i) {
        result = host.open(printerVendor);
        if (result == 0) break;
        host.close();
        host.handleEvents(10);
    }
    REQUIRE(result == 0);
    CHECK(receive(host) == "OK");
    CHECK(ask(host, "Rlr;p") == "SMART CARD");
}
