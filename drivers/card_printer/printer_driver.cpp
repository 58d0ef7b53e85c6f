#include "drivers/card_printer/printer_driver.hpp"

#include "firmware/base/assert.hpp"

namespace liqu::drivers {

const PrinterDriver& driverOf(ports::PrinterDriver maker) {
    switch (maker) {
#define LIQU_CARD_PRINTER(word)      \
    case ports::PrinterDriver::word: \
        return word##Driver();
#include "firmware/ports/card_printer_drivers.def"
#undef LIQU_CARD_PRINTER
    }
    LIQU_ASSERT(false);
}

}  // namespace liqu::drivers
