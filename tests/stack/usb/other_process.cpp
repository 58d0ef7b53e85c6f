// A host in a process of its own: claims the device with the given vendor number, says so, and
// holds it until it is told to end (a line on its input) or is killed.
#include <cstdio>
#include <cstdlib>

#include "tests/stack/usb/usb_host.hpp"

int main(int count, char** arguments) {
    if (count != 2) return 2;
    liqu::stack::UsbHost host;
    const int result =
        host.open(static_cast<std::uint16_t>(std::strtoul(arguments[1], nullptr, 16)));
    std::printf("%s\n", result == 0 ? "claimed" : libusb_error_name(result));
    std::fflush(stdout);
    std::getchar();
    return result == 0 ? 0 : 1;
}
