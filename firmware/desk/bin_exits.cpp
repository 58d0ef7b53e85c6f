#include "firmware/desk/bin_exits.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "firmware/desk/held_book.hpp"
#include "firmware/desk/stock_facts.hpp"
#include "firmware/issuance/handover_book.hpp"
#include "firmware/issuance/old_card.hpp"

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

// One of the papers of the region for a holder of this age, its number, and the number of the copy.
Result<void> requireAgent(const DeskParts& parts, const Order& order, const Agent& agent,
                          const custody::Mandate& mandate) {
    const policy::AgentRules& rules = parts.region.agent;
    const std::string& number = order.cardNumber;
    const std::vector<policy::AgentProof>* proofs = rules.proofsFor(agent.holderAge);
    if (proofs == nullptr)
        return fail(ErrorCode::handoverNotProven, number + ": the age of its holder is not known");
    if (std::ranges::find(*proofs, agent.proof) == proofs->end())
        return fail(ErrorCode::handoverNotProven,
                    number + ": somebody else does not fetch a card here with this paper");
    if (agent.proof != policy::AgentProof::bothDocuments) TRY(requirePaper(agent.proofPaper));
    if (rules.keepCopy) TRY(requirePaper(agent.copyPaper));
    if (agent.number.empty() || agent.document.empty())
        return fail(ErrorCode::handoverNotProven, "the collector's document must be there");
    if (agent.digest == order.holderDigest)
        return fail(ErrorCode::moveNotPossible, number + ": its holder is here in person");
    const bool attendant =
        !agent.name.empty() &&
        TRY(parts.database.number(
            "SELECT count(*) FROM staff WHERE number IN (?, ?) AND name = ?",
            {mandate.people.operatorId, mandate.people.secondOperatorId, agent.name.reveal()})) > 0;
    if (!attendant) return {};
    return fail(ErrorCode::samePersonTwice,
                "whoever fetches a card for somebody does not hand it over");
}

// Its line of the ledger (Guangdong Art.12(3)).
Result<void> noteInLedger(const DeskParts& parts, Transaction& transaction, const Order& order,
                          const HandOver& handOver, const custody::Mandate& mandate) {
    issuance::HandoverLine line{.at = mandate.at,
                                .cardNumber = order.cardNumber,
                                .orderId = order.orderId,
                                .outlet = parts.config.outlet,
                                .way = issuance::HandoverWay::counter,
                                .document = handOver.document,
                                .signature = handOver.signatureEvidence,
                                .people = mandate.people};
    std::string person = order.holderDigest;
    if (const auto& agent = handOver.agent) {
        line.way = issuance::HandoverWay::agent;
        line.document = agent->document;
        line.proof = nameOf(agent->proof);
        line.proofPaper = agent->proofPaper;
        line.copyPaper = agent->copyPaper;
        person += "\n" + agent->number.reveal();
    }
    return issuance::noteHandover(transaction, parts.orders.sealer(), line,
                                  PersonalText(std::move(person)), parts.region.keptRecords);
}

// What was exchanged for it, where that has not come in yet. Who lost it meanwhile gets the new one
// all the same; it stays among those that are out.
Result<void> takeOldCard(const DeskParts& parts, Transaction& transaction, const Order& order,
                         const std::string& brought, const custody::Mandate& mandate) {
    auto old = TRY(issuance::oldCardOf(parts.database, order.orderId));
    const bool isOut = old && !old->takenAt;
    if (brought.empty()) return {};
    if (!isOut || brought != old->cardNumber) {
        return fail(ErrorCode::handoverNotProven,
                    brought + " is not the old card that " + order.orderId + " waits for");
    }
    const province::Business business{
        .bizId = order.orderId, .bankCode = order.bankCode, .channel = province::Channel::staff};
    return issuance::takeInOldCard(transaction, parts.outbox, business, order, *old,
                                   {mandate.people, mandate.at});
}

Result<void> requireAlive(const DeskParts& parts, const std::string& number) {
    if (!TRY(heldByNumber(parts, number)).reportedDead) return {};
    return fail(ErrorCode::moveNotPossible,
                number + " goes to nobody: the province says that its holder is dead");
}

