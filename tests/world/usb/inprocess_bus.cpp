#include "tests/world/usb/inprocess_bus.hpp"

#include <algorithm>

#include "tests/world/usb/in_transfer.hpp"
#include "tests/world/usb/usb_shape.hpp"

namespace liqu::world {
namespace {

using drivers::UsbDevice;
using drivers::UsbDeviceInfo;
using drivers::UsbError;
using drivers::UsbFailure;
using drivers::UsbResult;
using Pause = std::function<void(UsbEngine&, Instant)>;

tl::unexpected<UsbFailure> failed(UsbError error, std::string cause, std::size_t transferred = 0) {
    return tl::unexpected<UsbFailure>(UsbFailure{error, transferred, std::move(cause)});
}

tl::unexpected<UsbFailure> failed(UsbOutcome outcome, std::size_t transferred) {
    switch (outcome) {
        case UsbOutcome::stall:
            return failed(UsbError::stalled, "endpoint halted", transferred);
        case UsbOutcome::gone:
            return failed(UsbError::unplugged, "device is gone", transferred);
        case UsbOutcome::babble:
            return failed(UsbError::failed, "packet too large", transferred);
        default:
            return failed(UsbError::timedOut, "device does not answer", transferred);
    }
}

class OpenDevice final : public UsbDevice {
  public:
    OpenDevice(UsbEngine& engine, Clock& clock, Pause pause)
        : engine_(engine),
          clock_(clock),
          pause_(std::move(pause)),
          shape_(shapeOf(engine.descriptors())) {}

    UsbResult<void> write(std::uint8_t endpoint, ByteView data, Duration patience) override;
    UsbResult<Bytes> read(std::uint8_t endpoint, std::size_t most, Duration patience) override;
    UsbResult<Bytes> controlIn(std::uint8_t requestType, std::uint8_t request, std::uint16_t value,
                               std::uint16_t index, std::uint16_t length,
                               Duration patience) override;
    UsbResult<void> controlOut(std::uint8_t requestType, std::uint8_t request, std::uint16_t value,
                               std::uint16_t index, ByteView data, Duration patience) override;
    UsbResult<void> clearHalt(std::uint8_t endpoint) override;

  private:
    UsbResult<Bytes> control(const UsbSetup& setup, ByteView data, Duration patience);
    // Waits for the next event; false when the deadline has come.
    bool waitBefore(Instant deadline);

