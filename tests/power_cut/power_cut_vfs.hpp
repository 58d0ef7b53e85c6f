// SQLite on a MemoryDisk: every storage call of the kiosk passes here and can be cut, or fail.
// Shared memory is on the heap, so that the database stays in WAL mode (hardware-notes/disk.md,
// "WAL needs shared memory"). One thread; all connections of one kiosk share one VFS. Source:
// sqlite.org/vfs.html, sqlite.org/walformat.html (locks of the wal-index).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "tests/power_cut/memory_disk.hpp"

struct sqlite3_vfs;

namespace liqu::proof {

enum class StorageCall : std::uint8_t { read, write, sync, truncate, remove };
std::string_view nameOf(StorageCall call);

// What goes wrong with a storage call; the answer SQLite gets.
enum class StorageFault : std::uint8_t { none, readError, writeError, fullDisk, failedSync };
std::string_view nameOf(StorageFault fault);

class PowerCutVfs {
  public:
    // Registers under the name; DatabaseOptions::vfs takes it.
    explicit PowerCutVfs(std::string name);
    ~PowerCutVfs();
    PowerCutVfs(const PowerCutVfs&) = delete;
    PowerCutVfs& operator=(const PowerCutVfs&) = delete;

    const std::string& name() const { return name_; }
    MemoryDisk& disk() { return *disk_; }
    // Another disk, as after a restart. Files that are still open keep the old one.
    void insert(MemoryDisk disk);

    // Before each call that the disk carries out.
    std::function<void(StorageCall, const std::string& file)> beforeCall;
    // Asked for each call; the fault strikes instead of the call.
    std::function<StorageFault(StorageCall, const std::string& file)> faultAt;

    // A disk that says yes to every sync and does nothing.
    bool liesAboutSyncs = false;

  private:
    friend struct OpenFile;
    struct SharedFile;  // locks and shared memory of one file
    struct Inserted;
    std::string name_;
    std::unique_ptr<sqlite3_vfs> vfs_;
    std::shared_ptr<MemoryDisk> disk_;
    std::shared_ptr<std::map<std::string, std::shared_ptr<SharedFile>>> shared_;
    friend struct VfsCalls;
};

}  // namespace liqu::proof
