// Everything around the kiosk in one process and one thread, on virtual time: ID reader and card
// printer on a bus without cable, the cards and their station, the province behind a line.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/scenario/kiosk/older_province.hpp"
#include "tests/scenario/kiosk/timed_hands.hpp"
#include "tests/world/card_printer/printer_engine.hpp"
#include "tests/world/chip/blank_cards.hpp"
#include "tests/world/chip/station_chip_reader.hpp"
#include "tests/world/id_reader/reader_engine.hpp"
#include "tests/world/province/in_process_link.hpp"
#include "tests/world/usb/inprocess_bus.hpp"

namespace liqu::scenario {

constexpr const char* terminalId = "T-000017";
constexpr const char* bankCode = "B01";
constexpr int loadedBlanks = 8;
constexpr const char* testCardId = "TEST-CARD";

struct OutsideSettings {
    std::string chipVersion = "3.00";
    std::vector<std::string> faults;  // verbs of faults.def, and "legacy.…"
    std::string olderProvince{};      // "hn", "hb", "jl": its system is in the place of the other
    bool hasEncryption = false;       // … with an encryption machine beside it: cards are made
    bool numbersAssigned = false;     // blanks without a prewritten number
    std::string secondBank{};         // whose blanks lie in a second lane; empty: there is none
    bool secondIsMixedUp = false;     // … on card bodies of the first bank
    int judgedOneIn = 1;              // messages, by the contract
    int ribbonSets = 200;
    int binCapacity = 30;
    // Mechanics as slow as a kiosk's, or quicker, for tests that make many cards.
    world::PrinterTimings timings = world::PrinterTimings::kiosk();
};

class Outside {
  public:
    explicit Outside(const OutsideSettings& settings);

    world::VirtualClock clock;
    world::FaultPlan faults;
    std::vector<world::BlankCard> blanks;        // as they lie in the hopper
    std::vector<world::BlankCard> secondBlanks;  // and in the second lane
    std::unique_ptr<world::ProvinceEngine> engine;
    std::unique_ptr<world::ProvinceFront> front;
    std::unique_ptr<world::InProcessLink> line;
    std::unique_ptr<OlderProvince> older;  // null: the kiosk speaks to the other one
    bool makesCards = true;                // the province has a way to
    world::ChipStation station;
    std::unique_ptr<world::StationChipReader> chipReader;
    world::ChipStation slot;  // outside, for a citizen's own card
    std::unique_ptr<world::StationChipReader> slotReader;
    std::shared_ptr<world::CardEngine> ownCard;  // what the person puts in; null: nothing
    std::unique_ptr<world::ReaderEngine> idReader;
    std::unique_ptr<world::PrinterEngine> printer;
    world::InProcessBus bus;
    TimedHands hands;
    std::int64_t inVault = 0;  // blanks in the safe beside the machine
    // Finished cards that staff took out of the bin and did not give to their holders.
    std::set<std::string> inCabinet;
    std::set<std::string> atBank;
    // Old cards an attendant put into their bin, once the machine went on.
    int oldCardsTakenIn = 0;
    // Found in their bin by whoever counted, and told by letter: no fact was left to tell it.
    std::set<std::string> oldCardsByLetter;

    // What a technician has in the hand: at first the test card, which no book knows.
    std::optional<world::PlasticCard> inStaffHand = world::PlasticCard{testCardId, "", {}};
    // It lies in the machine, by the hand of staff.
    std::string laidByStaff;
    bool layWhatStaffHave();
    bool takeWhatStaffLaid();
    int testFacesPrinted() const;

    // The power of the whole kiosk goes and comes: printer and chip with it, the province not.
    void losePower();

    // A finished card of that number and person, as they carry it in their wallet.
    std::shared_ptr<world::CardEngine> cardOf(const world::Document& holder,
                                              const std::string& number,
                                              const std::string& version = "3.00",
                                              const std::string& pin = "360271",
                                              world::CardBehaviour behaviour = {},
                                              const std::string& regionCode = "420100");

    // More blanks in the hopper, with the numbers that follow; their cards.
    std::vector<world::BlankCard> addBlanks(int count);

    world::CardEngine& chipOf(const std::string& cardNumber) { return *cards_.at(cardNumber); }
    // Before an older province: what that one has, in the words of the other.
    world::Books& province();

  private:
    void makeProvince(const OutsideSettings& settings);
    void makeCards(const OutsideSettings& settings);
    void makeSecondCards(bool mixedUp);
    void makeTestCard();
    void makeDevices(const OutsideSettings& settings);

    std::map<std::string, std::shared_ptr<world::CardEngine>> cards_;
};

}  // namespace liqu::scenario
