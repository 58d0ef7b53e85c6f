// One emulated card under the in-process chip station, with the HSM beside it: what the chip's
// scenarios share.
#pragma once

#include "firmware/base/random.hpp"
#include "firmware/chip/social_card.hpp"
#include "tests/world/chip/blank_cards.hpp"
#include "tests/world/chip/station_chip_reader.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::tests {

// The province's part, without a province; the line can be cut.
class DirectAuthority final : public ports::CardAuthority {
  public:
    explicit DirectAuthority(const world::Hsm& hsm) : hsm_(hsm) {}
    bool lineIsCut = false;
    int questions = 0;

    Result<ports::Block8> internalAuthentication(const ports::CardKeyContext& card,
                                                 const ports::Block8& factor,
                                                 const ports::Block8& original) override;
    Result<ports::Block8> externalAuthentication(const ports::CardKeyContext& card,
                                                 ports::CardKey key, const ports::Block8& factor,
                                                 const ports::Block8& original) override;

  private:
    const world::Hsm& hsm_;
};

struct ChipBench {
    world::Hsm hsm = world::Hsm::forTheSimulation();
    world::FaultPlan faults;
    world::VirtualClock clock;
    world::ChipStation station;
    world::StationChipReader reader{station, clock};
    DirectAuthority authority{hsm};
    SeededRandom random{11};
    world::BlankCard blank{.cardNumber = "A00000003", .bankCardNumber = "6217000000000000018"};
    world::CardBehaviour behaviour;
    chip::ChipProfile profile = shipped("number-prewritten");
    std::shared_ptr<world::CardEngine> card;

    static chip::ChipProfile shipped(const std::string& name);

    void feed();  // makes the card and puts it to the station
    chip::SocialCard socialCard();
    chip::BlankExpectation expectation() const;
    card::ChipItems order() const;
    Result<chip::WriteReport> personalise(chip::SocialCard& social,
                                          const chip::BlankIdentity& identity);
};

// Every item of the order is on the card, in bytes written down here anew.
void checkComplete(const world::CardEngine& card);

}  // namespace liqu::tests
