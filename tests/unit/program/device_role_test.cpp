#include "program/device_role.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "firmware/base/bytes.hpp"
#include "firmware/base/whole_file.hpp"

using namespace liqu;
using namespace liqu::program;

namespace {

void checkRole(const drivers::UsbProduct& product, std::string_view role,
               const std::string& rules) {
    CHECK(roleOf({"1-1", product.vendor, product.product, {}}) == role);
    const std::string rule =
        fmt::format(R"(ATTR{{idVendor}}=="{:04x}", ATTR{{idProduct}}=="{:04x}")", product.vendor,
                    product.product);
    CAPTURE(rule);
    CHECK(rules.find(rule) != std::string::npos);
}

}  // namespace

TEST_CASE("every device the drivers know has a role and a rule of udev") {
    const std::string rules =
        textOf(readWholeFile(LIQU_SOURCE_DIR "/kiosk-config/udev/70-liqu.rules").value());
    for (const drivers::UsbProduct& reader : drivers::usbIdReaders) {
        checkRole(reader, "ID-card reader", rules);
    }
    for (const drivers::UsbProduct& printer : drivers::usbSlipPrinters) {
        checkRole(printer, "slip printer", rules);
    }
    CHECK(roleOf({"1-1", drivers::evolisVendor, 0x0A00, {}}) == "card printer");
    CHECK(rules.find(fmt::format(R"(ATTR{{idVendor}}=="{:04x}")", drivers::evolisVendor)) !=
          std::string::npos);
    CHECK(roleOf({"1-1", 0x0316, 0xC35A, {}}).empty());
    CHECK(roleOf({"1-1", 0x1D6B, 0x0002, {}}).empty());
}
