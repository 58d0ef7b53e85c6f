#include "tests/world/main/own_card.hpp"

#include "firmware/base/encoding.hpp"
#include "tests/world/chip/blank_cards.hpp"

namespace liqu::world {
namespace {

constexpr std::uint32_t serial = 0x9001;

// Made long ago and elsewhere, for the holder of the document.
std::shared_ptr<CardEngine> cardOf(const Document& holder, const OwnCardPlan& plan,
                                   FaultPlan& faults) {
    BlankCard body;
    body.cardNumber = plan.number;
    body.bankCardNumber = withLuhnDigit("621700000000009001");
    body.serial = serial;
    body.pin = plan.pin;
    auto card = makeCard(body, Hsm::forTheSimulation(), &faults);
    CardMemory memory = card->memory();
    memory.setItem(card_tag::socialNumber, bytesOf(holder.number));
    memory.setItem(card_tag::birthDate, fromHex(holder.birth).value());
    memory.pinLeft = plan.triesLeft;
    card->setMemory(memory);
    return card;
}

}  // namespace

Result<std::unique_ptr<OwnCard>> OwnCard::make(const VisitPlan& visit, VpcdSlot::Settings slot,
                                               FaultPlan& faults) {
    std::unique_ptr<OwnCard> card(new OwnCard());
    card->number_ = visit.ownCard.number;
    card->chip_ = cardOf(visit.document(), visit.ownCard, faults);
    card->slot_ = TRY(VpcdSlot::start(card->station_, std::move(slot)));
    return card;
}

void OwnCard::putIn() {
    if (!handedIn_) station_.insert(chip_);
}

void OwnCard::takeOut() {
    station_.remove();
}

void OwnCard::handIn() {
    station_.remove();
    handedIn_ = true;
}

std::string OwnCard::pin() const {
    return toHex(chip_->memory().pin);
}

}  // namespace liqu::world
