// The registered ways out of the hold bin (decision 40). Staff give a finished card to its holder,
// whose identity they checked and who signed (Guangdong Art.12, 14). After bins.holdDays two people
// move one that was not fetched into the outlet's cabinet, where it waits on. From there it goes
// back to the bank: not fetched for bins.unclaimedMonths (Guangdong Art.32(1)2), on the system's
// reminder (Art.32(3)), because its holder died or moved away (Art.32(1)3); or at once where the
// province refused for good to take it in or to enable it. The move, what becomes of the order and
// the report are one commit.
#pragma once

#include "firmware/base/words.hpp"
#include "firmware/desk/stock_desk.hpp"

namespace liqu::desk {

using issuance::Order;
using issuance::OrderBook;

struct HeldCard {
    Order order;
    custody::BinCard card;
    bool refusedForGood = false;  // the province took in its report or its enabling never
    bool mayGoToCabinet = false;  // lies in the hold bin, and is overdue or refused for good
};
custody::BinRules binRulesOf(const policy::StockPolicy& stock);
// Finished cards that wait for their holder in hold bin and cabinet, oldest first.
Result<std::vector<HeldCard>> heldCards(storage::Database& database, OrderBook& orders,
                                        const custody::BinRules& rules, WallTime at);

struct HandOver {
    std::string pickupCode;         // as the holder told it; must be the order's
    bool identityChecked = false;   // the ID card was compared with the order's holder
    std::string signatureEvidence;  // number of the signed paper
};
// handoverNotProven; moveNotPossible where the order's card does not wait in the hold bin;
// cardNotEnabled where the province has not taken in the card's report and enabling (decision 7).
Result<void> handOverFromHold(const DeskParts& parts, const std::string& orderId,
                              const HandOver& handOver, const TwoPeople& people);

// Those that lie in the hold bin and may leave it for the cabinet; by number, as they lie in the
// hand. FINISHED.OVERDUE. The order stays held. moveNotPossible where one may not go yet.
Result<void> moveToCabinet(const DeskParts& parts, const std::vector<std::string>& numbers,
                           const TwoPeople& people);

enum class ReturnCause : std::uint8_t { unclaimed, reminded, holderGone, refusedForGood };
constexpr auto wordsOf(ReturnCause) {
    return words<ReturnCause>({{ReturnCause::unclaimed, "unclaimed"},
                               {ReturnCause::reminded, "reminded"},
                               {ReturnCause::holderGone, "holder-gone"},
                               {ReturnCause::refusedForGood, "refused-for-good"}});
}

struct HeldReturn {
    std::vector<std::string> numbers;
    ReturnCause cause = ReturnCause::unclaimed;
    // Number of the reminder, of the comparison, of the list the bank signs; never a name.
    std::string evidence;
};
// May this card go back for this cause now? As the list of a page asks.
Result<void> mayReturn(const DeskParts& parts, const HeldCard& held, ReturnCause cause);
// To the bank: FINISHED.RETURN; the orders end as returned, so that their holders are served again.
// moveNotPossible where a card may not go for this cause, or its report is still in the queue.
Result<void> returnToBank(const DeskParts& parts, const HeldReturn& wanted,
                          const TwoPeople& people);

// Orders follow their finished cards, in the transaction of the act that moved these. One that is
// found in hold bin or cabinet waits for its holder there, under the pick-up code of its order, and
// the province is told. One that went to the bank by another way than returnToBank, with the reject
// bin, is over: FINISHED.RETURN. Any other is missing, and nobody is sent to it. Gives the numbers
// of those that are over.
Result<std::vector<std::string>> followFinishedCards(const DeskParts& parts,
                                                     storage::Transaction& transaction,
                                                     const custody::Act& act);
// Enabled without its bank account (PARTIAL): the holder is to be told (decision 7).
Result<bool> bankLinkMissing(storage::Database& database, const std::string& orderId);

}  // namespace liqu::desk
