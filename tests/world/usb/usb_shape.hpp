// What a simulated device says of itself: descriptors, strings, and the standard requests every
// device answers alike. Endpoint halts stay with the engine.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/world/usb_engine.hpp"

namespace liqu::world {

struct EndpointShape {
    std::uint8_t address = 0;
    std::uint8_t attributes = 2;  // 2 bulk, 3 interrupt
    std::uint16_t maxPacketSize = 64;
};

struct DeviceShape {
    std::uint16_t vendorId = 0;
    std::uint16_t productId = 0;
    std::uint16_t release = 0x0100;
    std::uint8_t interfaceClass = 0xFF;
    std::uint8_t interfaceSubclass = 0;
    std::uint8_t interfaceProtocol = 0;
    std::vector<EndpointShape> endpoints;
    std::string manufacturer;
    std::string product;
    std::string serial;  // empty: the device has none
};

// 18 bytes of device descriptor, then the configuration with its one interface.
Bytes descriptorsOf(const DeviceShape& shape);
// The shape read back from such bytes (without strings): what a front needs to know of an engine.
DeviceShape shapeOf(ByteView descriptors);

// The answer to a standard request of chapter 9, or none where the device must decide.
std::optional<UsbTransfer> answerStandardRequest(const DeviceShape& shape, const UsbSetup& setup);

// CLEAR_FEATURE(ENDPOINT_HALT): the endpoint it names.
std::optional<std::uint8_t> clearedHalt(const UsbSetup& setup);
UsbSetup clearHaltRequest(std::uint8_t endpoint);

}  // namespace liqu::world
