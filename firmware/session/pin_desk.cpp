#include "firmware/session/pin_desk.hpp"

#include <algorithm>

#include "firmware/services/catalogue.hpp"
#include "firmware/session/making_watch.hpp"

namespace liqu::session {
namespace {

using issuance::Ending;
using issuance::EndingKind;
using ports::PinEnd;
using ports::PinPrompt;
using ports::PinPurpose;
using province::CardState;

constexpr int entriesBeforeHint = 3;
constexpr int mostWeakEntries = 6;

bool isLineTrouble(const Error& error) {
    return isIn(error.code, ErrorGroup::line);
}

}  // namespace

PinDesk::PinDesk(SessionParts& parts, Conversation& conversation, issuance::Issuer& issuer,
                 PinWish wish)
    : parts_(parts),
      conversation_(conversation),
      issuer_(issuer),
      wish_(std::move(wish)),
      card_(parts, conversation, wish_.business),
      pad_(conversation),
      slips_(wish_.slips) {}

Result<PinVisitEnd> PinDesk::serve() {
    auto end = serveCard();
    card_.giveBack();
    return end;
}

PinVisitEnd PinDesk::tell(PersonPage page, ErrorCode why, std::string orderId) {
    for (const std::string& order : before_) slips_.give(order);
    tellSlip(page.parts, slips_.give(orderId));
    conversation_.ask(page);
    slips_.seeItTaken();
    return {why, std::move(orderId)};
}

PinVisitEnd PinDesk::failed(const Error& error, std::string orderId) {
    parts_.log.trouble(enables() ? "enabling a card" : "the social PIN", error);
    return tell(
        enables() ? services::enableFailedPage(error, firstPin_) : services::pinFailedPage(error),
        error.code, std::move(orderId));
}

PinVisitEnd PinDesk::left() const {
    return {conversation_.whyLeft().value_or(ErrorCode::pinNotEntered), {}};
}

PinDesk::Over PinDesk::notHere(CardCame came) {
    if (came == CardCame::here) return std::nullopt;
    if (came == CardCame::readerLost)
        return failed({ErrorCode::chipReaderNotFound, "the slot's reader"});
    return PinVisitEnd{conversation_.whyLeft().value_or(ErrorCode::cardNotPutIn), {}};
}

Result<PinVisitEnd> PinDesk::serveCard() {
    if (const Over over = notHere(card_.askFor())) return *over;
    if (const Over over = checkCard()) return *over;
    if (enables()) return enable();
    return maintains() ? maintain() : change();
}

// Whose it is, by its chip; and how it stands, by the province.
PinDesk::Over PinDesk::checkCard() {
    conversation_.tell(WaitingScreen{WaitingFor::record});
    if (isOfOtherProvince()) return checkOtherProvince();
    // What protects the holder's data opens with the province's encryption machine only.
    const bool isClosed = card_.shown().socialNumber.empty() &&
                          !parts_.issuance.province.can(province::MessageType::cardAuthExternal);
    if (isClosed && wish_.holder != nullptr) return checkByNumber(*wish_.holder);
    const auto owner = card_.holder();
    if (!owner) return withoutProvince(owner.error());
    const bool isTheirs = wish_.holder == nullptr || *owner == wish_.holder->socialNumber;
    if (!isTheirs) return tell(services::cardOfAnotherPage(), ErrorCode::cardOfAnother);
    return checkState(*owner);
}

// It is theirs where the province lists its number among their cards; one that is not listed stands
// in no state that anything is done in.
PinDesk::Over PinDesk::checkByNumber(const issuance::Holder& holder) {
    const auto list = parts_.issuance.province.cards(wish_.business, holder.socialNumber);
    if (!list) return failed(list.error());
    findIn(*list);
    return mayServe(*list);
}

PinDesk::Over PinDesk::checkState(const PersonalText& owner) {
    const auto list = parts_.issuance.province.cards(wish_.business, owner);
    if (!list) return withoutProvince(list.error());
    findIn(*list);
    return mayServe(*list);
}

void PinDesk::findIn(const province::CardList& list) {
    const auto listed =
        std::ranges::find(list.cards, card_.shown().cardNumber, &province::HolderCard::cardNumber);
    if (listed != list.cards.end()) listed_ = *listed;
}

PinDesk::Over PinDesk::mayServe(const province::CardList& list) {
    if (enables()) return mayEnable(list);
    const CardState state = listed_ ? listed_->state : CardState::unknown;
    const bool isNew = state == CardState::notEnabled && wish_.service.id == "pin-first";
    if (state == CardState::normal || isNew) return std::nullopt;
    return tell(services::pinNotNowPage(state), ErrorCode::nothingToChange);
}

// The card compares by itself: what the province would say of it can be missing, where the region
// allows that, and never what it has said.
PinDesk::Over PinDesk::withoutProvince(const Error& error) {
    const bool allowed =
        !maintains() && !enables() && parts_.issuance.region.rule(wish_.service.id).flag("offline");
    if (isLineTrouble(error) && allowed) return std::nullopt;
    return failed(error);
}

PinPrompt PinDesk::prompt(PinPurpose purpose) const {
    return {.purpose = purpose, .cardTail = PersonalText(card_.tail())};
}

// One try is spent by the citizen alone, who is asked for it.
PinDesk::Over PinDesk::mayTry(const chip::PinState& state) {
    if (state.kind == chip::PinState::Kind::locked)
        return tell(services::pinLockedPage(), ErrorCode::pinLocked);
    if (state.kind == chip::PinState::Kind::none || state.triesLeft > 1) return std::nullopt;
    const auto action = conversation_.ask(services::pinLastTryPage());
    if (action && action->kind == ActionKind::confirm) return std::nullopt;
    return left();
}

Result<PinVisitEnd> PinDesk::change() {
    PinDone done;
    if (const Over over = TRY(changePin(wish_.service, done))) return *over;
    return tell(services::pinDonePage(done.was, done.orderId), ErrorCode::changeCarriedOut,
                done.orderId);
}

Result<PinDesk::Over> PinDesk::changePin(const services::Service& service, PinDone& done) {
    bool wasWrong = false;
    while (true) {
        const auto state = card_.chip().pin().ask();
        if (!state) return Over(failed(state.error()));
        if (Over over = mayTry(*state)) return over;
        Entries entries;
        if (Over over = enter(*state, wasWrong, entries)) return over;
        issuance::PinAct act{.card = card_.chip(),
                             .shown = card_.shown(),
                             .old = entries.old.get(),
                             .fresh = entries.fresh.get(),
                             .patience = cardPatience};
        issuance::OrderRequest order = request(service, act);
        Ending ending = TRY(carryOut(order));
        const bool wasUnknown = ending.kind == EndingKind::waiting;
        if (wasUnknown) {
            if (Over over = TRY(findOut(order, ending))) return over;
        }
        if (ending.kind == EndingKind::carriedOut) {
            done = {entries.old ? services::PinWas::changed : services::PinWas::set,
                    ending.orderId};
            return Over();
        }
        if (!wasUnknown) {
            if (Over over = notChanged(ending)) return over;
        }
        wasWrong = true;
    }
}

// none: the old one was wrong, and may be typed again.
PinDesk::Over PinDesk::notChanged(const Ending& ending) {
    const Error error = ending.error.value_or(Error{ErrorCode::pinRefused, ""});
    if (error.code == ErrorCode::pinLocked)
        return tell(services::pinLockedPage(), error.code, ending.orderId);
    if (error.code != ErrorCode::pinWrong) return failed(error, ending.orderId);
    return std::nullopt;
}

PinDesk::Over PinDesk::enter(const chip::PinState& state, bool wasWrong, Entries& entries) {
    if (state.kind == chip::PinState::Kind::set) {
        PinPrompt asked = prompt(PinPurpose::current);
        asked.triesLeft = state.triesLeft;
        asked.wasWrong = wasWrong;
        auto read = pad_.read(asked, {});
        if (read.end != PinEnd::entered) return left();
        entries.old = std::move(read.pin);
    }
    return enterFresh(entries);
}

PinDesk::Over PinDesk::enterFresh(Entries& entries) {
    card::PinHolder holder;
    holder.socialNumber = card_.shown().socialNumber;
    holder.cardNumber = PersonalText(card_.shown().cardNumber);
    if (wish_.holder != nullptr) {
        holder.socialNumber = wish_.holder->socialNumber;
        holder.birthDate = wish_.holder->birthDate;
    }
    PinPrompt asked = prompt(PinPurpose::fresh);
    for (int weak = 0; weak < mostWeakEntries;) {
        auto fresh = pad_.read(asked, {});
        if (fresh.end != PinEnd::entered) return left();
        asked.wasWeak = fresh.pin->isWeak(*parts_.pinRules, holder);
        asked.wasUnchanged = entries.old && fresh.pin->matches(*entries.old);
        asked.wasAnother = false;
        weak += asked.wasWeak ? 1 : 0;
        asked.hint = weak >= entriesBeforeHint;
        if (asked.wasWeak || asked.wasUnchanged) continue;
        auto again = pad_.read(prompt(PinPurpose::repeated), {});
        if (again.end != PinEnd::entered) return left();
        asked.wasAnother = !again.pin->matches(*fresh.pin);
        if (asked.wasAnother) continue;
        entries.fresh = std::move(fresh.pin);
        return std::nullopt;
    }
    return left();
}

std::string PinDesk::booksName() const {
    const PersonalText& number = card_.shown().socialNumber;
    return wish_.digestOf(wish_.holder != nullptr ? wish_.holder->socialNumber
                          : number.empty()        ? PersonalText(card_.shown().cardNumber)
                                                  : number);
}

issuance::OrderRequest PinDesk::request(const services::Service& service, issuance::PinAct& act) {
    issuance::OrderRequest order;
    order.service = service.id;
    order.holderDigest = booksName();
    if (wish_.holder != nullptr) order.holder = *wish_.holder;
    order.application = wish_.application;
    order.bankCode = listed_ ? listed_->bankCode : wish_.business.bankCode;
    order.operatorId = wish_.business.operatorId;
    order.pin = &act;
    return order;
}

Result<Ending> PinDesk::carryOut(issuance::OrderRequest& request) {
    conversation_.tell(WaitingScreen{WaitingFor::change});
    UnseenWatch watch(parts_);
    auto ending = issuer_.carryOut(request, watch);
    parts_.ringOutbox();
    return ending;
}

// The command went out and no answer came. The same card is put in once more and the citizen types
// the new PIN: a try of theirs, and the only one this machine makes.
Result<PinDesk::Over> PinDesk::findOut(issuance::OrderRequest& request, Ending& ending) {
    const PinVisitEnd unknown{ErrorCode::pinOutcomeUnknown, ending.orderId};
    for (int look = 0; look < mostLooks; ++look) {
        const auto action = conversation_.ask(services::pinUnknownPage());
        if (!action || action->kind != ActionKind::confirm) return Over(unknown);
        if (card_.askForAgain() != CardCame::here) return Over(unknown);
        const auto state = card_.chip().pin().ask();
        if (!state) continue;
        if (mayTry(*state)) return Over(unknown);
        PinPrompt asked = prompt(PinPurpose::proof);
        asked.triesLeft = state->triesLeft;
        const auto proof = pad_.read(asked, {});
        if (proof.end != PinEnd::entered) return Over(unknown);
        request.pin->fresh = proof.pin.get();
        UnseenWatch watch(parts_);
        ending = TRY(issuer_.settle(request, ending.orderId, watch));
        parts_.ringOutbox();
        if (ending.kind == EndingKind::carriedOut || ending.kind == EndingKind::resumable)
            return Over();
    }
    return Over(unknown);
}

}  // namespace liqu::session
