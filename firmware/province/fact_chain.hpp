// The chain of a terminal's facts (decision 36): each digest is SM3(digest before it ‖ canonical
// fact), so that whoever holds a few of them sees a restored or a cloned disk.
#pragma once

#include "firmware/province/outbox.hpp"

namespace liqu::province {

// What stands before the first fact of an epoch.
inline constexpr std::string_view chainStart =
    "0000000000000000000000000000000000000000000000000000000000000000";

// The columns of an outbox row that never change while it has this number.
struct FactRow {
    std::string epoch;
    std::int64_t terminalSeq = 0;
    std::string chain;  // upper-case hexadecimal, 64 digits
    std::string bizId;
    std::string messageType;  // the wire's name
    std::string idempotencyKey;
    WallTime happenedAt{};
};

struct ChainEnd {
    std::int64_t terminalSeq = 0;
    std::string chain{chainStart};
};
// The newest fact of this epoch here.
Result<ChainEnd> chainEnd(storage::Database& database, const std::string& epoch);

// The row's digest, behind `previous`. body: canonical JSON.
Result<std::string> chainedDigest(const std::string& previous, const std::string& terminalId,
                                  const FactRow& row, std::string_view body);

}  // namespace liqu::province
