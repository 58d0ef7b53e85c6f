#include "firmware/issuance/staff_look.hpp"

#include "firmware/custody/day.hpp"
#include "firmware/custody/ledger.hpp"

namespace liqu::issuance {
namespace {

using custody::Condition;
using custody::Place;
using storage::Transaction;

province::MakeReport reportOf(const Order& order, const StaffLook& look, WallTime at) {
    province::MakeReport report;
    report.applicationNo = order.applicationNo;
    report.permitId = order.permitId;
    report.blankId = order.cardNumber.empty() ? order.cardIdCode : order.cardNumber;
    report.madeAt = at;
    if (look.faceComplete) {
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
                           const province::Business& business, WallTime at) {
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

Result<void> giveUp(Transaction& transaction, Order& order, WallTime at) {
    TRY(custody::setCondition(transaction, order.cardNumber, Condition::spoiled, order.orderId,
                              at));
    // A count may have missed it since: then it is spoiled wherever it is.
    if (TRY(isInHoldBin(transaction, order))) {
        TRY(custody::moveCard(transaction, order.cardNumber, Place::holdBin(), Place::rejectBin(),
                              {"face not complete", order.orderId, at}));
    }
    order.state = OrderState::failed;
    return {};
}

}  // namespace

Result<void> settleStaffLook(storage::Database& database, OrderBook& orders,
                             const province::Outbox& outbox, const std::string& orderId,
                             const StaffLook& look, WallTime at) {
    if (look.operatorId.empty() || look.secondOperatorId.empty() ||
        look.operatorId == look.secondOperatorId) {
        return fail(ErrorCode::moveNotPossible, "two different people must look");
    }
    TRY(custody::requireNotFrozen(database));
    auto order = TRY(orders.find(orderId));
    if (!order || order->state != OrderState::staffLook || !order->chip) {
        return fail(ErrorCode::moveNotPossible, orderId + " does not wait for staff");
    }
    const province::Business business{orderId, look.bankCode, province::Channel::staff,
                                      look.operatorId, look.secondOperatorId};
    auto transaction = TRY(Transaction::begin(database));
    TRY(outbox.enqueue(transaction,
                       TRY(province::factOf(business, reportOf(*order, look, at), 1))));
    if (look.faceComplete) {
        TRY(registerAfter(transaction, *order, outbox, business, at));
    } else {
        TRY(giveUp(transaction, *order, at));
    }
    TRY(orders.close(transaction, *order, at));
    if (look.alongside) TRY(look.alongside(transaction));
    return transaction.commit();
}

}  // namespace liqu::issuance
