#include "firmware/desk/bin_exits.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "firmware/desk/stock_facts.hpp"

namespace liqu::desk {
namespace {

using issuance::Order;
using issuance::OrderBook;
using issuance::OrderState;

using storage::Transaction;

Result<Order> heldOrder(OrderBook& orders, const std::string& orderId, const HandOver& handOver) {
    auto order = TRY(orders.find(orderId));
    if (!order || order->state != OrderState::held) {
        return fail(ErrorCode::moveNotPossible,
                    orderId + " has no finished card that waits for its holder");
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

// A card in a holder's hand works: 领卡启用 comes before 领卡 (decision 7). Enabled without the
// bank account (PARTIAL) is enabled.
Result<void> requireEnabled(storage::Database& database, const std::string& orderId) {
    for (const auto type :
         {province::MessageType::issueReport, province::MessageType::issueEnable}) {
        const auto status = TRY(newestFact(database, orderId, type));
        if (status && status->state == province::FactState::delivered) continue;
        const bool refused = status && status->state == province::FactState::parked;
        return fail(ErrorCode::cardNotEnabled, orderId + ": the province has not taken in " +
                                                   std::string(nameOf(type)) +
                                                   (refused ? ", it said " + status->outcome : "") +
                                                   "; send the queue again first");
    }
    return {};
}

// Each hand-over of an order has its own number: an earlier one may have said that the card was
// retained.
Result<void> queueHandover(const DeskParts& parts, Transaction& transaction, const Order& order,
                           province::HandoverOutcome outcome, const custody::Act& act) {
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

// A fact the province will never take in as it is: staff parked it, or closed it.
bool isRefused(const std::optional<province::FactStatus>& fact) {
    return fact && fact->state != province::FactState::queued &&
           fact->state != province::FactState::delivered;
}

Result<HeldCard> heldCardOf(storage::Database& database, Order order, custody::BinCard card) {
    HeldCard held{std::move(order), std::move(card)};
    const std::string& orderId = held.order.orderId;
    const auto report = TRY(newestFact(database, orderId, province::MessageType::issueReport));
    const auto enabled = TRY(newestFact(database, orderId, province::MessageType::issueEnable));
    held.refusedForGood = isRefused(report) || isRefused(enabled);
    held.mayGoToCabinet = held.card.card.place == custody::Place::holdBin() &&
                          (held.card.overdue || held.refusedForGood);
    return held;
}

Result<HeldCard> heldByNumber(const DeskParts& parts, const std::string& number) {
    auto all = TRY(heldCards(parts.database, parts.orders, binRulesOf(parts.region.stock),
                             parts.clock.wallTime()));
    for (HeldCard& held : all) {
        if (held.order.cardNumber == number) return std::move(held);
    }
    return fail(ErrorCode::moveNotPossible, number + " waits for nobody in hold bin or cabinet");
}

// What is still in the queue would come after the card has gone.
Result<void> requireNothingQueued(storage::Database& database, const std::string& orderId) {
    for (const auto type :
         {province::MessageType::issueReport, province::MessageType::issueEnable}) {
        const auto fact = TRY(newestFact(database, orderId, type));
        if (!fact || fact->state != province::FactState::queued) continue;
        return fail(ErrorCode::moveNotPossible, orderId + ": " + std::string(nameOf(type)) +
                                                    " is still in the queue; send it first");
    }
    return {};
}

// What becomes of an order whose card is finished and has not reached its holder.
OrderState stateBy(storage::Database& database, const Order& order,
                   const std::optional<custody::CardRecord>& card) {
    if (!card) return OrderState::missing;
    const custody::Place& place = card->place;
    const bool waits = place == custody::Place::holdBin() || place == custody::Place::cabinet();
    if (waits) return OrderState::held;
    // Its end is told after its making.
    const bool over =
        place == custody::Place::bank() && requireNothingQueued(database, order.orderId);
    return over ? OrderState::returned : OrderState::missing;
}

Result<void> requireEvidence(const HeldReturn& wanted) {
    constexpr std::size_t longest = 40;
    const auto fits = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
    };
    const std::string& text = wanted.evidence;
    if (!text.empty() && text.size() <= longest && std::ranges::all_of(text, fits)) return {};
    return fail(ErrorCode::handoverNotProven,
                "the number of the paper is needed: capital letters, digits and '-'");
}

// One message for each bank whose cards they are.
Result<void> report(const DeskParts& parts, Transaction& transaction, const custody::Act& act,
                    const std::vector<HeldCard>& cards, province::MessageType type,
                    const custody::Place& to) {
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> batches;
    for (const HeldCard& held : cards) {
        batches[{held.card.card.bank, held.card.card.place.name()}].push_back(
            held.order.cardNumber);
    }
    for (const auto& [of, numbers] : batches) {
        const auto& [bank, from] = of;
        province::StockAct fact =
            factOf(act, from, to.name(), static_cast<std::int64_t>(numbers.size()));
        fact.cardNumbers = numbers;
        TRY(StockFacts(parts, transaction, act).queue(type, bank, fact));
    }
    return {};
}

}  // namespace

custody::BinRules binRulesOf(const policy::StockPolicy& stock) {
    return {stock.holdDays, stock.rejectDays, stock.oldCardDays, stock.unclaimedMonths};
}

Result<std::vector<HeldCard>> heldCards(storage::Database& database, OrderBook& orders,
                                        const custody::BinRules& rules, WallTime at) {
    std::vector<HeldCard> held;
    for (custody::Bin& bin : TRY(custody::bins(database, rules, at))) {
        if (bin.place != custody::Place::holdBin() && bin.place != custody::Place::cabinet()) {
            continue;
        }
        for (custody::BinCard& card : bin.numbered) {
            auto order = TRY(orders.find(card.card.orderId));
            if (!order || order->state != OrderState::held) continue;
            held.push_back(TRY(heldCardOf(database, std::move(*order), std::move(card))));
        }
    }
    std::ranges::stable_sort(held, {}, [](const HeldCard& one) { return one.card.heldSince; });
    return held;
}

Result<void> moveToCabinet(const DeskParts& parts, const std::vector<std::string>& numbers,
                           const TwoPeople& people) {
    const auto change = [&](Transaction& transaction, const custody::Act& act) -> Result<void> {
        std::vector<HeldCard> cards;
        for (const std::string& number : numbers) {
            cards.push_back(TRY(heldByNumber(parts, number)));
            if (cards.back().mayGoToCabinet) continue;
            return fail(ErrorCode::moveNotPossible,
                        number + " waits in the hold bin for " +
                            std::to_string(parts.region.stock.holdDays) + " days first");
        }
        TRY(custody::moveToCabinet(transaction, numbers, act));
        return report(parts, transaction, act, cards, province::MessageType::finishedOverdue,
                      custody::Place::cabinet());
    };
    return carryOut(parts, people, "", change);
}

Result<void> mayReturn(const DeskParts& parts, const HeldCard& held, ReturnCause cause) {
    const std::string& number = held.order.cardNumber;
    TRY(requireNothingQueued(parts.database, held.order.orderId));
    if (cause == ReturnCause::refusedForGood) {
        if (held.refusedForGood) return {};
        return fail(ErrorCode::moveNotPossible, number + " was not refused by the province");
    }
    if (held.card.card.place != custody::Place::cabinet()) {
        return fail(ErrorCode::moveNotPossible,
                    number + " lies in the hold bin; it goes into the cabinet first");
    }
    if (cause != ReturnCause::unclaimed || held.card.overdue) return {};
    return fail(ErrorCode::moveNotPossible, number + " waits for its holder for " +
                                                std::to_string(parts.region.stock.unclaimedMonths) +
                                                " months");
}

Result<void> returnToBank(const DeskParts& parts, const HeldReturn& wanted,
                          const TwoPeople& people) {
    const auto change = [&](Transaction& transaction, const custody::Act& act) -> Result<void> {
        TRY(requireEvidence(wanted));
        std::vector<HeldCard> cards;
        for (const std::string& number : wanted.numbers) {
            cards.push_back(TRY(heldByNumber(parts, number)));
            TRY(mayReturn(parts, cards.back(), wanted.cause));
        }
        TRY(custody::returnHeld(transaction, wanted.numbers, act));
        for (HeldCard& held : cards) {
            held.order.state = OrderState::returned;
            TRY(parts.orders.close(transaction, held.order, act.at));
        }
        return report(parts, transaction, act, cards, province::MessageType::finishedReturn,
                      custody::Place::bank());
    };
    return carryOut(parts, people, std::string(nameOf(wanted.cause)) + " " + wanted.evidence,
                    change);
}

Result<void> handOverFromHold(const DeskParts& parts, const std::string& orderId,
                              const HandOver& handOver, const TwoPeople& people) {
    const auto change = [&](Transaction& transaction, const custody::Act& act) -> Result<void> {
        Order order = TRY(heldOrder(parts.orders, orderId, handOver));
        TRY(requireEnabled(parts.database, orderId));
        TRY(custody::deliverFromHold(
            transaction, {order.cardNumber, handOver.identityChecked, handOver.signatureEvidence},
            orderId, act));
        TRY(queueHandover(parts, transaction, order, province::HandoverOutcome::staffDelivered,
                          act));
        order.state = OrderState::handedOver;
        return parts.orders.close(transaction, order, act.at);
    };
    return carryOut(parts, people, "", change);
}

Result<std::vector<std::string>> followFinishedCards(const DeskParts& parts,
                                                     Transaction& transaction,
                                                     const custody::Act& act) {
    std::vector<HeldCard> returned;
    for (Order& order : TRY(parts.orders.undelivered())) {
        const auto card = TRY(custody::findCard(parts.database, order.cardNumber));
        const OrderState state = stateBy(parts.database, order, card);
        if (state == order.state) continue;
        order.state = state;
        if (state == OrderState::held) {
            TRY(queueHandover(parts, transaction, order, province::HandoverOutcome::retainedFault,
                              act));
        }
        TRY(parts.orders.close(transaction, order, act.at));
        if (state != OrderState::returned) continue;
        returned.push_back({std::move(order), {*card}});
        returned.back().card.card.place = custody::Place::rejectBin();
    }
    custody::Act withBin = act;
    withBin.reason = "with the reject bin";
    TRY(report(parts, transaction, withBin, returned, province::MessageType::finishedReturn,
               custody::Place::bank()));
    std::vector<std::string> numbers;
    numbers.reserve(returned.size());
    for (const HeldCard& one : returned) numbers.push_back(one.order.cardNumber);
    return numbers;
}

Result<bool> bankLinkMissing(storage::Database& database, const std::string& orderId) {
    const auto enabled = TRY(newestFact(database, orderId, province::MessageType::issueEnable));
    return enabled && enabled->answer == province::ReplyCode::partial;
}

}  // namespace liqu::desk
