// The motions between hopper, stations, mouth and bin (hardware-notes/card-printer.md, "Commands",
// "A card's way").
#pragma once

#include "drivers/card_printer/evolis/motion.hpp"
#include "firmware/ports/card_printer.hpp"

namespace liqu::drivers {

class CardMotions {
  public:
    CardMotions(MotionRunner& runner, Clock& clock)
        : runner_(runner), sensors_(runner.sensors()), profile_(runner.profile()), clock_(clock) {}

    // What the printer forgets at power-off.
    Result<void> applySettings();

    Result<void> feedToChip(ports::LaneNumber lane);
    Result<void> moveToChip();
    Result<void> takeBack();
    Result<void> discard();
    Result<void> clean();
    // Srs, a rest, and Rok until it answers; applySettings must follow.
    Result<void> restart();

  private:
    Result<void> checkBeforeFeeding(ports::LaneNumber lane);
    Result<void> clearPastFault();
    Result<void> restartWithSettings();
    Result<void> selectLane(ports::LaneNumber lane);
    Result<void> toChip(Activity activity, Duration patience, CardFate whenNone);
    Result<void> pullIn();

    MotionRunner& runner_;
    PrinterSensors& sensors_;
    const PrinterProfile& profile_;
    Clock& clock_;
};

}  // namespace liqu::drivers
