// A folder of a test's own, gone at its end, and a fresh database in it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "firmware/storage/database.hpp"

namespace liqu::test {

class Scratch {
  public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    const std::filesystem::path& folder() const { return folder_; }
    std::string file(const std::string& name) const { return (folder_ / name).string(); }

  private:
    std::filesystem::path folder_;
};

inline constexpr const char* testTerminal = "T-000017";
inline constexpr const char* testEpoch = "0000000000000000000000000000e001";
inline constexpr const char* testKeyId = "00000000000000A1";
// As `liqu init` gives it to new books; books that have one keep it.
void giveIdentity(storage::Database& database);

// Opens kiosk.db in the folder; aborts the test program where that fails.
std::unique_ptr<storage::Database> openDatabase(const Scratch& scratch);

}  // namespace liqu::test
