// 撤回申请 in a visit: what is open is asked for anew, and what stands in the way is told before
// anybody is asked to agree.
#include <algorithm>

#include "firmware/payment/fee_order.hpp"
#include "firmware/services/withdraw_pages.hpp"
#include "firmware/session/making_watch.hpp"
#include "firmware/session/outcome_watch.hpp"
#include "firmware/session/visit.hpp"

namespace liqu::session {

using issuance::Ending;
using issuance::EndingKind;
using province::Application;
using province::ApplicationState;
using services::WithdrawBar;

Result<std::optional<Application>> Visit::openApplication() {
    const auto progress = TRY(parts_.issuance.province.progress(
        queryBusiness(), province::ProgressBy::socialNumber, holder_.socialNumber.reveal()));
    const auto open = std::ranges::find_if(progress.applications, [](const Application& one) {
        return one.state != ApplicationState::cancelled &&
               one.state != ApplicationState::handedOver;
    });
    if (open == progress.applications.end()) return std::optional<Application>();
    return std::optional(*open);
}

// Of what was collected here, by the book; of the rest by the province's word of now.
Result<std::optional<WithdrawBar>> Visit::feeBar(const Application& application) {
    payment::FeeBook fees(parts_.issuance.database);
    if (TRY(fees.paidOf(application.applicationNo))) return std::optional(WithdrawBar::paid);
    if (TRY(fees.isHeld(application.applicationNo))) return std::optional(WithdrawBar::feeInDoubt);
    province::Province& province = parts_.issuance.province;
    const bool canOwe = application.kind != province::ApplicationKind::newCard;
    if (!canOwe || !province.can(province::MessageType::feeQuote))
        return std::optional<WithdrawBar>();
    const auto quote = TRY(province.feeQuote(
        queryBusiness(), {application.applicationNo, holder_.socialNumber, application.kind}));
    return quote.paid ? std::optional(WithdrawBar::paid) : std::nullopt;
}

Result<std::optional<WithdrawBar>> Visit::withdrawBar(
    const std::optional<Application>& application) {
    if (!application) return std::optional(WithdrawBar::noApplication);
    const bool here =
        application->terminalId == parts_.config.terminal ||
        TRY(parts_.issuance.orders.knowsApplication(holderDigest_, application->applicationNo));
    if (!here) return std::optional(WithdrawBar::elsewhere);
    if (const auto bar = services::barOf(*application, parts_.issuance.region))
        return std::optional(*bar);
    return feeBar(*application);
}

Result<Visit::Way> Visit::withdraw() {
    conversation_.tell(WaitingScreen{WaitingFor::record});
    if (!readiness_.isCompared() || readiness_.disagreement()) {
        const auto fits = readiness_.signInAgain();
        if (!fits) return leaveWith(fits.error(), services::withdrawFailedPage(fits.error()));
    }
    const auto application = openApplication();
    notes_.asked(issuance::Checked::card,
                 application ? Result<void>() : Result<void>(fail(application.error())));
    if (!application)
        return leaveWith(application.error(), services::withdrawFailedPage(application.error()));
    const auto bar = withdrawBar(*application);
    if (!bar) return leaveWith(bar.error(), services::withdrawFailedPage(bar.error()));
    if (*bar) {
        const auto action =
            conversation_.ask(services::withdrawBarPage(**bar), {.canGoBack = true});
        if (action && action->kind == ActionKind::back) return Way::back;
        return understood(ErrorCode::nothingToChange);
    }
    const PersonPage page = services::withdrawAgreePage(**application);
    const Way way = agreeToEach({{.clause = page.name, .page = page}});
    if (way != Way::on) return way;
    if (standBy() == Way::over) return Way::over;
    return carryOutWithdrawal(**application);
}

Result<Visit::Way> Visit::carryOutWithdrawal(const Application& application) {
    conversation_.tell(WaitingScreen{WaitingFor::change});
    issuance::OrderRequest request;
    request.service = service_->id;
    request.holderDigest = holderDigest_;
    request.holder = holder_;
    request.application = applicationRequest();
    request.applicationNo = application.applicationNo;
    request.alreadyMarked = application.state == ApplicationState::marked;
    request.bankCode = application.bankCode;
    request.operatorId = attendant();
    request.record = notes_.take();
    UnseenWatch watch(parts_);
    auto ending = issuer_.carryOut(request, watch);
    // What was collected in the last moment goes to the province.
    parts_.ringOutbox();
    if (ending && ending->kind == EndingKind::waiting) {
        told_ = true;
        ending = session::awaitOutcome({parts_, conversation_, issuer_}, request, *ending,
                                       services::withdrawUnconfirmedPage(ending->orderId));
    }
    if (!ending)
        return leaveBroken(ending.error(), {.notDone = services::withdrawFailedPage(ending.error()),
                                            .unconfirmed = services::withdrawUnconfirmedPage("")});
    noteOutcome(*ending);
    if (ending->kind != EndingKind::waiting) tellWithdrawal(*ending);
    return Way::over;
}

// What stands in its way now may have come between the question and the act.
void Visit::tellWithdrawal(const Ending& ending) {
    if (ending.kind == EndingKind::carriedOut) {
        const auto cards = parts_.issuance.province.cards(queryBusiness(), holder_.socialNumber);
        tellDone(services::withdrawnPage(cards ? &*cards : nullptr, ending.orderId,
                                         parts_.issuance.region),
                 ending.orderId);
        return;
    }
    const auto application = openApplication();
    const auto bar = application ? withdrawBar(*application)
                                 : Result<std::optional<WithdrawBar>>(fail(application.error()));
    if (bar && *bar && **bar != WithdrawBar::noApplication) {
        conversation_.ask(services::withdrawBarPage(**bar));
        return;
    }
    const Error error = ending.error.value_or(Error{ErrorCode::provinceNeedsStaff, ""});
    const bool isOfFee =
        error.code == ErrorCode::paymentUnclear || error.code == ErrorCode::paymentUnreachable;
    conversation_.ask(isOfFee ? services::withdrawBarPage(WithdrawBar::feeInDoubt)
                              : services::withdrawFailedPage(error));
}

}  // namespace liqu::session
