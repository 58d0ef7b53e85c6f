#include "firmware/desk/staff_look.hpp"

#include "firmware/custody/day.hpp"
#include "firmware/custody/ledger.hpp"

namespace liqu::desk {
namespace {

using issuance::Order;
using issuance::OrderState;

using custody::Condition;
using custody::Place;
using storage::Transaction;

province::MakeReport reportOf(const Order& order, FaceVerdict verdict, WallTime at) {
    province::MakeReport report;
    report.applicationNo = order.applicationNo;
    report.permitId = order.permitId;
    report.blankId = order.cardNumber.empty() ? order.cardIdCode : order.cardNumber;
    report.madeAt = at;
    if (verdict == FaceVerdict::complete) {
        report.result = province::MakeResult::registerAfter;
        report.faceState = province::FaceState::full;
        report.readBack = order.readBack;
    } else {
        report.result = province::MakeResult::failed;
        report.stage = province::MakeStage::print;
        report.reasonCode = numberOf(ErrorCode::printInDoubt);
        report.faceState = province::FaceState::partial;
    }
    return report;
}

Result<bool> isInHoldBin(Transaction& transaction, const Order& order) {
    const auto card = TRY(custody::findCard(transaction.database(), order.cardNumber));
    return card && card->place == Place::holdBin();
}

Result<void> registerAfter(Transaction& transaction, Order& order, const province::Outbox& outbox,
                           const province::Business& business, const custody::Mandate& mandate) {
    const WallTime at = mandate.at;
    if (!TRY(isInHoldBin(transaction, order))) {
        return fail(ErrorCode::moveNotPossible,
                    order.cardNumber +
                        " does not lie in the hold bin; book it as found there "
                        "first (liqu stock found), or say that it is not complete");
    }
    TRY(custody::setCondition(transaction, order.cardNumber, Condition::finished, order.orderId,
                              at));
    province::Enabling enabling;
    enabling.applicationNo = order.applicationNo;
    enabling.cardNumber = order.cardNumber;
    enabling.socialNumber = order.chip->socialNumber;
    enabling.name = order.chip->name;
    TRY(outbox.enqueue(transaction, TRY(province::factOf(business, enabling, at))));
    province::Handover handover;
    handover.applicationNo = order.applicationNo;
    handover.cardNumber = order.cardNumber;
    handover.outcome = province::HandoverOutcome::retainedFault;
    handover.at = at;
    handover.pickupCode = order.pickupCode;
    TRY(outbox.enqueue(transaction, TRY(province::factOf(business, handover, 1))));
    order.state = OrderState::held;
    return {};
}

Result<void> giveUp(Transaction& transaction, Order& order, const custody::Mandate& mandate) {
    TRY(custody::setCondition(transaction, order.cardNumber, Condition::spoiled, order.orderId,
                              mandate.at));
    // A count may have missed it since: then it is spoiled wherever it is.
    if (TRY(isInHoldBin(transaction, order))) {
        TRY(custody::moveCard(transaction, order.cardNumber, Place::holdBin(), Place::rejectBin(),
                              {"face not complete", order.orderId, mandate.at, mandate.people}));
    }
    order.state = OrderState::failed;
    return {};
}

}  // namespace

Result<void> settleStaffLook(const DeskParts& parts, const std::string& orderId,
                             FaceVerdict verdict, const TwoPeople& people) {
    const auto change = [&](Transaction& transaction,
                            const custody::Mandate& mandate) -> Result<void> {
        TRY(custody::requireNotFrozen(parts.database));
        // A card that is given up needs nothing of what is sealed, which may be damaged.
        const bool complete = verdict == FaceVerdict::complete;
        auto order = TRY(complete ? parts.orders.find(orderId) : parts.orders.findPlain(orderId));
        if (!order || order->state != OrderState::staffLook || (complete && !order->chip)) {
            return fail(ErrorCode::moveNotPossible, orderId + " does not wait for staff");
        }
        const auto card = TRY(custody::findCard(parts.database, order->cardNumber));
        const province::Business business{.bizId = orderId,
                                          .bankCode = card ? card->bank : order->bankCode,
                                          .channel = province::Channel::staff,
                                          .operatorId = people.operatorId,
                                          .secondOperatorId = people.secondOperatorId};
        TRY(parts.outbox.enqueue(
            transaction,
            TRY(province::factOf(business, reportOf(*order, verdict, mandate.at), 1))));
        if (complete) {
            TRY(registerAfter(transaction, *order, parts.outbox, business, mandate));
        } else {
            TRY(giveUp(transaction, *order, mandate));
        }
        return parts.orders.close(transaction, *order, mandate.at);
    };
    return carryOut(parts, people, "", change);
}

}  // namespace liqu::desk
