#include "tests/unit/id_reader/fake_usb_bus.hpp"

#include <algorithm>

namespace liqu::test {

using namespace drivers;

namespace {

constexpr std::size_t packetSize = 64;
constexpr std::size_t headSize = 7;

UsbFailure failed(UsbError error) {
    return UsbFailure{error, 0, "scripted"};
}

}  // namespace

class FakeUsbBus::Device final : public UsbDevice {
  public:
    explicit Device(FakeUsbBus& bus) : bus_(bus) {}
    UsbResult<void> write(std::uint8_t endpoint, ByteView data, Duration) override {
        return bus_.write(endpoint, data);
    }
    UsbResult<Bytes> read(std::uint8_t endpoint, std::size_t most, Duration patience) override {
        return bus_.read(endpoint, most, patience);
    }
    UsbResult<Bytes> controlIn(std::uint8_t, std::uint8_t, std::uint16_t, std::uint16_t,
                               std::uint16_t, Duration) override {
        return tl::unexpected(failed(UsbError::stalled));
    }
    UsbResult<void> controlOut(std::uint8_t, std::uint8_t, std::uint16_t, std::uint16_t, ByteView,
                               Duration) override {
        return tl::unexpected(failed(UsbError::stalled));
    }
    UsbResult<void> clearHalt(std::uint8_t) override {
        ++bus_.halts;
        return {};
    }

  private:
    FakeUsbBus& bus_;
};

void FakeUsbBus::schedule(std::uint8_t endpoint, ByteView bytes, Duration after) {
    std::deque<Packet>& pipe = pipes_[endpoint];
    const Instant ready = clock_.now() + after;
    for (std::size_t at = 0; at < bytes.size(); at += packetSize) {
        const ByteView part = bytes.subspan(at, std::min(packetSize, bytes.size() - at));
        pipe.push_back({ready, Bytes(part.begin(), part.end())});
    }
    if (zeroLengthPackets && bytes.size() % packetSize == 0) pipe.push_back({ready, {}});
}

void FakeUsbBus::answer(ByteView frame, Duration after) {
    if (flavour_ != Flavour::fourPipes) return schedule(0x81, frame, after);
    schedule(0x81, frame.first(headSize), after);
    schedule(0x85, frame.subspan(headSize), after);
}

void FakeUsbBus::raw(ByteView bytes, Duration after) {
    schedule(0x81, bytes, after);
}

UsbResult<std::vector<UsbDeviceInfo>> FakeUsbBus::list() {
    UsbDeviceInfo other{"1-1", 0x0F49, 0x0A00, {{0, 7, {{0x01}, {0x82}}}}};
    if (!plugged) return std::vector{other};
    UsbInterface interface;
    interface.classCode = 255;
    if (flavour_ == Flavour::fourPipes) {
        for (const std::uint8_t address : Bytes{0x81, 0x02, 0x85, 0x06}) {
            interface.endpoints.push_back({address, UsbTransferType::bulk, packetSize});
        }
    } else {
        const auto type =
            flavour_ == Flavour::onePair ? UsbTransferType::bulk : UsbTransferType::interrupt;
        interface.endpoints = {{0x81, type, packetSize}, {0x01, type, packetSize}};
    }
    return std::vector{other, UsbDeviceInfo{"1-2", 0x0400, 0xC35A, {interface}}};
}

UsbResult<std::unique_ptr<UsbDevice>> FakeUsbBus::open(const UsbDeviceInfo& device, std::uint8_t) {
    if (openError) return tl::unexpected(failed(*openError));
    if (!plugged || device.vendorId != 0x0400) return tl::unexpected(failed(UsbError::notFound));
    ++opened;
    return std::make_unique<Device>(*this);
}

std::optional<UsbFailure> FakeUsbBus::failure() {
    if (!plugged) return failed(UsbError::unplugged);
    const int number = transfers_++;
    if (!failAt || failAt->first != number) return std::nullopt;
    if (failAt->second == UsbError::unplugged) {
        plugged = false;
        pipes_.clear();
        pending_.clear();
    }
    return failed(failAt->second);
}

UsbResult<void> FakeUsbBus::write(std::uint8_t endpoint, ByteView data) {
    if (const auto bad = failure()) return tl::unexpected(*bad);
    const bool head = endpoint == 0x02 && flavour_ == Flavour::fourPipes;
    if (head) pending_.clear();
    pending_.insert(pending_.end(), data.begin(), data.end());
    if (head && data.size() == headSize) return {};
    requests.push_back(pending_);
    pending_.clear();
    if (onRequest) onRequest(*this, requests.back());
    return {};
}

UsbResult<Bytes> FakeUsbBus::read(std::uint8_t endpoint, std::size_t most, Duration patience) {
    if (const auto bad = failure()) return tl::unexpected(*bad);
    std::deque<Packet>& pipe = pipes_[endpoint];
    const Instant deadline = clock_.now() + patience;
    Bytes got;
    while (got.size() < most) {
        if (pipe.empty() || pipe.front().ready > deadline) {
            clock_.sleepUntil(deadline);
            if (got.empty()) return tl::unexpected(failed(UsbError::timedOut));
            return got;
        }
        if (pipe.front().ready > clock_.now()) clock_.sleepUntil(pipe.front().ready);
        const Bytes packet = pipe.front().bytes;
        pipe.pop_front();
        if (got.size() + packet.size() > most) return tl::unexpected(failed(UsbError::failed));
        got.insert(got.end(), packet.begin(), packet.end());
        if (packet.size() < packetSize) break;
    }
    return got;
}

}  // namespace liqu::test
