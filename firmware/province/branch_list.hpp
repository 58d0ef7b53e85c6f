// Facts that a province's system has no message for: hand-overs, stock, PINs where it is an older
// one. They go to the branch's own list instead, each once, sealed, with its place in the chain,
// and stay there until somebody of the branch has told the province another way and says by which
// paper. The database refuses to lose one that is open.
#pragma once

#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/province/adapter.hpp"
#include "firmware/province/outbox.hpp"
#include "firmware/security/sealer.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::province {

// As the last part of an outcome in the queue: "OK/BRANCH_LIST".
inline constexpr std::string_view onBranchList = "BRANCH_LIST";
// "OK/DAY_PAPER": the branch has it on the day's report and slip, and nobody settles it.
inline constexpr std::string_view onDayPaper = "DAY_PAPER";

struct BranchLine {
    std::int64_t line = 0;
    std::string messageType;
    std::string bizId;
    std::int64_t terminalSeq = 0;
    WallTime happenedAt{};
};

// The same fact again is on it already.
Result<void> putOnBranchList(storage::Transaction& transaction, const security::Sealer& sealer,
                             const Outgoing& fact, WallTime at);
// Open ones, oldest first.
Result<std::vector<BranchLine>> branchList(storage::Database& database, int most);
Result<std::int64_t> branchListLength(storage::Database& database);
// What was to be told; canonical JSON of the contract.
Result<PersonalText> branchFact(storage::Database& database, const security::Sealer& sealer,
                                std::int64_t line);

// The branch told the province another way: as a message is closed. factNotParked where the line is
// none that is open; moveNotPossible without a reason, evidence or two different people.
Result<void> settleBranchLine(storage::Transaction& transaction, std::int64_t line,
                              const FactClosing& settling);

}  // namespace liqu::province
