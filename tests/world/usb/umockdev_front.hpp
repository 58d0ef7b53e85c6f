// Simulated devices in front of the real libusb: each is a node under /dev/bus/usb of an umockdev
// testbed, with its entry in sysfs and its uevents. Whoever uses this, and every child process
// started from it, must run under umockdev-wrapper and keep the environment. One testbed per
// process; real time.
//
// It runs two threads: umockdev's own, which serves the ioctls, and one that lets time pass for
// the devices and tells the host about cables pulled and plugged. Methods are thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "firmware/base/result.hpp"
#include "tests/world/usb/usbfs_node.hpp"

typedef struct _UMockdevTestbed UMockdevTestbed;

namespace liqu::world {

class UmockdevFront {
  public:
    // Fails where the process does not run under umockdev-wrapper.
    static Result<std::unique_ptr<UmockdevFront>> create();
    ~UmockdevFront();

    // Shows the device on a port of bus 1, from now on as long as it is plugged. The engine
    // outlives the front.
    void publish(UsbEngine& engine);
    void setObstacle(const UsbEngine& engine, UsbObstacle obstacle);
    // Where a killed process is not seen to be gone at once: says that it is.
    void hostDied();
    // Where the testbed keeps its files, e.g. for tests of permissions.
    std::string rootFolder() const;

  private:
    struct Port {
        UsbEngine* engine = nullptr;
        int number = 0;
        UsbObstacle obstacle = UsbObstacle::none;
        UsbfsNode* node = nullptr;  // null while nothing is plugged in
        std::string nodePath;
    };

    explicit UmockdevFront(UMockdevTestbed* testbed);
    void run(const std::stop_token& stop);
    void followCable(Port& port);
    void plugIn(Port& port);
    void unplug(Port& port);

    UMockdevTestbed* testbed_;
    SystemClock clock_;
    std::mutex mutex_;
    std::vector<Port> ports_;
    int nextAddress_ = 2;
    // Nodes stay until the end: a host may still hold a file of a device that is gone.
    std::vector<std::unique_ptr<UsbfsNode>> nodes_;
    std::jthread ticker_;
};

}  // namespace liqu::world
