// The receipt printer behind its wires: a USB bus and a serial line in virtual time, and a terminal
// device in real time.
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include "tests/unit/world/receipt_bench.hpp"
#include "tests/world/receipt_printer/receipt_engine.hpp"
#include "tests/world/receipt_printer/receipt_serial.hpp"
#include "tests/world/usb/inprocess_bus.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

struct UsbBench {
    explicit UsbBench(std::string_view profile = "snbc-t080")
        : engine(receiptOf(profile), &faults), out(receiptProfile(profile).outEndpoint) {
        addTo(clock, engine);
        bus.attach("1-3", engine);
        device = bus.open(bus.list().value().at(0), 0).value();
    }
    std::string ask(std::string_view hex) {
        REQUIRE(device->write(out, fromHex(hex).value(), 1s));
        const auto reply = device->read(0x82, 64, 500ms);
        return reply ? toHex(*reply) : "nothing";
    }

    VirtualClock clock;
    ReceiptFaults faults;
    ReceiptPrinterEngine engine;
    std::uint8_t out;
    InProcessBus bus{clock};
    std::unique_ptr<drivers::UsbDevice> device;
};

Bytes slipOf(const ReceiptProfile& profile, int rows) {
    Bytes bytes = bandsOf(pattern(profile, rows));
    const Bytes end = fromHex("1B4A78 1D5600").value();
    bytes.insert(bytes.end(), end.begin(), end.end());
    return bytes;
}

}  // namespace

TEST_CASE("a slip over USB takes as long as its paper") {
    UsbBench bench;
    const Instant begin = bench.clock.now();
    const ReceiptProfile& profile = receiptProfile("snbc-t080");
    REQUIRE(bench.device->write(0x01, slipOf(profile, 640), 10s));
    while (!bench.engine.machine().idle()) bench.clock.sleepFor(10ms);
    const Duration took = bench.clock.now() - begin;
    CHECK(took > 900ms);
    CHECK(took < 1100ms);
    CHECK(bench.engine.machine().slips().at(0).picture.trimmed() ==
          pattern(profile, 640).trimmed());
}

TEST_CASE("descriptors, the port's status, the reset of the class") {
    UsbBench bench;
    CHECK(bench.bus.list()->at(0).vendorId == 0x154F);
    CHECK(bench.device->controlIn(0xA1, 1, 0, 0, 1, 1s).value() == Bytes{0x18});
    CHECK(textOf(bench.device->controlIn(0xA1, 0, 0, 0, 255, 1s).value()).find("ESC/POS") !=
          std::string::npos);
    bench.faults.arm(ReceiptFault::paperEnd);
    CHECK(bench.device->controlIn(0xA1, 1, 0, 0, 1, 1s).value() == Bytes{0x30});
    CHECK(bench.device->controlOut(0x21, 2, 0, 0, {}, 1s));
    UsbBench stubborn("generic-58");
    CHECK(stubborn.device->controlOut(0x01, 11, 0, 0, {}, 1s).error().error ==
          drivers::UsbError::stalled);
}

TEST_CASE("the wire's own faults") {
    UsbBench bench;
    SUBCASE("takes nothing") {
        bench.faults.arm(ReceiptFault::deaf);
        const auto failure = bench.device->write(0x01, fromHex("1B40").value(), 2s).error();
        CHECK(failure.error == drivers::UsbError::timedOut);
        CHECK(failure.transferred == 0);
    }
    SUBCASE("takes little at a time") {
        bench.faults.arm(ReceiptFault::shortWrites);
        CHECK(bench.device->write(0x01, slipOf(receiptProfile("snbc-t080"), 100), 10s));
        bench.clock.sleepFor(3s);
        CHECK(bench.engine.machine().slips().size() == 1);
    }
    SUBCASE("halts") {
        bench.faults.arm(ReceiptFault::stallIn);
        CHECK(bench.device->read(0x82, 64, 1s).error().error == drivers::UsbError::stalled);
        REQUIRE(bench.device->clearHalt(0x82));
        bench.faults.arm(ReceiptFault::stallOut);
        CHECK(bench.device->write(0x01, {}, 1s).error().error == drivers::UsbError::stalled);
        REQUIRE(bench.device->clearHalt(0x01));
        CHECK(bench.ask("100401") == "16");
    }
    SUBCASE("is pulled in the middle of a band; the paper goes on") {
        bench.faults.arm("receipt.unplug@byte-9000");
        const auto slip = slipOf(receiptProfile("snbc-t080"), 400);
        CHECK(bench.device->write(0x01, slip, 5s).error().error == drivers::UsbError::unplugged);
        bench.clock.sleepFor(2s);
        CHECK(bench.bus.list()->empty());
        CHECK(bench.engine.machine().underHead().trimmed().height() > 20);
        bench.engine.plugIn();
        CHECK(bench.bus.list()->size() == 1);
    }
    SUBCASE("is not there") {
        bench.faults.arm(ReceiptFault::absent);
        CHECK(bench.bus.list()->empty());
    }
    SUBCASE("the power takes the device from the bus") {
        bench.engine.hands(
            [](ReceiptPrinterMachine& machine, Instant now) { machine.switchOff(now); });
        CHECK(bench.bus.list()->empty());
        bench.engine.hands(
            [](ReceiptPrinterMachine& machine, Instant now) { machine.switchOn(now); });
        CHECK(bench.bus.list()->size() == 1);
    }
}

