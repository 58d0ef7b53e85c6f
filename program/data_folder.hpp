// The folder of one machine's books, seal key, logs and reports: `liqu init` makes it, every other
// command enters it and makes none. Who made a file would decide who may use it, so root acts here
// as the folder's owner.
#pragma once

#include <filesystem>

#include "firmware/policy/kiosk_config.hpp"
#include "firmware/security/sealer.hpp"
#include "firmware/storage/database.hpp"
#include "program/instance_lock.hpp"

namespace liqu::program {

std::filesystem::path databaseIn(const std::filesystem::path& data);
std::filesystem::path sealKeyIn(const std::filesystem::path& data);
std::filesystem::path auditKeyIn(const std::filesystem::path& data);

// booksMissing says how they are made. Touches nothing.
Result<void> requireBooks(const std::filesystem::path& data);
// booksExist where there is anything of books. A seal key alone is what a restore was cut short at.
Result<void> requireNoBooks(const std::filesystem::path& data);
// For the rest of the process; nothing changes for who is not root.
Result<void> actAsOwner(const std::filesystem::path& data);
// Both, and the lock: every command that may write begins with it.
Result<InstanceLock> enter(const std::filesystem::path& data);

// New books and a new seal key, both or neither. booksExist where there is anything of either.
// Answers the id of the key.
Result<std::string> makeBooks(const std::filesystem::path& data, const policy::KioskConfig& config,
                              Random& random);

// booksOfOtherTerminal.
Result<void> requireTerminal(storage::Database& database, const policy::KioskConfig& config);
// The key these books were sealed with, and no other: sealKeyLost, sealKeyDiffers. Books of a
// version without an identity get theirs.
Result<security::SealKey> openSealKey(storage::Database& database,
                                      const std::filesystem::path& data,
                                      const policy::KioskConfig& config, Random& random);

// What is recorded through this connection has macs from now on, where the machine was given a key
// for them (liqu audit key). keyMissing: it was, and it cannot be used.
Result<void> lendAuditKey(storage::Database& database, const std::filesystem::path& data,
                          const security::Sealer& sealer);

}  // namespace liqu::program
