// Puts the kiosk together from its configuration: opens storage, keys, drivers and the province's
// line, and lends them to the session. What is opened lives until the machine dies.
#pragma once

#include <memory>
#include <stop_token>

#include "drivers/transport/usb.hpp"
#include "firmware/desk/carry_out.hpp"
#include "firmware/ports/province_link.hpp"
#include "firmware/session/parts.hpp"
#include "program/books.hpp"
#include "program/heartbeat.hpp"

namespace liqu::ui {
class Dictionary;
}

namespace liqu::program {

// The machine's own devices; the bus outlives what hangs on it.
struct Devices {
    std::unique_ptr<drivers::UsbBus> usb;
    std::unique_ptr<ports::IdReader> idReader;
    std::unique_ptr<ports::CardPrinter> printer;
    std::unique_ptr<ports::ChipReader> chipReader;
    std::unique_ptr<ports::ChipReader> cardSlot;  // null: the machine has none
};
Result<Devices> openDevices(const policy::KioskConfig& config, Clock& clock);
Result<std::unique_ptr<ports::ProvinceLink>> openLine(const policy::ProvinceConfig& config);

class Machine {
  public:
    // heartbeat: of the kiosk that the machine is for; the line to the province and the sender tell
    // it that they turn. words: of its window, shared where they are the machine's, too.
    static Result<std::unique_ptr<Machine>> assemble(const CommonOptions& options,
                                                     Heartbeat* heartbeat = nullptr,
                                                     const ui::Dictionary* words = nullptr);
    ~Machine();

    const policy::KioskConfig& config() const;
    const policy::RegionPolicy& region() const;
    Log& log();
    Clock& clock();
    // No loop that works as it should is heard of by nobody for longer.
    Duration longestQuiet() const;
    // The sender of queued facts; runs until the machine dies.
    void startSender();
    // What a command needs to act on the books, and to ask the province itself.
    desk::DeskParts desk(staff::Deed deed);
    province::Province& province();
    // All a session needs. Display and stop belong to the caller.
    session::SessionParts parts(screen::Display& display, std::stop_token stop);

  private:
    struct Insides;
    explicit Machine(std::unique_ptr<Insides> insides);
    std::unique_ptr<Insides> insides_;
};

}  // namespace liqu::program
