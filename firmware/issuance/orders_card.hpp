// The one card an order has in the machine: where the books say it is, how it moves there, and what
// the province is told about it. Shared by the steps.
#pragma once

#include "firmware/custody/ledger.hpp"
#include "firmware/issuance/making.hpp"

namespace liqu::issuance {

custody::Occasion occasionOf(const Making& making, std::string reason);

// Where the books say the order's card is.
Result<custody::Place> bookedPlace(Making& making);
// Under its number wherever the books know it; nothing where it is there already.
Result<void> moveOrdersCard(storage::Transaction& transaction, Making& making,
                            const custody::Place& to, std::string reason);

// The card's name in the books: its number, until one is assigned its identification code. Empty
// before the blank was looked at.
const std::string& nameInBooks(const Order& order);
// 空白卡标识 at the province: the prewritten number, else the card identification code.
std::string blankIdOf(const Order& order, const chip::ChipProfile& profile);
province::MakeReport makeReport(const Making& making, province::MakeResult result);

// A fact for the outbox, in the transaction of what happened.
Result<void> queue(storage::Transaction& transaction, Making& making,
                   const Result<province::Fact>& fact);
Result<void> queueHandover(storage::Transaction& transaction, Making& making,
                           province::HandoverOutcome outcome);

}  // namespace liqu::issuance
