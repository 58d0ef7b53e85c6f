// The simulated ID reader behind the real libusb, in this process and in another one.
#include <doctest/doctest.h>
#include <functional>
#include <thread>

#include "tests/stack/usb/child_process.hpp"
#include "tests/stack/usb/usb_host.hpp"
#include "tests/world/id_reader/reader_engine.hpp"
#include "tests/world/usb/umockdev_front.hpp"

using namespace liqu;
using namespace liqu::world;
using liqu::stack::ChildProcess;
using liqu::stack::UsbHost;

namespace {

constexpr std::uint16_t readerVendor = 0x0400;

Bytes hex(std::string_view text) {
    return fromHex(text).value();
}
const Bytes findCommand = hex("AAAAAA96690003200122");
const Bytes selectCommand = hex("AAAAAA96690003200221");
const Bytes readCommand = hex("AAAAAA96690003300132");

Bytes exchange(UsbHost& host, const Bytes& command) {
    const auto split = command.begin() + 7;
    Bytes head;
    Bytes body;
    CHECK(host.write(0x02, Bytes(command.begin(), split), 500) == 0);
    CHECK(host.write(0x06, Bytes(split, command.end()), 500) == 0);
    CHECK(host.read(0x81, head, 64, 2000) == 0);
    CHECK(host.read(0x85, body, 4096, 2000) == 0);
    head.insert(head.end(), body.begin(), body.end());
    return head;
}

// The front follows cables on its own thread: ask until it has.
bool becomes(UsbHost& host, const std::function<bool()>& condition) {
    for (int i = 0; i < 500; ++i) {
        if (condition()) return true;
        host.handleEvents(10);
    }
    return false;
}

struct World {
    World() : engine(ReaderSettings{}, nullptr, nullptr), front(UmockdevFront::create().value()) {
        front->publish(engine);
    }
    ReaderEngine engine;
    std::unique_ptr<UmockdevFront> front;
};

}  // namespace

TEST_CASE("libusb reads a document from the simulated reader") {
    World world;
    world.engine.layDown(documents::resident());
    UsbHost host;
    REQUIRE(host.open(readerVendor) == 0);
    CHECK(exchange(host, findCommand).at(9) == 0x9F);
    CHECK(exchange(host, selectCommand).at(9) == 0x90);
    CHECK(exchange(host, readCommand).size() == 1295);
    Bytes nothing;
    CHECK(host.read(0x81, nothing, 64, 50) == LIBUSB_ERROR_TIMEOUT);
    CHECK(host.write(0x04, findCommand, 200) == LIBUSB_ERROR_PIPE);
}

TEST_CASE("a cable pulled during a transfer, and put back") {
    World world;
    UsbHost host;
    REQUIRE(host.open(readerVendor) == 0);
    std::jthread hand([&world] { world.engine.unplug(); });
    Bytes nothing;
    CHECK(host.read(0x81, nothing, 64, 5000) == LIBUSB_ERROR_NO_DEVICE);
    CHECK(host.write(0x02, findCommand, 500) == LIBUSB_ERROR_NO_DEVICE);
    host.close();
    CHECK(becomes(host, [&host] { return host.countOf(readerVendor) == 0; }));
    world.engine.plugIn();
    CHECK(becomes(host, [&host] { return host.countOf(readerVendor) == 1; }));
    CHECK(host.open(readerVendor) == 0);
    CHECK(exchange(host, findCommand).at(9) == 0x80);
}

TEST_CASE("a claim of another process holds until that process is killed") {
    World world;
    ChildProcess other({LIQU_OTHER_PROCESS, "0400"});
    CHECK(other.readLine() == "claimed");
    UsbHost host;
    CHECK(host.open(readerVendor) == LIBUSB_ERROR_BUSY);
    host.close();
    other.kill();
    REQUIRE(becomes(host, [&host] {
        const bool opened = host.open(readerVendor) == 0;
        if (!opened) host.close();
        return opened;
    }));
    CHECK(exchange(host, findCommand).at(9) == 0x80);
}

TEST_CASE("a kernel driver that cannot be detached") {
    World world;
    world.front->setObstacle(world.engine, UsbObstacle::heldByDriver);
    UsbHost host;
    CHECK(host.open(readerVendor) == LIBUSB_ERROR_BUSY);
    host.close();
    world.front->setObstacle(world.engine, UsbObstacle::none);
    CHECK(host.open(readerVendor) == 0);
}
