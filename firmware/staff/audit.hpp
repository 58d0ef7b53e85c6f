// Every sign-in and every act of staff, in order, each line sealed to the one before it by a
// digest: a line that was changed or taken out is found. How many lines there are and the digest of
// the last one are kept beside the record, at the close of each day once more, and are told to the
// province with it: a record that was cut short is found as well. Each line says as well up to
// which move and end of an order it saw the books, and, where the connection was lent a key, has a
// mac (audit_text.hpp). Holds staff numbers and stock data, never a PIN and nothing of a citizen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/two_people.hpp"
#include "firmware/staff/audit_text.hpp"
#include "firmware/staff/role.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::staff {

// An act and what it was done with, before it is known whether it comes off.
struct Deed {
    Act act = Act::viewStock;
    std::string object;
};
AuditLine lineOf(const Deed& deed, const TwoPeople& people, WallTime at);
// The line of an act that was refused: it changed nothing.
AuditLine refusedLineOf(const Deed& deed, const TwoPeople& people, WallTime at, const Error& why);

// In the transaction of what was done.
Result<void> record(storage::Transaction& transaction, const AuditLine& line);

// A line in a commit of its own: of what was refused, and of what is not in the books.
Result<void> recordAlone(storage::Database& database, const AuditLine& line);

// The newest first; `before` continues a list, none starts it.
Result<std::vector<AuditLine>> newestLines(storage::Database& database, int most,
                                           std::optional<std::int64_t> before = std::nullopt);

// Where the record ends.
struct AuditEnd {
    std::int64_t lines = 0;
    std::string digest;  // of the last line; empty before the first
    std::string mac = {};
};
Result<AuditEnd> endOfRecord(storage::Database& database);
// At the close of a day, in its commit: kept, and given for the province.
Result<AuditEnd> markDay(storage::Transaction& transaction, const std::string& day);

// auditChainBroken names the first line that does not follow from the one before it, or those that
// are missing at the end.
Result<void> checkChain(storage::Database& database);

// keyMissing: a key was lent for the macs, and the newest line has none.
Result<void> requireMac(storage::Database& database);

}  // namespace liqu::staff
