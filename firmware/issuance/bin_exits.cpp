#include "firmware/issuance/bin_exits.hpp"

namespace liqu::issuance {
namespace {

using storage::Transaction;

Result<Order> heldOrder(OrderBook& orders, const std::string& orderId, const HandOver& handOver) {
    auto order = TRY(orders.find(orderId));
    if (!order || order->state != OrderState::held) {
        return fail(ErrorCode::moveNotPossible, orderId + " has no finished card in the hold bin");
    }
    if (order->pickupCode.empty() || order->pickupCode != handOver.pickupCode) {
        return fail(ErrorCode::handoverNotProven, "the pick-up code is not the one of " + orderId);
    }
    return std::move(*order);
}

}  // namespace

Result<std::vector<HeldCard>> heldCards(storage::Database& database, OrderBook& orders,
                                        const custody::BinRules& rules, WallTime at) {
    std::vector<HeldCard> held;
    for (custody::Bin& bin : TRY(custody::bins(database, rules, at))) {
        if (bin.place != custody::Place::holdBin()) continue;
        for (custody::BinCard& card : bin.numbered) {
            auto order = TRY(orders.find(card.card.orderId));
            if (order && order->state == OrderState::held) {
                held.push_back({std::move(*order), std::move(card)});
            }
        }
    }
    return held;
}

Result<void> handOverFromHold(const StockDeskParts& parts, const std::string& orderId,
                              const HandOver& handOver, const TwoPeople& people) {
    Order order = TRY(heldOrder(parts.orders, orderId, handOver));
    const auto card = TRY(custody::findCard(parts.database, order.cardNumber));
    if (!card) return fail(ErrorCode::cardNotInStock, orderId + " has no card in the books");
    auto transaction = TRY(Transaction::begin(parts.database));
    const custody::Act act{people, "", parts.clock.wallTime()};
    TRY(custody::deliverFromHold(
        transaction, {order.cardNumber, handOver.identityChecked, handOver.signatureEvidence},
        orderId, act));
    province::Handover fact;
    fact.applicationNo = order.applicationNo;
    fact.cardNumber = order.cardNumber;
    fact.outcome = province::HandoverOutcome::staffDelivered;
    fact.at = act.at;
    fact.pickupCode = order.pickupCode;
    const province::Business business{orderId, card->bank, province::Channel::staff,
                                      people.operatorId, people.secondOperatorId};
    // The first hand-over said that the card was retained.
    const int ordinal =
        TRY(province::nextOrdinal(parts.database, orderId, province::MessageType::issueHandover));
    TRY(parts.outbox.enqueue(transaction, TRY(province::factOf(business, fact, ordinal))));
    order.state = OrderState::handedOver;
    TRY(parts.orders.close(transaction, order, act.at));
    if (parts.alongside) TRY(parts.alongside(transaction));
    return transaction.commit();
}

}  // namespace liqu::issuance
