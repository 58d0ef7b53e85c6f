// What the printer says about itself: where the card is, feeder, cover, bin, ribbon, counters.
// Text queries only; the binary status words are not public (hardware-notes/card-printer.md,
// "Commands").
#pragma once

#include <optional>
#include <string>

#include "drivers/card_printer/evolis/printer_link.hpp"
#include "firmware/ports/card_printer.hpp"

namespace liqu::drivers {

enum class MouthState : std::uint8_t { card, noCard, unclear };

CardFate fateOf(ports::MediaPosition position, CardFate whenNone);

class PrinterSensors {
  public:
    PrinterSensors(PrinterLink& link, Clock& clock, const PrinterProfile& profile)
        : link_(link), clock_(clock), profile_(profile) {}

    // Fails only where the printer cannot be asked; words nobody knows give `unknown`.
    Result<ports::MediaPosition> locate();
    Result<MouthState> mouth();
    MouthState mouthOf(double volts) const;
    std::string mouthQuery() const { return "Rse;" + profile_.exit.bezelSensor; }

    Result<ports::UnitStatus> hopper(ports::LaneNumber lane);
    Result<ports::Sensed> coverOpen();
    Result<ports::UnitStatus> bin();
    Result<ports::Sensed> cleaningDue();
    Result<ports::RibbonStatus> ribbon();
    // The ribbon and the printer must be of the same sales zone; true where nobody says.
    Result<bool> zonesAgree();
    Result<ports::PrintCounters> counters();
    // As the printer says it, trusted or not; none where it says no number.
    Result<std::optional<std::uint32_t>> panelCounter();
    Result<ports::PrinterIdentity> identity();
    Result<ports::PrinterStatus> status();

    // Where the card was when last asked, if nothing has moved since.
    std::optional<ports::MediaPosition> lastKnown() const { return lastKnown_; }
    void forgetPosition() { lastKnown_.reset(); }

  private:
    // A query may be repeated: once, when its answer did not come or broke off.
    Result<std::string> ask(std::string_view query);
    Result<std::optional<double>> volts(const std::string& sensor);
    // Answers sometimes a stray OK instead of its value; asked again then.
    Result<std::optional<std::string>> ribbonTag(const std::string& keyword);
    Result<std::optional<std::uint32_t>> ribbonNumber(const std::string& keyword);
    Result<std::optional<std::uint32_t>> counter(char which);
    Result<ports::MediaPosition> transport();
    Result<ports::MediaPosition> transportOnce();
    Result<bool> laneListed(const std::string& query, ports::LaneNumber lane);

    PrinterLink& link_;
    Clock& clock_;
    const PrinterProfile& profile_;
    std::optional<ports::MediaPosition> lastKnown_;
    MouthState lastMouth_ = MouthState::unclear;
    std::string* record_ = nullptr;  // the device's own words, while a status is taken
};

}  // namespace liqu::drivers
