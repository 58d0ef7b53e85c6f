// Every sign-in and every act of staff, in order, each line sealed to the one before it by a
// digest: a line that was changed or taken out is found. Holds staff numbers and stock data, never
// a PIN and nothing of a citizen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::staff {

struct AuditLine {
    std::int64_t line = 0;
    WallTime at{};
    std::string actor;
    std::string second;  // empty where one person was enough
    std::string act;     // a name of role.hpp, or "sign-in", "sign-in-refused", "sign-out" …
    std::string object;  // "hopper-1", "A00000003", an error's number
};

// In the transaction of what was done.
Result<void> record(storage::Transaction& transaction, const AuditLine& line);

// The newest first; `before` continues a list, none starts it.
Result<std::vector<AuditLine>> newestLines(storage::Database& database, int most,
                                           std::optional<std::int64_t> before = std::nullopt);

// auditChainBroken names the first line that does not follow from the one before it.
Result<void> checkChain(storage::Database& database);

}  // namespace liqu::staff
