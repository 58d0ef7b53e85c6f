// A small file beside the database that says: the log (kiosk.db-wal) has content. SQLite takes a
// missing log for an empty one, and would silently go back to an older state of the books; where
// the mark stands and the log is gone, the books say so instead. Set after the first commit of a
// run, taken away before the database is closed.
#pragma once

#include <filesystem>
#include <memory>

#include "firmware/storage/database.hpp"

namespace liqu::storage {

// A run did not come to its end: the power went, or the process was killed.
bool endedUncleanly(const std::filesystem::path& database);
// storageDamaged where the log is lost; asked before the database is opened.
Result<void> checkLog(const std::filesystem::path& database);

class RunMark {
  public:
    // The database is open, nothing else of this run has written yet.
    static Result<std::unique_ptr<RunMark>> set(Database& database,
                                                const std::filesystem::path& path);
    // The log is there, and will be folded in: what an earlier run left says nothing any more.
    static void clear(const std::filesystem::path& path);
    ~RunMark();
    RunMark(const RunMark&) = delete;
    RunMark& operator=(const RunMark&) = delete;

  private:
    explicit RunMark(std::filesystem::path file) : file_(std::move(file)) {}
    std::filesystem::path file_;
};

}  // namespace liqu::storage
