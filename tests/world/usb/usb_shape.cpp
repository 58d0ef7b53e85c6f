#include "tests/world/usb/usb_shape.hpp"

#include <algorithm>

#include "firmware/base/encoding.hpp"

namespace liqu::world {
namespace {

constexpr std::size_t deviceLength = 18;
constexpr std::size_t configurationLength = 9;
constexpr std::size_t interfaceLength = 9;
constexpr std::size_t endpointLength = 7;

std::uint8_t low(std::uint16_t value) {
    return static_cast<std::uint8_t>(value & 0xFF);
}
std::uint8_t high(std::uint16_t value) {
    return static_cast<std::uint8_t>(value >> 8);
}

std::uint16_t wordAt(ByteView bytes, std::size_t at) {
    return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8);
}

Bytes stringDescriptor(const DeviceShape& shape, std::uint8_t index) {
    if (index == 0) return {4, 3, 0x09, 0x04};
    const std::string* text = nullptr;
    if (index == 1) text = &shape.manufacturer;
    if (index == 2) text = &shape.product;
    if (index == 3 && !shape.serial.empty()) text = &shape.serial;
    if (text == nullptr) return {};
    const Bytes units = utf16leFromUtf8(*text).value_or(Bytes{});
    Bytes descriptor{static_cast<std::uint8_t>(units.size() + 2), 3};
    descriptor.insert(descriptor.end(), units.begin(), units.end());
    return descriptor;
}

UsbTransfer given(Bytes data, std::uint16_t most) {
    UsbTransfer transfer;
    transfer.outcome = data.empty() ? UsbOutcome::stall : UsbOutcome::done;
    data.resize(std::min<std::size_t>(data.size(), most));
    transfer.data = std::move(data);
    return transfer;
}

UsbTransfer descriptor(const DeviceShape& shape, const UsbSetup& setup) {
    const Bytes all = descriptorsOf(shape);
    const auto split = all.begin() + static_cast<std::ptrdiff_t>(deviceLength);
    switch (setup.value >> 8) {
        case 1:
            return given(Bytes(all.begin(), split), setup.length);
        case 2:
            return given(Bytes(split, all.end()), setup.length);
        case 3:
            return given(stringDescriptor(shape, low(setup.value)), setup.length);
        default:
            return given({}, setup.length);
    }
}

}  // namespace

Bytes descriptorsOf(const DeviceShape& shape) {
    const std::size_t total =
        configurationLength + interfaceLength + endpointLength * shape.endpoints.size();
    const std::uint8_t serialIndex = shape.serial.empty() ? 0 : 3;
    Bytes bytes{18,
                1,
                0x00,
                0x02,
                0,
                0,
                0,
                64,
                low(shape.vendorId),
                high(shape.vendorId),
                low(shape.productId),
                high(shape.productId),
                low(shape.release),
                high(shape.release),
                1,
                2,
                serialIndex,
                1};
    const Bytes configuration{9, 2, static_cast<std::uint8_t>(total), 0, 1, 1, 0, 0xC0, 50};
    const Bytes interface {
        9, 4, 0, 0, static_cast<std::uint8_t>(shape.endpoints.size()), shape.interfaceClass,
            shape.interfaceSubclass, shape.interfaceProtocol, 0
    };
    bytes.insert(bytes.end(), configuration.begin(), configuration.end());
    bytes.insert(bytes.end(), interface.begin(), interface.end());
    for (const EndpointShape& endpoint : shape.endpoints) {
        const std::uint8_t interval = endpoint.attributes == 3 ? 1 : 0;
        const Bytes one{7,
                        5,
                        endpoint.address,
                        endpoint.attributes,
                        low(endpoint.maxPacketSize),
                        high(endpoint.maxPacketSize),
                        interval};
        bytes.insert(bytes.end(), one.begin(), one.end());
    }
    return bytes;
}

DeviceShape shapeOf(ByteView descriptors) {
    DeviceShape shape;
    shape.vendorId = wordAt(descriptors, 8);
    shape.productId = wordAt(descriptors, 10);
    shape.release = wordAt(descriptors, 12);
    for (std::size_t at = deviceLength; at + 1 < descriptors.size(); at += descriptors[at]) {
        const std::uint8_t type = descriptors[at + 1];
        if (type == 4) {
            shape.interfaceClass = descriptors[at + 5];
            shape.interfaceSubclass = descriptors[at + 6];
            shape.interfaceProtocol = descriptors[at + 7];
        }
        if (type == 5) {
            shape.endpoints.push_back(
                {descriptors[at + 2], descriptors[at + 3], wordAt(descriptors, at + 4)});
        }
        if (descriptors[at] == 0) break;
    }
    return shape;
}

std::optional<UsbTransfer> answerStandardRequest(const DeviceShape& shape, const UsbSetup& setup) {
    const bool isStandard = (setup.requestType & 0x60) == 0;
    if (!isStandard) return std::nullopt;
    UsbTransfer accepted;
    accepted.outcome = UsbOutcome::done;
    switch (setup.request) {
        case 0:
            return given({0, 0}, setup.length);  // GET_STATUS
        case 6:
            return descriptor(shape, setup);  // GET_DESCRIPTOR
        case 8:
            return given({1}, setup.length);  // GET_CONFIGURATION
        case 10:
            return given({0}, setup.length);  // GET_INTERFACE
        case 9:
            return setup.value <= 1 ? accepted : UsbTransfer{UsbOutcome::stall, {}, 0};
        case 11:
            return setup.value == 0 ? accepted : UsbTransfer{UsbOutcome::stall, {}, 0};
        default:
            return std::nullopt;
    }
}

std::optional<std::uint8_t> clearedHalt(const UsbSetup& setup) {
    if (setup.requestType != 0x02 || setup.request != 1 || setup.value != 0) return std::nullopt;
    return low(setup.index);
}

UsbSetup clearHaltRequest(std::uint8_t endpoint) {
    return {0x02, 1, 0, endpoint, 0};
}

}  // namespace liqu::world
