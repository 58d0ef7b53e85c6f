// Who may use the files of the data folder, and who else may not.
#pragma once

#include <filesystem>

#include "firmware/storage/database.hpp"

namespace liqu::program {

// To look beside a kiosk that runs. fileNotReadable says whose the books are where this user may
// not read them: a reader of SQLite's log writes, too, and without the right to it looks damaged.
Result<std::unique_ptr<storage::Database>> openForReading(const std::filesystem::path& data);

// What an earlier version or another hand left open to others becomes its owner's alone.
void keepToOwner(const std::filesystem::path& data);

}  // namespace liqu::program
