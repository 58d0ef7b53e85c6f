// Port: a card printer with hoppers (XFS4IoT card units), a chip station, a mouth (exit) and a
// bin. Vendor-neutral: an order is a motion with an end, and every error says the fate of the card.
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

using LaneNumber = int;  // hopper lane, from 1

enum class MediaPosition : std::uint8_t {
    none,  // no card in the transport and none at the mouth
    printStation,
    chipStation,
    contactlessStation,
    mouth,            // held in the bezel, a person can take it
    somewhereInside,  // a card is there, the printer cannot say where
    unknown,          // the printer could not be asked
};

enum class HopperState : std::uint8_t { ok, low, empty, unknown };
enum class BinState : std::uint8_t { ok, full, unknown };

struct RibbonStatus {
    std::string type;              // "ymcko"
    std::optional<int> remaining;  // whole sets left
    std::optional<int> capacity;
    bool ended = false;
};

struct PrinterStatus {
    MediaPosition media = MediaPosition::unknown;
    bool coverOpen = false;
    bool cleaningDue = false;
    BinState bin = BinState::unknown;
    std::vector<HopperState> hoppers;  // index 0 is lane 1
    RibbonStatus ribbon;
    std::string raw;  // the device's own words, for the technician
};

struct PrinterIdentity {
    std::string model;
    std::string serial;
    std::string firmware;
};

// The counters a recovery compares: which panels were printed since the PRINT intent (decision 3).
struct PrintCounters {
    std::uint32_t panelsPrinted = 0;
    std::optional<std::uint32_t> ribbonRemaining;
    std::uint32_t cardsInserted = 0;
    friend bool operator==(const PrintCounters&, const PrintCounters&) = default;
};

// How many panels one whole face adds to panelsPrinted.
constexpr std::uint32_t panelsOfOneFace = 5;  // Y M C K O

enum class PrintProgress : std::uint8_t { yellow, magenta, cyan, black, overlay, finished };
enum class PresentOutcome : std::uint8_t { taken, notTaken };

// A face made ready for one printer: panels split and packed, so that nothing is computed while
// the card waits under the head. Only the driver that made it can print it.
class PreparedFace {
  public:
    virtual ~PreparedFace() = default;
};

class CardPrinter {
  public:
    virtual ~CardPrinter() = default;

    virtual Result<PrinterIdentity> identify() = 0;
    // A fresh snapshot; `unknown` is a legal value, stale is not.
    virtual Result<PrinterStatus> status() = 0;
    virtual Result<PrintCounters> counters() = 0;
    // Is every motion and every panel finished? False while it still prints.
    virtual Result<bool> idle() = 0;

    // Feeds one card from the lane to the chip station.
    virtual Result<void> feedToChip(LaneNumber lane) = 0;
    // Brings the card that is inside, or at the mouth, to the chip station.
    virtual Result<void> moveToChip() = 0;

    virtual Result<std::unique_ptr<PreparedFace>> prepare(const CardFace& face) = 0;
    // Prints and keeps the card inside.
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
    // Moves the card inside into the bin behind the printer (hold and reject are accounts of it).
    virtual Result<void> discard() = 0;

    // Called a few times a second while a command is waited for, on the same thread: whoever is
    // served must be heard meanwhile. It must not use the printer. None: nobody is.
    // A driver keeps it, so it comes by value. NOLINTNEXTLINE(performance-unnecessary-value-param)
    virtual void meanwhile(std::function<void()>) {}

    // As after power-on; a card inside stays inside. Never call it while the printer may print.
    virtual Result<void> reset() = 0;
    virtual Result<void> clean() = 0;
};

}  // namespace liqu::ports
