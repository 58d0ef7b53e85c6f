#include "firmware/services/loss_row.hpp"

#include "firmware/issuance/slips.hpp"

namespace liqu::services {

using issuance::Disposition;
using issuance::Making;

Result<void> sendLoss(Making& making, province::MessageType type) {
    province::LossReport report;
    report.socialNumber = making.holder.socialNumber;
    report.name = making.holder.name;
    report.documentKind = making.application.documentKind;
    report.documentNumber = making.application.documentNumber;
    report.cardNumber = making.subject->cardNumber;
    making.loss =
        TRY(making.parts.province.changeLoss(type, making.business, report, making.attempt));
    return {};
}

Result<void> lossChanged(storage::Transaction& transaction, Making& making) {
    return issuance::closeOrder(transaction, making, issuance::OrderState::carriedOut);
}

std::string lossWords(const Making& making) {
    if (!making.loss) return {};
    const province::LossAnswer& loss = *making.loss;
    return "effective=" + loss.effectiveTime +
           (loss.validUntil.empty() ? "" : " until=" + loss.validUntil) +
           (loss.bankBlocked ? " bank=blocked" : " bank=apart");
}

Disposition judgeLoss(const Making&, const Error& error) {
    const bool inDoubt = province::mayHaveHappened(error) || issuance::isAlarm(error.code);
    return inDoubt ? Disposition::wait : Disposition::endResumable;
}

}  // namespace liqu::services
