// One motion of the card: its command, its end, and where the card is when it went wrong.
// The printer's position sensor has the last word, also over a reply that never came.
#pragma once

#include <functional>
#include <string>

#include "drivers/card_printer/evolis/printer_errors.hpp"
#include "drivers/card_printer/evolis/printer_link.hpp"
#include "drivers/card_printer/evolis/printer_sensors.hpp"

namespace liqu::drivers {

struct MotionOrder {
    std::string command;
    Duration patience;
    Activity activity;
    std::function<bool(ports::MediaPosition)> arrived;
    // What "no card inside and none at the mouth" means when it fails.
    CardFate whenNone;
};

class MotionRunner {
  public:
    MotionRunner(PrinterLink& link, PrinterSensors& sensors, const PrinterProfile& profile)
        : link_(link), sensors_(sensors), profile_(profile) {}

    // A setting: must be answered OK.
    Result<void> set(const std::string& command);
    Result<void> move(const MotionOrder& order);

    // Asks the sensors for the fate of the card, where the error does not say it yet.
    Error withFate(Error error, CardFate whenNone);
    // Looks for what a printer means that only stopped: cover, ribbon, jam.
    Error explained(Error error);

    PrinterLink& link() { return link_; }
    PrinterSensors& sensors() { return sensors_; }
    const PrinterProfile& profile() const { return profile_; }

  private:
    PrinterLink& link_;
    PrinterSensors& sensors_;
    const PrinterProfile& profile_;
};

}  // namespace liqu::drivers
