// A USB bus on which every device is there twice: the second one at place "9-9".
#pragma once

#include "drivers/transport/usb.hpp"

namespace liqu::test {

class TwoOfAKind final : public drivers::UsbBus {
  public:
    explicit TwoOfAKind(drivers::UsbBus& one) : one_(one) {}

    drivers::UsbResult<std::vector<drivers::UsbDeviceInfo>> list() override {
        auto devices = one_.list();
        if (!devices) return devices;
        const std::size_t count = devices->size();
        for (std::size_t i = 0; i < count; ++i) {
            drivers::UsbDeviceInfo other = (*devices)[i];
            other.path = "9-9";
            devices->push_back(std::move(other));
        }
        return devices;
    }
    drivers::UsbResult<std::unique_ptr<drivers::UsbDevice>> open(
        const drivers::UsbDeviceInfo& device, std::uint8_t interfaceNumber) override {
        opened.push_back(device.path);
        return one_.open(device, interfaceNumber);
    }

    std::vector<std::string> opened;

  private:
    drivers::UsbBus& one_;
};

}  // namespace liqu::test
