// How long each row of a plan takes on this machine: the median of the newest ones in the step
// journal. Only the page of whoever waits is drawn by it; nothing is decided.
#pragma once

#include <map>
#include <string>

#include "firmware/issuance/plan.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::issuance {

// Row's name → usual time, where the books know enough cards.
using UsualTimes = std::map<std::string, Duration, std::less<>>;

Result<UsualTimes> usualTimes(storage::Database& database);

// This machine's own time, else the row's.
Duration timeOf(const PlanRow& row, const UsualTimes& usual);

}  // namespace liqu::issuance
