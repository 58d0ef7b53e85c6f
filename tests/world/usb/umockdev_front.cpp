#include "tests/world/usb/umockdev_front.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <umockdev.h>

namespace liqu::world {
namespace {

constexpr Duration tick = std::chrono::milliseconds(2);

std::string sysfsPath(int port) {
    return fmt::format("/devices/pci0000:00/0000:00:14.0/usb1/1-{}", port);
}

std::string entryOf(const UsbEngine& engine, int port, int address) {
    const Bytes descriptors = engine.descriptors();
    const DeviceShape shape = shapeOf(descriptors);
    const std::string node = fmt::format("bus/usb/001/{:03}", address);
    std::string entry = fmt::format("P: {}\nN: {}\n", sysfsPath(port), node);
    entry += "E: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\n";
    entry += fmt::format("E: DEVNAME=/dev/{}\nE: BUSNUM=001\nE: DEVNUM={:03}\n", node, address);
    entry +=
        fmt::format("E: PRODUCT={:x}/{:x}/{:x}\n", shape.vendorId, shape.productId, shape.release);
    entry += fmt::format("A: busnum=1\\n\nA: devnum={}\\n\nA: speed=12\\n\n", address);
    entry += "A: bConfigurationValue=1\\n\nA: bNumConfigurations=1\\n\n";
    entry += fmt::format("A: idVendor={:04x}\\n\nA: idProduct={:04x}\\n\n", shape.vendorId,
                         shape.productId);
    const std::string serial = engine.serialNumber();
    if (!serial.empty()) entry += fmt::format("A: serial={}\\n\n", serial);
    return entry + "H: descriptors=" + toHex(descriptors) + "\n\n";
}

}  // namespace

Result<std::unique_ptr<UmockdevFront>> UmockdevFront::create() {
    // The library's own question answers yes only once a testbed exists.
    const char* preload = getenv("LD_PRELOAD");
    if (preload == nullptr || strstr(preload, "umockdev") == nullptr) {
        return fail(ErrorCode::fileNotReadable, "not started under umockdev-wrapper");
    }
    return std::unique_ptr<UmockdevFront>(new UmockdevFront(umockdev_testbed_new()));
}

UmockdevFront::UmockdevFront(UMockdevTestbed* testbed)
    : testbed_(testbed), ticker_([this](const std::stop_token& stop) { run(stop); }) {}

UmockdevFront::~UmockdevFront() {
    ticker_.request_stop();
    ticker_.join();
    for (Port& port : ports_) {
        if (port.node != nullptr) unplug(port);
    }
    g_object_unref(testbed_);
}

void UmockdevFront::publish(UsbEngine& engine) {
    const std::lock_guard lock(mutex_);
    Port port;
    port.engine = &engine;
    port.number = static_cast<int>(ports_.size()) + 1;
    ports_.push_back(port);
    followCable(ports_.back());
}

void UmockdevFront::setObstacle(const UsbEngine& engine, UsbObstacle obstacle) {
    const std::lock_guard lock(mutex_);
    for (Port& port : ports_) {
        if (port.engine != &engine) continue;
        port.obstacle = obstacle;
        if (port.node != nullptr) {
            port.node->setObstacle(obstacle);
            const mode_t mode = obstacle == UsbObstacle::noPermission ? 0 : 0666;
            chmod((rootFolder() + port.nodePath).c_str(), mode);
        }
    }
}

void UmockdevFront::hostDied() {
    const std::lock_guard lock(mutex_);
    for (Port& port : ports_) {
        if (port.node != nullptr) port.node->hostDied();
    }
}

std::string UmockdevFront::rootFolder() const {
    gchar* folder = umockdev_testbed_get_root_dir(testbed_);
    std::string path(folder);
    g_free(folder);
    return path;
}

void UmockdevFront::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        {
            const std::lock_guard lock(mutex_);
            for (Port& port : ports_) {
                port.engine->advance(clock_.now());
                followCable(port);
            }
        }
        clock_.sleepFor(tick);
    }
}

void UmockdevFront::followCable(Port& port) {
    const bool plugged = port.engine->plugged();
    if (plugged && port.node == nullptr) plugIn(port);
    if (!plugged && port.node != nullptr) unplug(port);
}

void UmockdevFront::plugIn(Port& port) {
    const int address = nextAddress_++;
    port.nodePath = fmt::format("/dev/bus/usb/001/{:03}", address);
    auto node = std::make_unique<UsbfsNode>(*port.engine);
    node->setObstacle(port.obstacle);
    // The entry's uevent tells hosts at once: by then the node must be able to answer.
    umockdev_testbed_attach_ioctl(testbed_, port.nodePath.c_str(), node->handler(), nullptr);
    const std::string entry = entryOf(*port.engine, port.number, address);
    umockdev_testbed_add_from_string(testbed_, entry.c_str(), nullptr);
    port.node = node.get();
    nodes_.push_back(std::move(node));
}

// The handler stays attached: whoever still has the node open must be told that it is gone.
void UmockdevFront::unplug(Port& port) {
    port.node->remove();
    port.node = nullptr;
    const std::string path = "/sys" + sysfsPath(port.number);
    umockdev_testbed_uevent(testbed_, path.c_str(), "remove");
    umockdev_testbed_remove_device(testbed_, path.c_str());
}

}  // namespace liqu::world
