// The part of the day's report that is not stock: what the counters of the staff wrote down, and
// how visits and orders ended. What waits is kept as it was when the day was closed.
#pragma once

#include "firmware/desk/stock_desk.hpp"

namespace liqu::desk {

// In the commit of the close.
Result<void> keepWaiting(const DeskParts& parts, storage::Transaction& transaction,
                         const std::string& day);
Result<ports::CounterFigures> countersOf(const DeskParts& parts, const std::string& day);

}  // namespace liqu::desk
