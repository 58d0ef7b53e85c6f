// 撤回申请: an application that is not paid and whose data are not made yet (Guangdong Art.27(4)).
// A fee that can still be paid is closed first, then the mark is taken back, then the application.
#include <array>

#include "firmware/issuance/slips.hpp"
#include "firmware/issuance/steps.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/services/withdraw_pages.hpp"

namespace liqu::services {
namespace {

using issuance::Disposition;
using issuance::Making;
using issuance::Seen;
using province::ApplicationState;
using province::MessageType;

constexpr std::array<policy::Term, 1> terms = {
    // The articles speak of replacement and exchange.
    policy::Term{.key = "firstCard", .usual = 1},
};

province::Withdrawal atTheirWish(const Making& making) {
    return {making.order.applicationNo, province::WithdrawReason::person};
}

// What may have been done is never called "not done".
Disposition judgeWithdrawal(const Making&, const Error& error) {
    const bool inDoubt = province::mayHaveHappened(error) || issuance::isAlarm(error.code);
    return inDoubt ? Disposition::wait : Disposition::endResumable;
}

// Whatever became of the fee, nothing is withdrawn by it.
Disposition judgeFee(const Making&, const Error&) {
    return Disposition::endResumable;
}

bool isMarked(const Making& making) {
    return making.alreadyMarked;
}

Result<void> unmark(Making& making) {
    const auto answer =
        TRY(making.parts.province.unmark(making.business, atTheirWish(making), 1, making.attempt));
    return issuance::bindState(making.order.applicationNo, ApplicationState::created, answer);
}

Result<void> cancel(Making& making) {
    const auto answer = TRY(making.parts.province.cancelApplication(
        making.business, atTheirWish(making), 1, making.attempt));
    return issuance::bindState(making.order.applicationNo, ApplicationState::cancelled, answer);
}

Result<void> withdrawn(storage::Transaction& transaction, Making& making) {
    return issuance::closeOrder(transaction, making, issuance::OrderState::withdrawn);
}

template <MessageType type>
Result<Seen> observe(Making& making, const custody::JournalEntry&) {
    const bool done = TRY(making.parts.province.wasCarriedOut(making.business, type));
    return done ? Seen::happened : Seen::didNotHappen;
}

constexpr std::array rows = {
    issuance::PlanRow{.name = "closeFee", .act = issuance::steps::closeFee, .judge = judgeFee},
    issuance::PlanRow{.name = "unmark",
                      .due = isMarked,
                      .act = unmark,
                      .judge = judgeWithdrawal,
                      .observe = observe<MessageType::issueUnmark>},
    issuance::PlanRow{.name = "cancelApplication",
                      .act = cancel,
                      .withFact = withdrawn,
                      .judge = judgeWithdrawal,
                      .observe = observe<MessageType::applyCancel>}};
constinit const issuance::Plan plan(rows);

constexpr std::array says = {MessageType::progressQuery, MessageType::cardQuery,
                             MessageType::issueUnmark, MessageType::applyCancel};

}  // namespace

const Service withdraw{.id = "withdraw",
                       .plan = &plan,
                       .says = says,
                       .terms = terms,
                       .pages = withdrawPages,
                       .picture = screen::Picture::consent,
                       .isOfApplication = true};

}  // namespace liqu::services
