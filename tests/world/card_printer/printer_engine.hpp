// A simulated Evolis card printer of the kiosk class on USB: 0F49, printer class 7/1/2, OUT 01,
// IN 82 (hardware-notes/card-printer.md, "USB identity", "USB printer class", "The simulated
// printer"). Around the machine it adds the plug, the control requests, the pipes and a lock: all
// methods are thread-safe.
//
// The chip world is told when a card comes to rest on the chip station and when it begins to
// leave; it is called without the lock held, on the thread that let the time pass.
#pragma once

#include <fstream>
#include <functional>
#include <mutex>

#include "tests/world/card_printer/printer_machine.hpp"
#include "tests/world/usb/in_pipe.hpp"
#include "tests/world/usb/usb_shape.hpp"

namespace liqu::world {

struct ChipListener {
    std::function<void(const std::string& cardId)> onCardAtChipStation;
    std::function<void(const std::string& cardId)> onCardLeavesChipStation;
};

class PrinterEngine final : public UsbEngine {
  public:
    // A null plan means no faults; it outlives the engine.
    PrinterEngine(PrinterSettings settings, FaultPlan* faults, ChipListener station = {});

    Bytes descriptors() const override { return descriptorsOf(shape_); }
    std::string serialNumber() const override { return shape_.serial; }
    bool plugged() const override;
    UsbTransfer control(const UsbSetup& setup, ByteView data, Instant now) override;
    UsbTransfer out(std::uint8_t endpoint, ByteView data, Instant now) override;
    UsbTransfer in(std::uint8_t endpoint, std::size_t most, Instant now) override;
    void advance(Instant now) override;
    std::optional<Instant> nextEvent() const override;

    // The hands of technician and citizen; see PrinterMachine.
    bool load(int lane, std::vector<PlasticCard> cards);
    bool unload(int lane);
    // The citizen: the card's id, or none where there is nothing to take (or nobody takes it).
    std::optional<std::string> take(Instant now);
    bool pushBack(const std::string& cardId);
    bool layAtMouth(PlasticCard card);
    std::optional<PlasticCard> takeInHand(const std::string& cardId, Instant now);
    void putIntoBin(PlasticCard card);
    bool takeOutJammed();
    void rememberCards();
    bool takeOut();
    bool carryOff();
    void setCover(bool open);
    void setRibbon(const std::string& type, int remaining);
    void emptyBin();
    // The bank takes away what lies in it.
    void sendOffBin();
    // Staff take it out of the bin and give it to a person; false where it is not there.
    bool giveFromBin(const std::string& card);
    bool giveRemoved(const std::string& card);  // the same of one they pulled out
    // A person brings it back, and staff put it there; false where nobody has it.
    bool putIntoBin(const std::string& card);
    void insertCleaningCard();
    void takeCleaningCard();
    void powerCycle(Instant now);
    void forgetCounters();
    void unplug();
    void plugIn();

    // Copies: the machine goes on meanwhile.
    CardPlaces places() const;
    // For who looks at every moment on the machine's own thread; null: nothing is there.
    const PlasticCard* cardAtMouth() const;
    std::vector<MechanicalStep> steps() const;
    std::vector<PanelGap> gaps() const;
    std::optional<std::string> faceUnderWay() const;
    bool idle() const;
    bool coverOpen() const;
    int ribbonRemaining() const;
    std::string stateJson() const;

  private:
    UsbTransfer controlLocked(const UsbSetup& setup, Instant now);
    void collectReplies();
    void tellChipStation(std::unique_lock<std::mutex>& lock);
    bool pluggedLocked() const;
    void loseWire();

    mutable std::mutex mutex_;
    PrinterSettings settings_;
    FaultPlan* faults_;
    ChipListener station_;
    DeviceShape shape_;
    PrinterMachine machine_;
    InPipe inPipe_;
    std::ofstream record_;
    bool outHalted_ = false;
    bool inHalted_ = false;
    bool cablePlugged_ = true;
    Instant now_{};
};

}  // namespace liqu::world
