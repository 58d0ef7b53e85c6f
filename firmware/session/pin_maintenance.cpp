// 解锁 and 重置 at the machine: an attendant stands by, the document was read in this visit, and
// the province is on the line (Guangdong Art.20, 21).
#include "firmware/services/catalogue.hpp"
#include "firmware/services/pin_pages.hpp"
#include "firmware/session/making_watch.hpp"
#include "firmware/session/pin_desk.hpp"

namespace liqu::session {

using issuance::Ending;
using issuance::EndingKind;

bool PinDesk::maintains() const {
    return &wish_.service == &services::pinUnlock || &wish_.service == &services::pinReset;
}

Result<PinVisitEnd> PinDesk::maintain() {
    const bool isReset = &wish_.service == &services::pinReset;
    const auto state = card_.chip().pin().ask();
    if (!state) return failed(state.error());
    if (!isReset && state->kind != chip::PinState::Kind::locked)
        return tell(services::pinNotLockedPage(), ErrorCode::nothingToChange);
    issuance::PinAct act{.card = card_.chip(), .shown = card_.shown(), .patience = cardPatience};
    if (isReset) {
        const auto pin = parts_.issuance.region.rule(wish_.service.id).number("transportPin");
        const std::string digits = std::to_string(pin);
        act.transportPin = std::string(ports::PinLength{}.most - digits.size(), '0') + digits;
    }
    issuance::OrderRequest order = request(wish_.service, act);
    Ending ending = TRY(carryOut(order));
    ending = TRY(lookAgain(order, std::move(ending)));
    return maintained(ending, act);
}

// The card can tell by its tries, as long as it is the same; it is never sent a second command.
Result<Ending> PinDesk::lookAgain(issuance::OrderRequest& request, Ending ending) {
    for (int look = 0; look < mostLooks && ending.kind == EndingKind::waiting; ++look) {
        const auto action = conversation_.ask(services::pinUnsurePage());
        if (!action || action->kind != ActionKind::confirm) return ending;
        if (card_.askForAgain() != CardCame::here) return ending;
        UnseenWatch watch(parts_);
        ending = TRY(issuer_.settle(request, ending.orderId, watch));
        parts_.ringOutbox();
        if (ending.kind == EndingKind::interrupted) ending.kind = EndingKind::waiting;
    }
    return ending;
}

Result<PinVisitEnd> PinDesk::maintained(const Ending& ending, const issuance::PinAct& act) {
    if (ending.kind == EndingKind::waiting)
        return PinVisitEnd{ErrorCode::pinOutcomeUnknown, ending.orderId};
    if (ending.kind != EndingKind::carriedOut)
        return failed(ending.error.value_or(Error{ErrorCode::pinRefused, ""}), ending.orderId);
    if (act.transportPin.empty())
        return tell(services::pinUnlockedPage(ending.orderId), ErrorCode::changeCarriedOut,
                    ending.orderId);
    before_.push_back(ending.orderId);
    conversation_.ask(services::pinResetPage());
    if (conversation_.left()) return PinVisitEnd{ErrorCode::changeCarriedOut, ending.orderId};
    return replaceTransportPin(act.transportPin);
}

// 重置后即改: nobody's PIN, known to everybody, is not left in the card by us. Whoever walks away
// keeps a card whose PIN is not used.
Result<PinVisitEnd> PinDesk::replaceTransportPin(const std::string& transportPin) {
    Entries entries;
    entries.old = knownPin(transportPin);
    if (const Over over = enterFresh(entries)) return *over;
    issuance::PinAct act{.card = card_.chip(),
                         .shown = card_.shown(),
                         .old = entries.old.get(),
                         .fresh = entries.fresh.get(),
                         .patience = cardPatience};
    issuance::OrderRequest order = request(services::pinChange, act);
    Ending ending = TRY(carryOut(order));
    if (ending.kind == EndingKind::waiting) {
        if (const Over over = TRY(findOut(order, ending))) return *over;
        if (ending.kind != EndingKind::carriedOut)
            return PinVisitEnd{ErrorCode::pinOutcomeUnknown, ending.orderId};
    }
    if (ending.kind != EndingKind::carriedOut)
        return failed(ending.error.value_or(Error{ErrorCode::pinRefused, ""}), ending.orderId);
    return tell(services::pinDonePage(services::PinWas::set, ending.orderId),
                ErrorCode::changeCarriedOut, ending.orderId);
}

}  // namespace liqu::session
