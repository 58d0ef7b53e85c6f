// A lane of which nobody knows whether it gave a card: the printer was told to feed, is empty now,
// and counts no cards. Nothing is fed from it until two people have counted it with the day.
#pragma once

#include <optional>
#include <string>

#include "firmware/custody/ledger.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::custody {

Result<void> stopInDoubt(storage::Transaction& transaction, int lane, const Occasion& occasion);
// Technical words; none where the lane is not in doubt.
Result<std::optional<std::string>> doubtOf(storage::Database& database, int lane);
// Every lane was counted.
Result<void> endDoubts(storage::Transaction& transaction);

}  // namespace liqu::custody
