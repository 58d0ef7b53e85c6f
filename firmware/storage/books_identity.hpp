// Whose books these are, written once when they are made and kept in them: the terminal they count
// for, a random epoch that tells this set of books from every other of the same terminal (decision
// 36), and the id of the key that seals their columns. Any thread, with a connection of its own.
#pragma once

#include <optional>
#include <string>

#include "firmware/base/result.hpp"

namespace liqu::storage {

class Database;
class Transaction;

struct BooksIdentity {
    std::string terminal;
    std::string epoch;      // 32 lower-case hexadecimal digits
    std::string sealKeyId;  // 16 upper-case hexadecimal digits
};

// None in books made by a version that had no identity yet.
Result<std::optional<BooksIdentity>> identityOf(Database& database);
Result<void> writeIdentity(Transaction& transaction, const BooksIdentity& identity);

}  // namespace liqu::storage
