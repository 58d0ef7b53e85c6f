// What the books had that no line of the record had seen yet. Thread of the connection.
#pragma once

#include <functional>

#include "firmware/staff/audit_text.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::staff {

// What the newest line that says it has seen.
Result<BooksSeen> seenSoFar(storage::Database& database);
// Whether moves or ends came since.
Result<bool> booksAreAhead(storage::Database& database);

// kind: "move" or "end". Moves first; at most to `to`, where a line says how far it saw.
using BooksRowTaker = std::function<void(const char* kind, const std::vector<std::string>& fields)>;
Result<BooksSeen> lookAtBooks(storage::Database& database, const BooksSeen& from,
                              const std::optional<BooksSeen>& to = std::nullopt,
                              const BooksRowTaker& take = {});

}  // namespace liqu::staff