    UsbEngine& engine_;
    Clock& clock_;
    Pause pause_;
    DeviceShape shape_;
};

bool OpenDevice::waitBefore(Instant deadline) {
    if (clock_.now() >= deadline) return false;
    pause_(engine_, deadline);
    return true;
}

UsbResult<void> OpenDevice::write(std::uint8_t endpoint, ByteView data, Duration patience) {
    const Instant deadline = clock_.now() + patience;
    std::size_t sent = 0;
    while (true) {
        engine_.advance(clock_.now());
        const UsbTransfer part = engine_.out(endpoint, data.subspan(sent), clock_.now());
        sent += part.accepted;
        const bool mayGoOn = part.outcome == UsbOutcome::done || part.outcome == UsbOutcome::notYet;
        if (!mayGoOn) return failed(part.outcome, sent);
        if (sent == data.size()) return {};
        if (part.accepted == 0 && !waitBefore(deadline)) return failed(UsbOutcome::notYet, sent);
    }
}

UsbResult<Bytes> OpenDevice::read(std::uint8_t endpoint, std::size_t most, Duration patience) {
    const Instant deadline = clock_.now() + patience;
    std::size_t maxPacketSize = 64;
    for (const EndpointShape& one : shape_.endpoints) {
        if (one.address == endpoint) maxPacketSize = one.maxPacketSize;
    }
    InTransfer transfer(endpoint, maxPacketSize, most);
    while (true) {
        engine_.advance(clock_.now());
        const UsbOutcome outcome = transfer.poll(engine_, clock_.now());
        if (outcome == UsbOutcome::done) return transfer.data();
        if (outcome != UsbOutcome::notYet) return failed(outcome, transfer.data().size());
        if (waitBefore(deadline)) continue;
        // As libusb does: what came before the time was over is not thrown away.
        if (!transfer.data().empty()) return transfer.data();
        return failed(UsbOutcome::notYet, 0);
    }
}

UsbResult<Bytes> OpenDevice::control(const UsbSetup& setup, ByteView data, Duration patience) {
    const Instant deadline = clock_.now() + patience;
    while (true) {
        engine_.advance(clock_.now());
        const UsbTransfer answer = engine_.control(setup, data, clock_.now());
        if (answer.outcome == UsbOutcome::done) return answer.data;
        if (answer.outcome != UsbOutcome::notYet) return failed(answer.outcome, 0);
        if (!waitBefore(deadline)) return failed(UsbOutcome::notYet, 0);
    }
}

UsbResult<Bytes> OpenDevice::controlIn(std::uint8_t requestType, std::uint8_t request,
                                       std::uint16_t value, std::uint16_t index,
                                       std::uint16_t length, Duration patience) {
    return control({requestType, request, value, index, length}, {}, patience);
}

UsbResult<void> OpenDevice::controlOut(std::uint8_t requestType, std::uint8_t request,
                                       std::uint16_t value, std::uint16_t index, ByteView data,
                                       Duration patience) {
    const auto length = static_cast<std::uint16_t>(data.size());
    const auto answer = control({requestType, request, value, index, length}, data, patience);
    if (!answer) return tl::unexpected<UsbFailure>(answer.error());
    return {};
}

UsbResult<void> OpenDevice::clearHalt(std::uint8_t endpoint) {
    const UsbSetup setup = clearHaltRequest(endpoint);
    return controlOut(setup.requestType, setup.request, setup.value, setup.index, {},
                      std::chrono::seconds(1));
}

UsbDeviceInfo infoOf(const std::string& path, const UsbEngine& engine) {
    const DeviceShape shape = shapeOf(engine.descriptors());
    drivers::UsbInterface interface;
    interface.classCode = shape.interfaceClass;
    for (const EndpointShape& endpoint : shape.endpoints) {
        using drivers::UsbTransferType;
        const auto type =
            endpoint.attributes == 3 ? UsbTransferType::interrupt : UsbTransferType::bulk;
        interface.endpoints.push_back({endpoint.address, type, endpoint.maxPacketSize});
    }
    return {path, shape.vendorId, shape.productId, {std::move(interface)}};
}

}  // namespace

InProcessBus::InProcessBus(VirtualClock& clock)
    : clock_(clock), pause_([&clock](UsbEngine& engine, Instant deadline) {
          Instant until = deadline;
          for (const auto& event : {clock.nextEvent(), engine.nextEvent()}) {
              if (event && *event > clock.now()) until = std::min(until, *event);
          }
          clock.sleepUntil(until);
      }) {}

InProcessBus::InProcessBus(SystemClock& clock)
    : clock_(clock), pause_([&clock](UsbEngine& engine, Instant deadline) {
          // A hand on another thread may change the device at any moment.
          const Instant now = clock.now();
          Instant until = std::min(deadline, now + std::chrono::milliseconds(1));
          const auto event = engine.nextEvent();
          if (event && *event > now) until = std::min(until, *event);
          clock.sleepUntil(until);
      }) {}

void InProcessBus::attach(std::string path, UsbEngine& engine) {
    const std::lock_guard lock(mutex_);
    ports_[std::move(path)] = {&engine, UsbObstacle::none};
}

void InProcessBus::setObstacle(const std::string& path, UsbObstacle obstacle) {
    const std::lock_guard lock(mutex_);
    ports_.at(path).obstacle = obstacle;
}

UsbResult<std::vector<UsbDeviceInfo>> InProcessBus::list() {
    const std::lock_guard lock(mutex_);
    std::vector<UsbDeviceInfo> devices;
    for (const auto& [path, port] : ports_) {
        if (port.engine->plugged()) devices.push_back(infoOf(path, *port.engine));
    }
    return devices;
}

UsbResult<std::unique_ptr<UsbDevice>> InProcessBus::open(const UsbDeviceInfo& device,
                                                         std::uint8_t interfaceNumber) {
    const std::lock_guard lock(mutex_);
    const auto found = ports_.find(device.path);
    if (found == ports_.end() || !found->second.engine->plugged()) {
        return failed(UsbError::notFound, "no device at " + device.path);
    }
    switch (found->second.obstacle) {
        case UsbObstacle::noPermission:
            return failed(UsbError::noPermission, "access denied");
        case UsbObstacle::heldByDriver:
            return failed(UsbError::heldByDriver, "usblp holds it");
        case UsbObstacle::heldByProcess:
            return failed(UsbError::heldByProcess, "already claimed");
        case UsbObstacle::none:
            break;
    }
    if (interfaceNumber != 0) return failed(UsbError::notFound, "no such interface");
    return std::make_unique<OpenDevice>(*found->second.engine, clock_, pause_);
}

void addTo(VirtualClock& clock, UsbEngine& engine) {
    clock.add({[&engine](Instant now) { engine.advance(now); },
               [&engine] { return engine.nextEvent(); }});
}

}  // namespace liqu::world
