// The in-process front of the chip station: the kiosk's chip reader without pcscd, on any Clock.
// Sleeping on a virtual clock lets the world go on, so a card may be moved in the middle of a
// command. One thread at a time, as the port says.
#pragma once

#include "firmware/base/clock.hpp"
#include "firmware/ports/chip_reader.hpp"
#include "tests/world/chip/chip_station.hpp"

namespace liqu::world {

struct ChipTiming {
    Duration settle = std::chrono::milliseconds(300);  // from arrival to contact
    Duration powerUp = std::chrono::milliseconds(60);
    Duration perCommand = std::chrono::milliseconds(15);
    Duration perUpdate = std::chrono::milliseconds(30);  // UPDATE RECORD and UPDATE BINARY
    Duration watchdog = std::chrono::seconds(10);        // then a mute card counts as a hung reader
};

class StationChipReader final : public ports::ChipReader {
  public:
    StationChipReader(ChipStation& station, Clock& clock, ChipTiming timing = {})
        : station_(station), clock_(clock), timing_(timing) {}

    Result<void> selfTest() override { return {}; }
    Result<Bytes> powerOn(Duration patience) override;
    Result<Bytes> coldReset() override;
    Result<Bytes> transmit(ByteView command) override;
    void powerOff() override;

  private:
    ChipStation& station_;
    Clock& clock_;
    ChipTiming timing_;
    ChipStation::Occupant connected_;
    bool wasReset_ = false;
};

}  // namespace liqu::world
