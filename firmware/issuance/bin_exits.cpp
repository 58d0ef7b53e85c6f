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

Result<std::optional<province::FactStatus>> newestFact(storage::Database& database,
                                                       const std::string& orderId,
                                                       province::MessageType type) {
    const auto fact = TRY(province::findFact(database, orderId, type));
    if (!fact) return std::optional<province::FactStatus>();
    return std::optional(TRY(province::statusOf(database, *fact)));
}

// A card in a holder's hand works: 领卡启用 comes before 领卡 (rulings 7). Enabled without the bank
// account (PARTIAL) is enabled.
Result<void> requireEnabled(storage::Database& database, const std::string& orderId) {
    for (const auto type :
         {province::MessageType::issueReport, province::MessageType::issueEnable}) {
        const auto status = TRY(newestFact(database, orderId, type));
        if (status && status->state == province::FactState::delivered) continue;
        const bool refused = status && status->state == province::FactState::parked;
        return fail(ErrorCode::cardNotEnabled, orderId + ": the province has not taken in " +
                                                   std::string(province::wireName(type)) +
                                                   (refused ? ", it said " + status->outcome : "") +
                                                   "; send the queue again first");
    }
    return {};
}

// Each hand-over of an order has its own number: an earlier one may have said that the card was
// retained.
Result<void> queueHandover(const StockDeskParts& parts, Transaction& transaction,
                           const Order& order, province::HandoverOutcome outcome,
                           const custody::Act& act) {
    const auto card = TRY(custody::findCard(parts.database, order.cardNumber));
    if (!card) return fail(ErrorCode::cardNotInStock, order.orderId + " has no card in the books");
    province::Handover fact;
    fact.applicationNo = order.applicationNo;
    fact.cardNumber = order.cardNumber;
    fact.outcome = outcome;
    fact.at = act.at;
    fact.pickupCode = order.pickupCode;
    const province::Business business{order.orderId, card->bank, province::Channel::staff,
                                      act.people.operatorId, act.people.secondOperatorId};
    const int ordinal = TRY(
        province::nextOrdinal(parts.database, order.orderId, province::MessageType::issueHandover));
    TRY(parts.outbox.enqueue(transaction, TRY(province::factOf(business, fact, ordinal))));
    return {};
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
                const auto enabled =
                    TRY(newestFact(database, order->orderId, province::MessageType::issueEnable));
                const bool partial = enabled && enabled->answer == province::ReplyCode::partial;
                held.push_back({std::move(*order), std::move(card), partial});
            }
        }
    }
    return held;
}

Result<void> handOverFromHold(const StockDeskParts& parts, const std::string& orderId,
                              const HandOver& handOver, const TwoPeople& people) {
    Order order = TRY(heldOrder(parts.orders, orderId, handOver));
    TRY(requireEnabled(parts.database, orderId));
    auto transaction = TRY(Transaction::begin(parts.database));
    const custody::Act act{people, "", parts.clock.wallTime()};
    TRY(custody::deliverFromHold(
        transaction, {order.cardNumber, handOver.identityChecked, handOver.signatureEvidence},
        orderId, act));
    TRY(queueHandover(parts, transaction, order, province::HandoverOutcome::staffDelivered, act));
    order.state = OrderState::handedOver;
    TRY(parts.orders.close(transaction, order, act.at));
    if (parts.alongside) TRY(parts.alongside(transaction));
    return transaction.commit();
}

Result<void> holdFoundCards(const StockDeskParts& parts, Transaction& transaction,
                            const custody::Act& act) {
    for (Order& order : TRY(parts.orders.withMissingCard())) {
        const auto card = TRY(custody::findCard(parts.database, order.cardNumber));
        if (!card || card->place != custody::Place::holdBin()) continue;
        order.state = OrderState::held;
        TRY(queueHandover(parts, transaction, order, province::HandoverOutcome::retainedFault,
                          act));
        TRY(parts.orders.close(transaction, order, act.at));
    }
    return {};
}

}  // namespace liqu::issuance
