// Whose card printer a machine has, as kiosk.toml names it.
#pragma once

#include <cstdint>

#include "firmware/base/words.hpp"

namespace liqu::ports {

enum class PrinterDriver : std::uint8_t {
#define LIQU_CARD_PRINTER(word) word,
#include "firmware/ports/card_printer_drivers.def"
#undef LIQU_CARD_PRINTER
};
constexpr auto wordsOf(PrinterDriver) {
#define LIQU_CARD_PRINTER(word) {PrinterDriver::word, #word},
    return words<PrinterDriver>({
#include "firmware/ports/card_printer_drivers.def"
    });
#undef LIQU_CARD_PRINTER
}

}  // namespace liqu::ports
