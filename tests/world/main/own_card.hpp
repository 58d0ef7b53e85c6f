// The card of their own that a person brings, and the slot outside: the second of the private
// pcscd's readers. The card is in their hand, in the slot, or in the old-card bin, where an
// attendant put it. Thread-safe.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "tests/world/chip/vpcd_slot.hpp"
#include "tests/world/fault_plan.hpp"
#include "tests/world/main/visits.hpp"

namespace liqu::world {

class OwnCard {
  public:
    // slot: as the chip station's, but for its port.
    static Result<std::unique_ptr<OwnCard>> make(const VisitPlan& visit, VpcdSlot::Settings slot,
                                                 FaultPlan& faults);

    void putIn();
    void takeOut();
    // To the attendant, for good.
    void handIn();

    bool isInSlot() const { return station_.occupant().card != nullptr; }
    bool isHandedIn() const { return handedIn_; }
    const std::shared_ptr<CardEngine>& chip() const { return chip_; }
    const std::string& number() const { return number_; }
    std::string pin() const;

  private:
    OwnCard() = default;

    ChipStation station_;
    std::shared_ptr<CardEngine> chip_;
    std::string number_;
    std::atomic<bool> handedIn_ = false;
    std::unique_ptr<VpcdSlot> slot_;
};

}  // namespace liqu::world
