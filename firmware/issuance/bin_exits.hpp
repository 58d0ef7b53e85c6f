// The registered way out of the hold bin: staff give a finished card to its holder, whose identity
// they checked and who signed (004 Art.12, 14). The move, the end of the order and the report
// STAFF_DELIVERED are one commit.
#pragma once

#include "firmware/issuance/stock_desk.hpp"

namespace liqu::issuance {

struct HeldCard {
    Order order;
    custody::BinCard card;
    bool bankLinkMissing = false;  // enabled without its bank account: the holder is to be told
};
// Finished cards that wait for their holder, oldest first.
Result<std::vector<HeldCard>> heldCards(storage::Database& database, OrderBook& orders,
                                        const custody::BinRules& rules, WallTime at);

struct HandOver {
    std::string pickupCode;         // as the holder told it; must be the order's
    bool identityChecked = false;   // the ID card was compared with the order's holder
    std::string signatureEvidence;  // number of the signed paper
};
// handoverNotProven; moveNotPossible where the order's card does not wait in the hold bin;
// cardNotEnabled where the province has not taken in the card's report and enabling (rulings 7).
Result<void> handOverFromHold(const StockDeskParts& parts, const std::string& orderId,
                              const HandOver& handOver, const TwoPeople& people);

// A finished card that was gone from the printer lies in the hold bin again: its holder gets it
// there, under the pick-up code of its order, and the province is told that it waits. In the
// transaction of the act that found it.
Result<void> holdFoundCards(const StockDeskParts& parts, storage::Transaction& transaction,
                            const custody::Act& act);

}  // namespace liqu::issuance
