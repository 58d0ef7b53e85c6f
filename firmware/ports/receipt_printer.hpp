// Port: a printer of slips on a roll, in XFS4IoT's words: paper, media (the slip), cover, cutter.
// Paper never decides what is true: nothing it says changes an order, a card or a payment. It says
// `printed` only of a slip that came out whole and was cut off; what it cannot prove is `unknown`.
// Called from one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "firmware/base/clock.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"

namespace liqu::ports {

// One bit for each dot, the leftmost is the highest of its byte, 1 is black; each row begins a
// byte. It is personal: it shows what stands on a slip.
struct SlipPicture {
    int width = 0;
    int height = 0;
    PersonalBytes dots;
    int bytesPerRow() const { return (width + 7) / 8; }
};

enum class PaperStatus : std::uint8_t {
    full,
    low,  // near its end: it goes on, staff bring a roll
    out,
    jammed,
    notSupported,  // the printer has no way to say it
    unknown,       // it has one, and does not answer
};

// Where the slip is that was printed last.
enum class MediaStatus : std::uint8_t {
    present,       // in the mouth, a person can take it
    notPresent,    // a person took it
    retracted,     // the printer took it back inside
    notSupported,  // it has no sensor there: nobody knows
    unknown,
};

enum class SlipPrint : std::uint8_t {
    printed,
    notPrinted,  // nothing of it left for the printer
    unknown,     // begun, and not proven whole
};

struct ReceiptPrinterStatus {
    PaperStatus paper = PaperStatus::unknown;
    bool coverOpen = false;
    // Why no slip may be started now; none: it may.
    std::optional<Error> trouble;
    std::string raw;  // the printer's own bytes, for the technician
};

struct SlipOutcome {
    SlipPrint print = SlipPrint::notPrinted;
    std::optional<Error> trouble;  // what was in the way, also of a slip that was printed
};

class ReceiptPrinter {
  public:
    virtual ~ReceiptPrinter() = default;

    // Dots of the head: how wide a picture is drawn.
    virtual int width() const = 0;
    // A fresh look; an error is the wire's.
    virtual Result<ReceiptPrinterStatus> status() = 0;
    // Prints, cuts, and brings the slip to the mouth where the printer has one. Asks before, so
    // that a slip without paper is not begun.
    virtual SlipOutcome print(const SlipPicture& picture) = 0;
    // Of the slip printed last. `notPresent` only where a sensor saw it go, and no motion of the
    // printer's own or a power cut lies between.
    virtual MediaStatus media() = 0;
    // Takes it back inside; false: this printer cannot.
    virtual Result<bool> retract() = 0;

    // Called a few times a second while the printer is waited for, on the same thread; it must not
    // use the printer.
    // A driver keeps it, so it comes by value. NOLINTNEXTLINE(performance-unnecessary-value-param)
    virtual void meanwhile(std::function<void()>) {}
};

}  // namespace liqu::ports
