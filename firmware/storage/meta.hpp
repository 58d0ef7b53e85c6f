// The table `meta`: what the books have once, by name. Used by the thread that owns the connection.
#pragma once

#include <optional>
#include <string>

#include "firmware/storage/database.hpp"

namespace liqu::storage {

// Its one column is the value; none: there is no such name.
Result<std::optional<Row>> metaRow(Database& database, const char* name);
// Empty where there is no such name.
Result<std::string> metaText(Database& database, const char* name);
Result<void> putMeta(Transaction& transaction, const char* name, const Value& value);
// What stands there stays.
Result<void> putMetaOnce(Transaction& transaction, const char* name, const Value& value);

}  // namespace liqu::storage
