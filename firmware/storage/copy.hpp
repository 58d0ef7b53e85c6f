// Copies of the books, made with SQLite's own backup: a state of one moment, also while a kiosk
// writes to them, with what is still in the log. Any thread, with a connection of its own.
#pragma once

#include <filesystem>

#include "firmware/base/result.hpp"

namespace liqu::storage {

// What lies at `to` is replaced; nothing is left there where it fails. storageDamaged where the
// copy is not sound: then the books are not either.
Result<void> copyBooks(const std::filesystem::path& database, const std::filesystem::path& to);

// Books of an earlier version are copied beside themselves before they are brought up to date
// ("kiosk.db-v19"): who has to go back to the program of before finds them there. The newest
// `keptMigrationCopies` stay. Nothing happens to books that are of this version.
inline constexpr int keptMigrationCopies = 2;
Result<void> copyBeforeMigration(const std::filesystem::path& database);

}  // namespace liqu::storage
