// Everything around the kiosk, running: the province on HTTPS, the ID reader and the card printer
// on USB, the chip station behind a private pcscd, and the cards. The order of the members is the
// order of their lives.
//
// Must be started under umockdev-wrapper and on the main thread; sets PCSCLITE_CSOCK_NAME for
// whoever is started afterwards.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "tests/world/card_printer/printer_engine.hpp"
#include "tests/world/chip/blank_cards.hpp"
#include "tests/world/chip/chip_station.hpp"
#include "tests/world/chip/private_pcscd.hpp"
#include "tests/world/chip/vpcd_slot.hpp"
#include "tests/world/evidence/busy_times.hpp"
#include "tests/world/id_reader/reader_engine.hpp"
#include "tests/world/main/fee_platform.hpp"
#include "tests/world/main/legacy_world.hpp"
#include "tests/world/main/options.hpp"
#include "tests/world/main/own_card.hpp"
#include "tests/world/province/https_server.hpp"
#include "tests/world/usb/umockdev_front.hpp"

namespace liqu::world {

class OutsideWorld {
  public:
    static constexpr const char* chipReaderName = "Liqu Chip Station";
    // vpcd has two slots of one name; the card comes to the first.
    static constexpr const char* chipReaderSlot = "Liqu Chip Station 00 00";
    // The other one is the slot outside, for the card a person brings.
    static constexpr const char* cardSlot = "Liqu Chip Station 00 01";

    static Result<std::unique_ptr<OutsideWorld>> start(const RunOptions& options,
                                                       FaultPlan& faults);

    const Pki& pki() const { return pki_; }
    std::string provinceUrl() const { return server_->url(); }
    const std::vector<BlankCard>& blanks() const { return blanks_; }
    // The blanks that come after so many are laid into the hopper, as far as they fit.
    static constexpr std::size_t hopperCapacity = 100;
    std::span<const BlankCard> hopperLoad(std::size_t after) const;
    bool hopperIsEmpty() const;
    void fillHopper(std::span<const BlankCard> blanks);
    ProvinceFront& province() { return *front_; }
    ReaderEngine& idReader() { return *reader_; }
    PrinterEngine& printer() { return *printer_; }
    BusyTimes& busyTimes() { return busy_; }
    // Null: nobody brings one, and the machine has no slot.
    OwnCard* ownCard() const { return ownCard_.get(); }
    // Null: fees are paid at the counter.
    FeePlatform* fees() const { return fees_.get(); }
    // Null: there is none.
    LegacyWorld* legacy() const { return legacy_.get(); }
    void kioskDied() { usb_->hostDied(); }
    CardEngine& chipOf(const std::string& cardNumber) const;
    // In the order they lay in the hopper, whoever's bank they are of; then the person's own.
    std::vector<std::shared_ptr<CardEngine>> chips() const;

  private:
    explicit OutsideWorld(FaultPlan& faults) : faults_(faults) {}
    Result<void> startProvince(const RunOptions& options);
    Result<void> startChipStation(const RunOptions& options);
    Result<void> makeCards(const RunOptions& options);
    Result<void> startUsb(const RunOptions& options);

    FaultPlan& faults_;
    SystemClock clock_;
    BusyTimes busy_;
    Pki pki_;
    std::unique_ptr<ProvinceEngine> engine_;
    std::unique_ptr<ProvinceFront> front_;
    std::unique_ptr<HttpsServer> server_;
    std::unique_ptr<ChipStation> station_;
    std::unique_ptr<PrivatePcscd> pcscd_;
    std::unique_ptr<VpcdSlot> slot_;
    std::unique_ptr<OwnCard> ownCard_;
    std::unique_ptr<FeePlatform> fees_;
    std::vector<BlankCard> blanks_;
    std::unique_ptr<LegacyWorld> legacy_;
    std::map<std::string, std::shared_ptr<CardEngine>> cards_;  // by the number printed on them
    std::unique_ptr<Transcript> readerLog_;
    std::unique_ptr<ReaderEngine> reader_;
    std::unique_ptr<PrinterEngine> printer_;
    std::unique_ptr<UmockdevFront> usb_;
};

}  // namespace liqu::world
