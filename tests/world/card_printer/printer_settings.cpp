#include "tests/world/card_printer/printer_settings.hpp"

namespace liqu::world {

using std::chrono::milliseconds;

PrinterTimings PrinterTimings::desktop225() {
    PrinterTimings timings;
    timings.feed = milliseconds(2000);
    timings.sync = milliseconds(400);
    timings.colour = milliseconds(2600);
    timings.black = milliseconds(1900);
    timings.overlay = milliseconds(1500);
    timings.back = milliseconds(400);
    timings.eject = milliseconds(800);
    return timings;
}

PrinterTimings PrinterTimings::kiosk() {
    PrinterTimings timings;
    timings.feed = milliseconds(3000);
    timings.colour = milliseconds(3600);
    timings.black = milliseconds(2400);
    timings.overlay = milliseconds(2000);
    timings.back = milliseconds(250);
    timings.eject = milliseconds(1800);
    return timings;
}

PrinterTimings PrinterTimings::scaled(double speed) const {
    PrinterTimings timings = *this;
    for (Duration* one :
         {&timings.feed, &timings.sync, &timings.toChip, &timings.fromChip, &timings.chipSettle,
          &timings.colour, &timings.black, &timings.overlay, &timings.back, &timings.eject,
          &timings.discard, &timings.takeBack, &timings.misfeedTry, &timings.emptyFeederWait,
          &timings.reset, &timings.cleaning}) {
        *one = std::chrono::duration_cast<Duration>(*one / speed);
    }
    return timings;
}

}  // namespace liqu::world
