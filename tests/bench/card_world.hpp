// One kiosk in real time, for one card: the real issuance, books, keys and drivers over the
// simulated outside in the same process, without libusb, pcscd and HTTPS in between. It writes down
// when chip and province were at work; the printer keeps its own timeline.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "tests/world/card_printer/printer_machine.hpp"
#include "tests/world/evidence/busy_times.hpp"

namespace liqu::bench {

struct CardRecord {
    bool handedOver = false;
    std::string trouble;  // why not
    Instant begin;        // the person has agreed
    Instant atMouth;      // the card has come out
    Instant announced;    // the screen says so; later where the printer answers nothing till then
    std::vector<world::MechanicalStep> mechanics;
    std::vector<world::PanelGap> gaps;
    std::vector<world::BusyTime> busy;
    std::vector<world::BusyTime> listening;  // to the printer
    // Parts of the software's own time.
    Duration face{};
    Duration signatures{};
    Duration commits{};
};

// desktop225 mechanics, two panel buffers. A rate holds the printer's OUT pipe back.
CardRecord makeOneCard(std::optional<double> bytesPerSecond);

}  // namespace liqu::bench
