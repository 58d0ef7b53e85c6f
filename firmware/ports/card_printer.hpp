// Port: a card printer with hoppers and bins (XFS4IoT card units), a chip station and a mouth (the
// exit). Vendor-neutral: an order is a motion with an end, and every error says the fate of the
// card. What a printer cannot know it leaves out; nobody guesses in its place.
// Called from one thread; one order is in flight.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "firmware/ports/card_face_renderer.hpp"

namespace liqu::ports {

// What is known of a printer without asking it: from its profile.
struct PrinterCapabilities {
    int hoppers = 1;
    bool printsBack = false;  // it can turn the card over
};

enum class MediaPosition : std::uint8_t {
    none,  // no card in the transport and none at the mouth
    printStation,
    chipStation,
    contactlessStation,
    mouth,            // held in the bezel, a person can take it
    somewhereInside,  // a card is there, the printer cannot say where
    unknown,          // the printer could not be asked
};

// How full a hopper or a bin is by its own sensors, in XFS4IoT's words. The books count for
// themselves.
enum class UnitStatus : std::uint8_t {
    ok,
    high,  // a bin that is nearly full
    full,
    low,  // a hopper that is nearly empty
    empty,
    notSupported,  // there is no such sensor
    unknown,       // there is one, and it does not answer
};

// What one sensor says.
enum class Sensed : std::uint8_t {
    no,
    yes,
    notSupported,  // this printer has no such sensor
    unknown,       // it has one, and it does not answer clearly
};

// Where a card goes that does not leave by the mouth. One box may serve as both: the books keep
// them apart by card number (decision 2).
enum class Bin : std::uint8_t {
    retain,  // a finished card, kept for its holder
    reject,  // spoiled or refused
};

struct RibbonStatus {
    std::string type;              // "ymcko"
    std::optional<int> remaining;  // whole sets left
    std::optional<int> capacity;
    bool ended = false;
};

struct PrinterStatus {
    MediaPosition media = MediaPosition::unknown;
    Sensed coverOpen = Sensed::unknown;
    Sensed cardAtMouth = Sensed::unknown;
    Sensed cardAtGate = Sensed::notSupported;  // between a hopper and the transport
    Sensed cleaningDue = Sensed::unknown;
    Sensed stopped = Sensed::unknown;  // a fault stops it: it moves nothing before a reset
    UnitStatus retainBin = UnitStatus::unknown;  // the same as the other where one box serves both
    UnitStatus rejectBin = UnitStatus::unknown;
    std::vector<UnitStatus> hoppers;  // index 0 is lane 1
    RibbonStatus ribbon;
    std::string raw;  // the device's own words, for the technician
};

struct PrinterIdentity {
    std::string model;
    std::string serial;
    std::string firmware;
};

// The counters a recovery compares (decision 3). What the printer does not count is absent, now and
// at every other time: what only that counter could tell stays in doubt then.
struct PrintCounters {
    std::optional<std::uint32_t> panelsPrinted;
    std::optional<std::uint32_t> ribbonRemaining;  // whole sets
    std::optional<std::uint32_t> cardsInserted;
    friend bool operator==(const PrintCounters&, const PrintCounters&) = default;
};

// How far a face is printed; done == of: finished.
struct PrintProgress {
    int done = 0;  // panels, of both sides
    int of = 1;
    friend bool operator==(const PrintProgress&, const PrintProgress&) = default;
};
enum class PresentOutcome : std::uint8_t { taken, notTaken };

// A face made ready for one printer: panels split and packed, so that nothing is computed while
// the card waits under the head. Only the driver that made it can print it.
class PreparedFace {
  public:
    virtual ~PreparedFace() = default;
    // By how many PrintCounters::panelsPrinted grows when it is printed whole, both sides.
    virtual std::uint32_t panels() const = 0;
};

class CardPrinter {
  public:
    virtual ~CardPrinter() = default;

    virtual Result<PrinterIdentity> identify() = 0;
    // A fresh snapshot; `unknown` is a legal value, stale is not.
    virtual Result<PrinterStatus> status() = 0;
    // Read twice with nothing printed or fed between, they are equal.
    virtual Result<PrintCounters> counters() = 0;
    // Is every motion and every panel finished? False while it still prints.
    virtual Result<bool> idle() = 0;

    // Feeds one card from the lane to the chip station.
    virtual Result<void> feedToChip(LaneNumber lane) = 0;
    // Brings the card that is inside, or at the mouth, to the chip station.
    virtual Result<void> moveToChip() = 0;

    // printerRefusedCommand: a back, and the printer prints none.
    virtual Result<std::unique_ptr<PreparedFace>> prepare(const CardFace& face) = 0;
    // Prints both sides and keeps the card inside. Good only where the printer proved that every
    // panel is on the card; what it cannot say is printInDoubt.
    virtual Result<void> print(const PreparedFace& face,
                               const std::function<void(PrintProgress)>& onProgress) = 0;

    // Puts the card into the mouth, calls atMouth once, and waits until a person took it, the
    // patience is over, or stop is asked for. The bezel sensor decides, never a duration.
    // patienceEnd is asked again and again: a person may ask for more time.
    virtual Result<PresentOutcome> present(const std::function<void()>& atMouth,
                                           const std::function<Instant()>& patienceEnd,
                                           const std::stop_token& stop) = 0;
    // Takes a card at the mouth back inside.
    virtual Result<void> takeBack() = 0;
    // Moves the card inside into that bin, or into the one box that serves as both.
    virtual Result<void> discard(Bin bin) = 0;

    // Called a few times a second while a command is waited for, on the same thread: whoever is
    // served must be heard meanwhile. It must not use the printer. None: nobody is.
    // A driver keeps it, so it comes by value. NOLINTNEXTLINE(performance-unnecessary-value-param)
    virtual void meanwhile(std::function<void()>) {}

    // As after power-on; a card inside stays inside. Never call it while the printer may print.
    virtual Result<void> reset() = 0;
    virtual Result<void> clean() = 0;
};

}  // namespace liqu::ports
