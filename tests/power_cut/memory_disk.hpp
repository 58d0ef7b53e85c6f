// A disk in memory that loses its power as real ones do: a write is there for whoever reads it, but
// only a sync makes it last. What was not synced can be kept, dropped or torn at a sector (decision
// 27). Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "tests/power_cut/file_content.hpp"

namespace liqu::proof {

constexpr std::size_t sectorSize = 512;

// One call that changed a file and has not been synced.
struct UnsyncedWrite {
    enum class Kind : std::uint8_t { write, truncate, remove };
    Kind kind = Kind::write;
    std::string file;
    std::size_t offset = 0;  // truncate: the new size
    Bytes data;

    // Whether it lies in more than one sector: only then can half of it arrive.
    bool canTear() const;
};

enum class Fate : std::uint8_t { kept, dropped, torn };

class MemoryDisk {
  public:
    bool exists(const std::string& file) const { return now_.contains(file); }
    // Makes the file where there is none.
    void open(const std::string& file) { now_[file]; }
    // What whoever reads sees.
    const FileContent* find(const std::string& file) const;

    void write(const std::string& file, std::size_t offset, ByteView data);
    void truncate(const std::string& file, std::size_t size);
    void remove(const std::string& file);
    void sync(const std::string& file);

    const std::vector<UnsyncedWrite>& unsynced() const { return unsynced_; }
    // The disk as it is found when the power is back: one fate for each unsynced write.
    MemoryDisk afterCut(const std::vector<Fate>& fates) const;
    // After a killed process: the system still holds every write, and brings it to the disk.
    MemoryDisk afterKill() const;

    const std::map<std::string, FileContent>& files() const { return now_; }

  private:
    using Files = std::map<std::string, FileContent>;
    static void apply(Files& files, const UnsyncedWrite& write);

    Files now_;
    Files lasting_;
    std::vector<UnsyncedWrite> unsynced_;
};

}  // namespace liqu::proof