// Each hand-over of an order has its own number: an earlier one may have said that the card was
// retained.
Result<void> queueHandover(const DeskParts& parts, Transaction& transaction, const Order& order,
                           province::HandoverOutcome outcome, const custody::Mandate& mandate) {
    const auto card = TRY(custody::findCard(parts.database, order.cardNumber));
    if (!card) return fail(ErrorCode::cardNotInStock, order.orderId + " has no card in the books");
    province::Handover fact;
    fact.applicationNo = order.applicationNo;
    fact.cardNumber = order.cardNumber;
    fact.outcome = outcome;
    fact.at = mandate.at;
    fact.pickupCode = order.pickupCode;
    const province::Business business{.bizId = order.orderId,
                                      .bankCode = card->bank,
                                      .channel = province::Channel::staff,
                                      .operatorId = mandate.people.operatorId,
                                      .secondOperatorId = mandate.people.secondOperatorId};
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
    held.reportedDead = TRY(reminderOf(database, held.card)) == ReminderOf::death;
    held.mayGoToCabinet = held.card.card.place == custody::Place::holdBin() &&
                          (held.card.overdue || held.refusedForGood || held.reportedDead);
    return held;
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

// The order of a card that the bank keeps and that may be delivered once more.
Result<Order> againOrder(const DeskParts& parts, const std::string& number) {
    const auto refuse = [&number](const char* why) {
        return fail(ErrorCode::moveNotPossible, number + why);
    };
    const auto card = TRY(custody::findCard(parts.database, number));
    if (!card || card->place != custody::Place::bank()) return refuse(" is not with the bank");
    auto order = TRY(parts.orders.find(card->orderId));
    if (!order || order->state != OrderState::returned)
        return refuse(" is not with the bank for its holder");
    const auto gone = TRY(parts.database.query(
        "SELECT cause, at FROM held_recoveries WHERE card_number = ? ORDER BY line DESC LIMIT 1",
        {number}));
    const std::string cause = gone.empty() ? "" : gone[0].text(0);
    if (cause != nameOf(ReturnCause::unclaimed) && cause != nameOf(ReturnCause::reminded))
        return refuse(" did not go back because nobody fetched it");
    const bool again =
        TRY(parts.database.number("SELECT count(*) FROM held_recoveries WHERE card_number = ? AND "
                                  "cause = ?",
                                  {number, std::string(receivedAgain)})) > 0;
    if (again) return refuse(" was delivered a second time already");
    const WallTime recovered{std::chrono::milliseconds{gone[0].integer(1)}};
    if (custody::isUnclaimed(recovered, parts.region.stock.againMonths, parts.clock.wallTime()))
        return refuse(" went back too long ago; the province cancels it");
    if (TRY(parts.orders.hasLaterOrder(*order)))
        return refuse(": its holder has asked for another card here since");
    return std::move(*order);
}

// One message for each bank whose cards they are.
Result<void> report(const DeskParts& parts, Transaction& transaction,
                    const custody::Mandate& mandate, const std::vector<HeldCard>& cards,
                    province::MessageType type, const custody::Place& to) {
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> batches;
    for (const HeldCard& held : cards) {
        batches[{held.card.card.bank, held.card.card.place.name()}].push_back(
            held.order.cardNumber);
    }
    for (const auto& [of, numbers] : batches) {
        const auto& [bank, from] = of;
        province::StockAct message =
            messageOf(mandate, from, to.name(), static_cast<std::int64_t>(numbers.size()));
        message.cardNumbers = numbers;
        TRY(StockFacts(parts, transaction, mandate).queue(type, bank, message));
    }
    return {};
}

}  // namespace

Result<HeldCard> heldByNumber(const DeskParts& parts, const std::string& number) {
    auto all = TRY(heldCards(parts.database, parts.orders, binRulesOf(parts.region.stock),
                             parts.clock.wallTime()));
    for (HeldCard& held : all) {
        if (held.order.cardNumber == number) return std::move(held);
    }
    return fail(ErrorCode::moveNotPossible, number + " waits for nobody in hold bin or cabinet");
}

Result<void> requirePaper(const std::string& evidence) {
    constexpr std::size_t longest = 40;
    const auto fits = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
    };
    if (!evidence.empty() && evidence.size() <= longest && std::ranges::all_of(evidence, fits))
        return {};
    return fail(ErrorCode::handoverNotProven,
                "the number of the paper is needed: capital letters, digits and '-'");
}

