// Simulated devices behind the interface the drivers use, without libusb: for tests in virtual
// time and for measuring without a bus in between. A blocking call moves the clock to the next
// event of the world, or to its deadline. Thread-safe as far as clock and engines are.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "drivers/transport/usb.hpp"
#include "tests/world/usb_engine.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::world {

// What keeps a driver from opening a device.
enum class UsbObstacle : std::uint8_t { none, noPermission, heldByDriver, heldByProcess };

class InProcessBus final : public drivers::UsbBus {
  public:
    // In virtual time; the engines must be listeners of the clock (see addTo).
    explicit InProcessBus(VirtualClock& clock);
    // In real time.
    explicit InProcessBus(SystemClock& clock);

    // The engine outlives the bus.
    void attach(std::string path, UsbEngine& engine);
    void setObstacle(const std::string& path, UsbObstacle obstacle);

    drivers::UsbResult<std::vector<drivers::UsbDeviceInfo>> list() override;
    drivers::UsbResult<std::unique_ptr<drivers::UsbDevice>> open(
        const drivers::UsbDeviceInfo& device, std::uint8_t interfaceNumber) override;

  private:
    struct Port {
        UsbEngine* engine = nullptr;
        UsbObstacle obstacle = UsbObstacle::none;
    };
    Clock& clock_;
    std::function<void(UsbEngine&, Instant)> pause_;
    std::mutex mutex_;
    std::map<std::string, Port> ports_;
};

// Puts an engine on a virtual clock.
void addTo(VirtualClock& clock, UsbEngine& engine);

}  // namespace liqu::world