TEST_CASE("a serial line is as slow as its rate, and carries answers back") {
    VirtualClock clock;
    ReceiptFaults faults;
    ReceiptSerialLine line(receiptOf("snbc-t080"), &faults, 115'200);
    addTo(clock, line);
    const auto port = openInProcess(line, clock);
    const Bytes slip = slipOf(receiptProfile("snbc-t080"), 640);
    const Instant begin = clock.now();
    REQUIRE(port->write(slip, 20s));
    const Duration took = clock.now() - begin;
    CHECK(took > 3900ms);
    CHECK(took < 4200ms);
    clock.sleepFor(2s);
    CHECK(line.machine().slips().size() == 1);
    REQUIRE(port->write(fromHex("100404").value(), 1s));
    CHECK(toHex(port->read(16, 500ms).value()) == "12");
    faults.arm(ReceiptFault::unplugged);
    clock.sleepFor(10ms);
    CHECK(port->read(16, 500ms).error().error == drivers::SerialError::unplugged);
}

TEST_CASE("a full buffer on a line with XOFF is said, and dropped where nobody listens") {
    VirtualClock clock;
    ReceiptSettings settings = receiptOf("generic-80");
    settings.flow = ReceiptFlow::xonXoff;
    ReceiptSerialLine line(settings, nullptr, 115'200);
    addTo(clock, line);
    const auto port = openInProcess(line, clock);
    line.hands([](ReceiptPrinterMachine& machine, Instant now) { machine.setCover(true, now); });
    REQUIRE(port->write(bandsOf(pattern(settings.profile, 128)), 20s));
    CHECK(toHex(port->read(16, 10ms).value()) == "13");
    line.hands([](ReceiptPrinterMachine& machine, Instant now) { machine.setCover(false, now); });
    clock.sleepFor(2s);
    CHECK(toHex(port->read(16, 10ms).value()) == "11");
}

TEST_CASE("behind a terminal device") {
    ReceiptFaults faults;
    ReceiptSettings settings = receiptOf("snbc-t080");
    settings.timings = settings.timings.scaled(10);
    ReceiptSerialLine line(settings, &faults, 1'152'000);
    const auto path =
        std::filesystem::temp_directory_path() / ("receipt-line-" + std::to_string(::getpid()));
    const auto terminal = ReceiptTerminal::create(line, path).value();
    const int file = ::open(path.c_str(), O_RDWR | O_NOCTTY);
    REQUIRE(file >= 0);
    termios raw{};
    ::tcgetattr(file, &raw);
    ::cfmakeraw(&raw);
    ::tcsetattr(file, TCSANOW, &raw);
    const Bytes slip = slipOf(settings.profile, 300);
    for (std::size_t sent = 0; sent < slip.size();) {
        const ssize_t written = ::write(file, slip.data() + sent, slip.size() - sent);
        REQUIRE(written > 0);
        sent += static_cast<std::size_t>(written);
    }
    for (int i = 0; i < 1000 && line.machine().slips().empty(); ++i) ::usleep(10'000);
    REQUIRE(line.machine().slips().size() == 1);
    CHECK(line.machine().slips()[0].picture.trimmed() == pattern(settings.profile, 300).trimmed());
    const Bytes question = fromHex("100404").value();
    CHECK(::write(file, question.data(), question.size()) == 3);
    pollfd wait{file, POLLIN, 0};
    REQUIRE(::poll(&wait, 1, 5000) == 1);
    std::uint8_t answer = 0;
    CHECK(::read(file, &answer, 1) == 1);
    CHECK(answer == 0x12);
    line.unplug();
    for (int i = 0; i < 500 && std::filesystem::is_symlink(path); ++i) ::usleep(10'000);
    CHECK_FALSE(std::filesystem::is_symlink(path));
    ::close(file);
}
