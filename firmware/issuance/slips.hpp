// The slips of an order: in the commit of what they tell, where this machine gives slips.
#pragma once

#include <optional>

#include "firmware/issuance/making.hpp"
#include "firmware/issuance/slip_book.hpp"

namespace liqu::issuance {

// What an order was begun for.
enum class Leads : std::uint8_t { toCard, toChange };

// The form for how it ended; a change has the form of its service's own name, or the common one.
// None: nothing was begun that goes on.
std::optional<ports::SlipForm> slipFormOf(const Order& order, Leads leads);
// Whom it is about, masked.
ports::SlipFields holderOnSlip(const Holder& holder);
// What stands on it as far as it is known here: masked, without the places and telephones.
ports::SlipFields slipFieldsOf(const Making& making);
// Of one that is not at its end while its person goes away: to ask with.
Result<void> issueOpenSlip(IssuanceParts& parts, const std::string& orderId, const Holder& holder);
// Ends the order, with its slip.
Result<void> closeOrder(storage::Transaction& transaction, Making& making, OrderState state);
// 缴费凭据, in the commit of the payment. known: of its payer; after a stop nothing is.
Result<void> issueFeeSlip(storage::Transaction& transaction, IssuanceParts& parts,
                          const payment::FeeOrder& fee, ports::SlipFields known);

}  // namespace liqu::issuance
