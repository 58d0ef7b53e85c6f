// 信息变更 in a visit: an item at a time is said by touch, all of them are shown, and then one
// change is made. What is typed dies with the visit.
#include <algorithm>

#include "firmware/services/data_pages.hpp"
#include "firmware/session/making_watch.hpp"
#include "firmware/session/outcome_watch.hpp"
#include "firmware/session/visit.hpp"

namespace liqu::session {

using issuance::Ending;
using issuance::EndingKind;
using services::DataItem;

namespace {

bool isBack(const Action& action) {
    return action.kind == ActionKind::back;
}

}  // namespace

// All of GB/T 6565's major groups, where an application asks for none.
std::vector<std::string> Visit::occupationsAsked() const {
    if (service_ != &services::dataChange) return parts_.issuance.region.items.occupations;
    return {"1", "2", "3", "4", "5", "6", "7", "8"};
}

Result<Visit::Way> Visit::changeData() {
    conversation_.tell(WaitingScreen{WaitingFor::record});
    // Its number is of these books, and its time of this clock: both must be the province's.
    if (!readiness_.isCompared() || readiness_.disagreement()) {
        const auto fits = readiness_.signInAgain();
        if (!fits) return leaveWith(fits.error(), services::dataFailedPage(fits.error()));
    }
    said_ = {};
    Way way = Way::other;
    while (way == Way::other) way = sayChange();
    if (way == Way::on) way = standBy();
    if (way == Way::on) return carryOutDataChange();
    said_ = {};
    return way;
}

// other: the first page again.
Visit::Way Visit::sayChange() {
    const auto items = services::dataItems(parts_.issuance.region);
    const auto action = conversation_.ask(services::dataChoosePage(items), {.canGoBack = true});
    if (!action) return end(ErrorCode::visitTimedOut);
    if (isBack(*action)) return said_.empty() ? Way::back : agreeToChange();
    const auto item = named<DataItem>(action->choice);
    if (!item) return end(ErrorCode::cancelledByPerson);
    const Way way = sayItem(*item);
    if (way == Way::back) return Way::other;
    return way == Way::on ? agreeToChange() : way;
}

Visit::Way Visit::sayItem(services::DataItem item) {
    switch (item) {
        case DataItem::phone:
            return sayPhone();
        case DataItem::occupation:
            return sayOccupation();
        case DataItem::mailingAddress:
            return sayNewAddress();
        case DataItem::onDocument:
            break;
    }
    return conversation_.ask(services::dataOnDocumentPage(), {.canGoBack = true})
               ? Way::other
               : end(ErrorCode::visitTimedOut);
}

// Another one than the document's is the counter's, and keeps nobody from changing the rest.
Visit::Way Visit::sayNewAddress() {
    const bool known = !document_.address.empty();
    auto action = std::optional(Action{ActionKind::choose, otherAddress});
    if (known) action = conversation_.ask(addressPage(document_.address), {.canGoBack = true});
    if (action && action->choice == otherAddress)
        action = conversation_.ask(otherAddressPage(Address::none), {.canGoBack = true});
    if (!action) return end(ErrorCode::visitTimedOut);
    if (action->kind != ActionKind::confirm) return Way::back;
    said_.mailingAddress = document_.address;
    return Way::on;
}

province::DataChange Visit::wantedData() const {
    province::DataChange wanted;
    wanted.phone = said_.phone;
    wanted.mailingAddress = said_.mailingAddress;
    wanted.occupation = said_.occupation;
    return wanted;
}

Visit::Way Visit::agreeToChange() {
    const PersonPage page = services::dataAgreePage(wantedData());
    const WallTime shownAt = parts_.issuance.clock.wallTime();
    const auto action = conversation_.ask(page, {.canGoBack = true});
    if (!action) return end(ErrorCode::visitTimedOut);
    if (isBack(*action) || action->kind == ActionKind::choose) return Way::other;
    const bool yes = action->kind == ActionKind::confirm;
    notes_.answered(page.name, yes ? issuance::ConsentAnswer::yes : issuance::ConsentAnswer::no,
                    conversation_.language(), shownAt);
    return yes ? Way::on : end(ErrorCode::consentDeclined);
}

Result<Visit::Way> Visit::carryOutDataChange() {
    conversation_.tell(WaitingScreen{WaitingFor::change});
    issuance::OrderRequest request;
    request.service = service_->id;
    request.holderDigest = holderDigest_;
    request.holder = holder_;
    request.application = applicationRequest();
    request.bankCode = queryBusiness().bankCode;
    request.operatorId = attendant();
    request.record = notes_.take();
    UnseenWatch watch(parts_);
    auto ending = issuer_.carryOut(request, watch);
    if (ending && ending->kind == EndingKind::waiting) {
        told_ = true;
        ending = session::awaitOutcome({parts_, conversation_, issuer_}, request, *ending,
                                       services::dataUnconfirmedPage(ending->orderId));
    }
    if (!ending)
        return leaveBroken(ending.error(), {.notDone = services::dataFailedPage(ending.error()),
                                            .unconfirmed = services::dataUnconfirmedPage("")});
    noteOutcome(*ending);
    if (ending->kind == EndingKind::carriedOut)
        tellDone(services::dataDonePage(wantedData(), ending->orderId), ending->orderId);
    else if (ending->kind != EndingKind::waiting)
        conversation_.ask(services::dataFailedPage(
            ending->error.value_or(Error{ErrorCode::provinceNeedsStaff, ""})));
    return Way::over;
}

}  // namespace liqu::session
