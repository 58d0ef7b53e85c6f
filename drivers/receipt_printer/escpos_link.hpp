// The talk with one ESC/POS printer: what is sent is counted, so that a picture cut off is finished
// in white before anything else is said; one question at a time, and only its own answer counts.
// One thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "drivers/receipt_printer/receipt_profile.hpp"
#include "drivers/receipt_printer/receipt_wire.hpp"
#include "drivers/receipt_printer/status_reader.hpp"
#include "firmware/base/personal.hpp"

namespace liqu::drivers {

struct Look {
    PrinterFlags flags;
    std::string raw;
};

class EscposLink {
  public:
    EscposLink(std::unique_ptr<ReceiptWire> wire, Clock& clock, const ReceiptProfile& profile)
        : wire_(std::move(wire)), clock_(clock), profile_(profile) {}

    void meanwhile(std::function<void()> act) { meanwhile_ = std::move(act); }
    Result<void> open();
    // Openings so far: what was seen in an earlier one says nothing of this.
    int openings() const { return openings_; }
    // A picture of which less than all went stays owed.
    enum class What : std::uint8_t { command, picture };
    Result<void> send(ByteView bytes, What what);
    // Outside of any picture, whatever was begun before: a picture that was cut off is finished in
    // white. True: there may have been one.
    Result<bool> comeIntoStep();
    // Its state, by what the profile says it can answer. receiptPrinterSilent: it did not.
    Result<Look> look();
    // Is a slip at the output? Of a printer with a sensor there.
    Result<Look> lookAtMouth();
    // True: everything sent before is done.
    Result<bool> fence(Duration patience);
    // Waits, and lets others be heard.
    void rest(Duration duration);

  private:
    // None: no answer within the patience.
    Result<std::optional<StatusEvent>> ask(ByteView question, Awaited awaited, Duration patience);
    Result<StatusEvent> askSurely(ByteView question, Awaited awaited);
    Result<void> forgetWhatCame();
    Result<bool> payWhatIsOwed();
    Result<Look> lookByRealTime();
    Error stoppedBy();

    std::unique_ptr<ReceiptWire> wire_;
    Clock& clock_;
    const ReceiptProfile& profile_;
    std::function<void()> meanwhile_;
    StatusReader reader_;
    PersonalBytes owed_;
    int openings_ = 0;
};

}  // namespace liqu::drivers
