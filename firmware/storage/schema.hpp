// The tables of the kiosk. Facts are appended, never changed; what changes are the cards' place
// and condition, the orders' state and the outbox' delivery, each in the transaction of its fact.
#pragma once

#include <cstdint>

#include "firmware/base/result.hpp"

namespace liqu::storage {

class Database;

// What this program writes.
std::int64_t newestSchema();

// Creates or migrates; schemaTooNew when a newer program has been here.
Result<void> bringSchemaUpToDate(Database& database);

}  // namespace liqu::storage
