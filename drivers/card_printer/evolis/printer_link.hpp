// The talk with one printer: commands out, replies in, strictly one after the other. A reply that
// comes too late is never taken for the next command's: after a missing one the link asks for the
// serial number, whose answer it knows, and forgets everything before it.
// Source: hardware-notes/card-printer.md. One thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "drivers/card_printer/evolis/printer_profile.hpp"
#include "drivers/card_printer/evolis/reply.hpp"
#include "drivers/transport/usb.hpp"
#include "firmware/base/result.hpp"

namespace liqu::drivers {

// Bits of the USB printer class's status byte; a healthy printer says 18.
struct PortStatus {
    static constexpr std::uint8_t noError = 0x08;
    static constexpr std::uint8_t selected = 0x10;
    static constexpr std::uint8_t paperEmpty = 0x20;
    std::uint8_t bits = noError | selected;
    bool mechanicalFault() const { return (bits & noError) == 0; }
    bool mediaFault() const { return (bits & paperEmpty) != 0; }
};

class PrinterLink {
  public:
    // usbPath: of the printer that is meant; empty where there is only one.
    PrinterLink(UsbBus& bus, Clock& clock, const PrinterProfile& profile, std::string usbPath = {})
        : bus_(bus),
          clock_(clock),
          profile_(profile),
          usbPath_(std::move(usbPath)),
          replies_(profile.reply.terminator) {}

    // Finds the one printer by vendor and interface class and claims it. Says whether it had to.
    // printerAmbiguous where there are several.
    Result<bool> open();
    bool isOpen() const { return device_ != nullptr; }
    // Connections and resets so far: after each the printer may have forgotten its settings.
    int beginnings() const { return beginnings_; }

    // One command, its reply. Fails with printerSilent when none comes in time.
    Result<std::string> exchange(std::string_view command, Duration patience);
    // The same for bytes made beforehand; where panels are not answered, an empty text.
    Result<std::string> exchangePanel(ByteView framed, Duration patience);

    // For a command whose reply is waited for in small steps.
    Result<void> send(std::string_view command);
    // A query while the reply of a motion is still owed; nothing that has arrived is thrown away.
    Result<void> sendAlongside(std::string_view command);
    // The next reply, if one comes in time.
    Result<std::optional<std::string>> poll(Duration patience);
    // What is done again and again while a reply is waited for.
    void meanwhile(std::function<void()> act) { meanwhile_ = std::move(act); }
    // A reply to `send` that never came: whatever comes later belongs to nobody.
    void giveUpReply() { inStep_ = false; }
    // The printer restarted: it will not answer anything it was asked before.
    void noteRestart();

    // Makes sure the printer listens and that no old reply is on its way.
    Result<void> synchronise(Duration patience);
    // Aborts what is being received; a card inside stays. Not while it may print.
    Result<void> softReset();
    PortStatus portStatus();
    // IEEE 1284 text: "MFG:Evolis;MDL:..."; empty where the printer has none.
    Result<std::string> deviceId();

    // After an error: has anything of the last command reached the printer?
    bool lastCommandLeft() const { return lastCommandLeft_; }

  private:
    Result<void> findPrinter(UsbDeviceInfo& device) const;
    Result<void> prepareToSend();
    Result<void> askFence();
    Result<void> stillOpen() const;
    Error lost(const UsbFailure& failure);
    Result<void> write(ByteView bytes, Duration patience);
    Result<void> mayGoOnWaiting(Instant lastProgress, Instant deadline);
    Result<void> drain();
    bool isFence(const std::string& reply);

    UsbBus& bus_;
    Clock& clock_;
    const PrinterProfile& profile_;
    std::string usbPath_;
    std::function<void()> meanwhile_;
    std::unique_ptr<UsbDevice> device_;
    std::uint8_t interface_ = 0;
    std::uint8_t out_ = 0;
    std::uint8_t in_ = 0;
    ReplyAssembler replies_;
    std::string serial_;           // what Rsn answers, once it is certain
    std::string serialCandidate_;  // what it answered once
    bool inStep_ = false;
    bool fenceOwed_ = false;  // Rsn was asked, its answer has not come
    Instant fenceAskedAt_{};
    bool payloadOpen_ = false;  // a panel was cut off: the printer still counts its bytes
    bool lastCommandLeft_ = false;
    int beginnings_ = 0;
};

}  // namespace liqu::drivers