custody::BinRules binRulesOf(const policy::StockPolicy& stock) {
    return {stock.holdDays, stock.rejectDays, stock.oldCardDays, stock.unclaimedMonths,
            stock.againMonths};
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
    const auto change = [&](Transaction& transaction,
                            const custody::Mandate& mandate) -> Result<void> {
        std::vector<HeldCard> cards;
        for (const std::string& number : numbers) {
            cards.push_back(TRY(heldByNumber(parts, number)));
            if (cards.back().mayGoToCabinet) continue;
            return fail(ErrorCode::moveNotPossible,
                        number + " waits in the hold bin for " +
                            std::to_string(parts.region.stock.holdDays) + " days first");
        }
        TRY(custody::moveToCabinet(transaction, numbers, mandate));
        return report(parts, transaction, mandate, cards, province::MessageType::finishedOverdue,
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
    const bool again = held.card.recoveredAt.has_value();
    if (cause == ReturnCause::againFailed && !again) {
        return fail(ErrorCode::moveNotPossible, number + " is in its first delivery");
    }
    const bool ofTime = cause == ReturnCause::unclaimed || cause == ReturnCause::againFailed;
    if (!ofTime || held.card.overdue) return {};
    return fail(ErrorCode::moveNotPossible,
                number + " waits for its holder for " +
                    std::to_string(again ? parts.region.stock.againMonths
                                         : parts.region.stock.unclaimedMonths) +
                    " months");
}

Result<void> returnToBank(const DeskParts& parts, const HeldReturn& wanted,
                          const TwoPeople& people) {
    const auto change = [&](Transaction& transaction,
                            const custody::Mandate& mandate) -> Result<void> {
        TRY(requirePaper(wanted.evidence));
        std::vector<HeldCard> cards;
        for (const std::string& number : wanted.numbers) {
            cards.push_back(TRY(heldByNumber(parts, number)));
            TRY(mayReturn(parts, cards.back(), wanted.cause));
        }
        TRY(custody::returnHeld(transaction, wanted.numbers, mandate));
        for (HeldCard& held : cards) {
            held.order.state = OrderState::returned;
            TRY(parts.orders.close(transaction, held.order, mandate.at));
            TRY(noteRecovery(transaction,
                             {held.order.cardNumber, held.order.orderId,
                              std::string(nameOf(wanted.cause)), wanted.evidence},
                             mandate));
        }
        return report(parts, transaction, mandate, cards, province::MessageType::finishedReturn,
                      custody::Place::bank());
    };
    return carryOut(parts, people, std::string(nameOf(wanted.cause)) + " " + wanted.evidence,
                    change);
}

Result<std::vector<std::string>> deliverableAgain(const DeskParts& parts) {
    std::vector<std::string> numbers;
    for (const storage::Row& row : TRY(parts.database.query(
             "SELECT card_number FROM cards WHERE place = 'bank' AND condition = 'finished' "
             "ORDER BY changed_at, card_number"))) {
        if (againOrder(parts, row.text(0))) numbers.push_back(row.text(0));
    }
    return numbers;
}

Result<void> receiveFromBank(const DeskParts& parts, const HeldReceipt& wanted,
                             const TwoPeople& people) {
    const auto change = [&](Transaction& transaction,
                            const custody::Mandate& mandate) -> Result<void> {
        TRY(requirePaper(wanted.evidence));
        std::vector<HeldCard> cards;
        for (const std::string& number : wanted.numbers) {
            Order order = TRY(againOrder(parts, number));
            const auto card = TRY(custody::findCard(parts.database, number));
            order.state = OrderState::held;
            TRY(parts.orders.close(transaction, order, mandate.at));
            TRY(noteRecovery(transaction,
                             {number, order.orderId, std::string(receivedAgain), wanted.evidence},
                             mandate));
            cards.push_back({std::move(order), {*card}});
        }
        TRY(custody::receiveAgain(transaction, wanted.numbers, mandate));
        return report(parts, transaction, mandate, cards, province::MessageType::finishedReceive,
                      custody::Place::cabinet());
    };
    return carryOut(parts, people, std::string(receivedAgain) + " " + wanted.evidence, change);
}

Result<void> handOverFromHold(const DeskParts& parts, const std::string& orderId,
                              const HandOver& handOver, const TwoPeople& people) {
    const auto change = [&](Transaction& transaction,
                            const custody::Mandate& mandate) -> Result<void> {
        Order order = TRY(heldOrder(parts.orders, orderId, handOver));
        TRY(requireEnabled(parts.database, orderId));
        TRY(requireAlive(parts, order.cardNumber));
        if (handOver.agent) TRY(requireAgent(parts, order, *handOver.agent, mandate));
        TRY(custody::deliverFromHold(
            transaction, {order.cardNumber, handOver.identityChecked, handOver.signatureEvidence},
            orderId, mandate));
        TRY(takeOldCard(parts, transaction, order, handOver.oldCardNumber, mandate));
        TRY(queueHandover(parts, transaction, order, province::HandoverOutcome::staffDelivered,
                          mandate));
        TRY(noteInLedger(parts, transaction, order, handOver, mandate));
        order.state = OrderState::handedOver;
        return parts.orders.close(transaction, order, mandate.at);
    };
    return carryOut(parts, people, "", change);
}

Result<std::vector<std::string>> followFinishedCards(const DeskParts& parts,
                                                     Transaction& transaction,
                                                     const custody::Mandate& mandate) {
    std::vector<HeldCard> returned;
    for (Order& order : TRY(parts.orders.undelivered())) {
        const auto card = TRY(custody::findCard(parts.database, order.cardNumber));
        const OrderState state = stateBy(parts.database, order, card);
        if (state == order.state) continue;
        order.state = state;
        if (state == OrderState::held) {
            TRY(queueHandover(parts, transaction, order, province::HandoverOutcome::retainedFault,
                              mandate));
        }
        TRY(parts.orders.close(transaction, order, mandate.at));
        if (state != OrderState::returned) continue;
        returned.push_back({std::move(order), {*card}});
        returned.back().card.card.place = custody::Place::rejectBin();
    }
    custody::Mandate withBin = mandate;
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
