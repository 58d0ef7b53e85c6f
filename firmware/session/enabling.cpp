// 领卡启用 at the machine: the card in the slot is the person's and not in force yet, its first PIN
// is set where the rules ask for it, and then the province enables it while they wait.
#include "firmware/issuance/person_history.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/services/enable_pages.hpp"
#include "firmware/session/outcome_watch.hpp"
#include "firmware/session/pin_desk.hpp"

namespace liqu::session {

using issuance::Ending;
using issuance::EndingKind;
using province::CardState;
using services::FirstPin;

bool PinDesk::enables() const {
    return &wish_.service == &services::enable;
}

// Before anything is entered.
PinDesk::Over PinDesk::mayEnable(const province::CardList& list) {
    const policy::RegionPolicy& region = parts_.issuance.region;
    if (!listed_) return tell(services::enableNotNowPage(nullptr), ErrorCode::nothingToChange);
    if (listed_->state == CardState::normal)
        return tell(services::enableAlreadyPage(*listed_, region), ErrorCode::nothingToChange);
    if (listed_->state != CardState::notEnabled)
        return tell(services::enableNotNowPage(&*listed_), ErrorCode::nothingToChange);
    if (list.temporaryCardOpen && region.rule(wish_.service.id).flag("temporaryCardBlocks"))
        return tell(services::temporaryCardPage(), ErrorCode::temporaryCardOpen);
    return std::nullopt;
}

// What the holder set here before is theirs already. Of what was set elsewhere the card tells
// nothing: it is set once more.
Result<PinDesk::Over> PinDesk::setFirstPin() {
    const auto state = card_.chip().pin().ask();
    if (!state) return Over(failed(state.error()));
    const bool isTheirs = state->kind == chip::PinState::Kind::set &&
                          TRY(issuance::pinWasSetHere(parts_.issuance.database, booksName(),
                                                      card_.shown().cardIdCode));
    if (isTheirs) return Over();
    PinDone done;
    Over over = TRY(changePin(services::pinFirst, done));
    if (!over) firstPin_ = FirstPin::setNow;
    if (!over) before_.push_back(done.orderId);
    return over;
}

Result<PinVisitEnd> PinDesk::enable() {
    if (parts_.issuance.region.rule(wish_.service.id).flag("firstPin")) {
        if (const Over over = TRY(setFirstPin())) return *over;
    }
    issuance::PinAct act{.card = card_.chip(), .shown = card_.shown(), .patience = cardPatience};
    issuance::OrderRequest order = request(wish_.service, act);
    order.subject = listed_;
    if (wish_.takeRecord) order.record = wish_.takeRecord();
    Ending ending = TRY(carryOut(order));
    if (ending.kind == EndingKind::waiting) {
        const PersonPage page = services::enableUnconfirmedPage(firstPin_, ending.orderId);
        ending = TRY(awaitOutcome({parts_, conversation_, issuer_}, order, ending, page));
    }
    if (ending.kind == EndingKind::waiting)
        return PinVisitEnd{ErrorCode::provinceOutcomeUnknown, ending.orderId};
    if (ending.kind != EndingKind::carriedOut)
        return failed(ending.error.value_or(Error{ErrorCode::provinceNeedsStaff, ""}),
                      ending.orderId);
    return tell(services::enableDonePage(*listed_, ending.enabled ? &*ending.enabled : nullptr,
                                         firstPin_, ending.orderId, parts_.issuance.region),
                ErrorCode::changeCarriedOut, ending.orderId);
}

}  // namespace liqu::session
