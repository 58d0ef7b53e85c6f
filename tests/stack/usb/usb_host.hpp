// A plain host on the real libusb, for the stack tests: no driver of the product in between.
#pragma once

#include <libusb.h>
#include <string>
#include <vector>

#include "firmware/base/bytes.hpp"

namespace liqu::stack {

class UsbHost {
  public:
    UsbHost();
    ~UsbHost();
    UsbHost(const UsbHost&) = delete;
    UsbHost& operator=(const UsbHost&) = delete;

    int countOf(std::uint16_t vendorId);
    // libusb's own result codes: 0 is success.
    int open(std::uint16_t vendorId);
    void close();
    int write(std::uint8_t endpoint, const Bytes& data, unsigned patienceMs, int* sent = nullptr);
    int read(std::uint8_t endpoint, Bytes& data, int most, unsigned patienceMs);
    int controlIn(std::uint8_t type, std::uint8_t request, Bytes& data, std::uint16_t most);
    int clearHalt(std::uint8_t endpoint) { return libusb_clear_halt(device_, endpoint); }
    // Lets libusb see the uevents that have come.
    void handleEvents(int milliseconds);

  private:
    libusb_context* context_ = nullptr;
    libusb_device_handle* device_ = nullptr;
};

}  // namespace liqu::stack
