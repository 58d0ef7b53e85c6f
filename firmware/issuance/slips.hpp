// The slip of an order that has ended: in the same commit, where this machine gives slips.
#pragma once

#include <optional>

#include "firmware/issuance/making.hpp"
#include "firmware/issuance/slip_book.hpp"

namespace liqu::issuance {

// The form for how it ended; a change has the form of its service's own name. None: no slip.
std::optional<ports::SlipForm> slipFormOf(const Order& order);
// What stands on it as far as it is known here: masked, without the places and telephones.
ports::SlipFields slipFieldsOf(const Making& making);
// Of an order that is being closed. A machine that gives none, or an ending without a form:
// nothing.
Result<void> issueSlip(storage::Transaction& transaction, Making& making);

}  // namespace liqu::issuance
