// What can still be read of a damaged database: every table row by row, around the places that
// cannot be read. Sealed columns and PIN verifiers stay where they are.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "firmware/storage/database.hpp"

namespace liqu::storage {

// Rows that cannot be read lie between these row numbers; to is endOfTable where no row behind
// them was found.
inline constexpr std::int64_t endOfTable = std::int64_t{1} << 40;
struct Gap {
    std::int64_t from = 0;
    std::int64_t to = 0;
};
struct SalvagedTable {
    std::string name;
    std::vector<std::string> columns;
    std::int64_t rows = 0;
    std::vector<Gap> gaps;
};

// The row number comes first (0 in a table without any), then the columns.
using RowTaker = std::function<void(const SalvagedTable& table, const Row& row)>;
// Fails only where not even the names of the tables can be read.
Result<std::vector<SalvagedTable>> salvage(Database& database, const RowTaker& take);

}  // namespace liqu::storage
