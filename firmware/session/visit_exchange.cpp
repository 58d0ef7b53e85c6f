// 换卡: which of the person's cards is exchanged, the card itself before anything is applied for,
// and the attendant who takes it in when the new one is enabled.
#include <algorithm>

#include "firmware/custody/bin.hpp"
#include "firmware/session/staff_counter.hpp"
#include "firmware/session/visit.hpp"

namespace liqu::session {
namespace {

constexpr int takerTries = 3;

bool isFull(const custody::Balance& balance) {
    return balance.place == custody::Place::oldCardBin() && balance.capacity &&
           balance.cards >= *balance.capacity;
}

}  // namespace

Visit::Way Visit::findOldCard() {
    conversation_.tell(WaitingScreen{WaitingFor::record});
    const province::Business business = queryBusiness();
    const Contacts contacts = conversation_.contacts();
    const auto found = services::exchangeable(*service_->exchange, question(business, contacts));
    notes_.asked(issuance::Checked::card,
                 found ? Result<void>() : Result<void>(fail(found.error())));
    if (!found) return problem(found.error());
    if (found->cards.empty()) return whyNoExchange(*found);
    std::size_t chosen = 0;
    const Way way = chooseSubject(found->cards, chosen);
    if (way == Way::on) oldCard_ = found->cards[chosen];
    return way;
}

// And what helps there, where it is done here.
Visit::Way Visit::whyNoExchange(const services::Subjects& found) {
    PersonPage page = found.whyNone;
    const auto* next = services::serviceNamed(found.leadsTo);
    if (next != nullptr && services::isOffered(*next, settingOf(parts_))) leadOn(page, *next);
    const auto action = conversation_.ask(page, {.canGoBack = true});
    if (action && action->kind == ActionKind::back) return Way::back;
    if (!action || action->kind != ActionKind::choose) return understood(ErrorCode::notEligible);
    next_ = next;
    return Way::back;
}

// The province says which card it is that goes; the books, whether anybody can bring it.
Result<void> Visit::oldCardHolds() const {
    if (eligibility_.oldCardNumber != oldCard_->cardNumber)
        return fail(ErrorCode::provinceNeedsStaff, "the province names another old card");
    for (const custody::Balance& balance : TRY(custody::balances(parts_.issuance.database))) {
        if (isFull(balance)) return fail(ErrorCode::placeFull, "the old-card bin is full");
    }
    return custody::requireOldCard(parts_.issuance.database, oldCard_->cardNumber);
}

// The number in the chip is the one the province has for this person; where the chip says whose it
// is, that is this person, or whose number changed. Which face it has, people look at
// (standByWithCard).
Result<OldCardSays> Visit::compareOldCard(CitizensCard& card) const {
    if (card.shown().cardNumber != oldCard_->cardNumber)
        return fail(ErrorCode::cardOfAnother, "another number than the old card's");
    const auto holder = card.holder();
    // A chip that is damaged, or no line: its number has said enough.
    if (!holder || holder->reveal() == holder_.socialNumber.reveal()) return OldCardSays::itsHolder;
    if (service_ != &services::exchangeData)
        return fail(ErrorCode::cardOfAnother, "the chip names another holder");
    return OldCardSays::formerNumber;
}

Visit::Way Visit::showOldCard() {
    if (!oldCard_) {
        const Way way = findOldCard();
        if (way != Way::on) return way;
    }
    if (const auto holds = oldCardHolds(); !holds) return problem(holds.error());
    oldCardSays_ = OldCardSays::nothing;
    if (parts_.cardSlot == nullptr) return Way::on;
    CitizensCard card(parts_, conversation_, queryBusiness());
    const CardCame came = card.askForOld();
    if (came == CardCame::notPutIn) {
        card.giveBack();
        return end(ErrorCode::cardNotPutIn);
    }
    Result<OldCardSays> says = OldCardSays::nothing;
    if (came == CardCame::here) says = compareOldCard(card);
    card.giveBack();
    if (!says) {
        notes_.looked(issuance::Checked::oldCard, fail(says.error()), "chip");
        return problem(says.error());
    }
    oldCardSays_ = *says;
    if (*says == OldCardSays::itsHolder) notes_.looked(issuance::Checked::oldCard, {}, "chip");
    return Way::on;
}

// What no chip has said the attendant says, with the card in the hand.
Visit::Way Visit::standByWithCard() {
    if (!oldCard_) return standBy();
    const Way way = standBy(&*oldCard_);
    if (way == Way::on && oldCardSays_ != OldCardSays::itsHolder)
        notes_.looked(issuance::Checked::oldCard, {}, "seen");
    return way;
}

// By name, inside the making; nobody: the new card waits until somebody has it.
std::string Visit::takeOldCard() {
    AttendantScreen screen;
    screen.name = card::displayName(document_);
    screen.act = "act.take-old-card";
    screen.cardTail = PersonalText(oldCardTail());
    screen.bank = parts_.issuance.region.bankName(oldCard_->bankCode);
    for (screen.triesLeft = takerTries; screen.triesLeft > 0; --screen.triesLeft) {
        const auto action = conversation_.ask(screen);
        if (!action || action->kind == ActionKind::decline) return {};
        const auto account =
            accounts_.vouch(action->entry("badge").reveal(), action->entry("pin"),
                            staff::Act::attendService, parts_.issuance.clock.wallTime());
        if (account) return account->number;
        parts_.log.warning("nobody took the old card: badge or PIN was refused");
        screen.wrongPin = true;
        screen.waitSeconds = secondsToWait(accounts_, action->entry("badge").reveal(),
                                           parts_.issuance.clock.wallTime());
    }
    return {};
}

std::string Visit::oldCardTail() const {
    const std::string& number = oldCard_->cardNumber;
    return number.substr(number.size() - std::min<std::size_t>(3, number.size()));
}

// As the books have it.
OldCardIs Visit::oldCardAtEnd(const issuance::Ending& ending) const {
    const auto card = issuance::oldCardOf(parts_.issuance.database, ending.orderId);
    if (!card || !*card) return OldCardIs::none;
    if ((*card)->takenAt) return OldCardIs::taken;
    const auto order = parts_.issuance.orders.findPlain(ending.orderId);
    const bool notMade = order && *order &&
                         ((*order)->state == issuance::OrderState::resumable ||
                          (*order)->state == issuance::OrderState::failed);
    return notMade ? OldCardIs::yours : OldCardIs::bring;
}

}  // namespace liqu::session
