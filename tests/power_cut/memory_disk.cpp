#include "tests/power_cut/memory_disk.hpp"

#include <algorithm>

#include "firmware/base/assert.hpp"

namespace liqu::proof {
namespace {

std::size_t sectorOf(std::size_t offset) {
    return offset / sectorSize;
}

// The part of a torn write that arrived: its first or its last sectors, by where it lies.
UnsyncedWrite tornPartOf(const UnsyncedWrite& whole) {
    const std::size_t end = whole.offset + whole.data.size();
    const std::size_t first = sectorOf(whole.offset) + 1;
    const std::size_t last = sectorOf(end - 1);
    const std::size_t boundary =
        (first + (whole.offset / 7 + end) % (last - first + 1)) * sectorSize;
    const auto middle = whole.data.begin() + static_cast<std::ptrdiff_t>(boundary - whole.offset);
    UnsyncedWrite part = whole;
    if (sectorOf(whole.offset) % 3 == 0) {
        part.offset = boundary;
        part.data = Bytes(middle, whole.data.end());
    } else {
        part.data = Bytes(whole.data.begin(), middle);
    }
    return part;
}

}  // namespace

bool UnsyncedWrite::canTear() const {
    return kind == Kind::write && !data.empty() &&
           sectorOf(offset) != sectorOf(offset + data.size() - 1);
}

const FileContent* MemoryDisk::find(const std::string& file) const {
    const auto found = now_.find(file);
    return found == now_.end() ? nullptr : &found->second;
}

void MemoryDisk::apply(Files& files, const UnsyncedWrite& write) {
    if (write.kind == UnsyncedWrite::Kind::remove) {
        files.erase(write.file);
        return;
    }
    FileContent& content = files[write.file];
    if (write.kind == UnsyncedWrite::Kind::truncate) {
        content.resize(write.offset);
        return;
    }
    content.write(write.offset, write.data);
}

void MemoryDisk::write(const std::string& file, std::size_t offset, ByteView data) {
    unsynced_.push_back(
        {UnsyncedWrite::Kind::write, file, offset, Bytes(data.begin(), data.end())});
    apply(now_, unsynced_.back());
}

void MemoryDisk::truncate(const std::string& file, std::size_t size) {
    unsynced_.push_back({UnsyncedWrite::Kind::truncate, file, size, {}});
    apply(now_, unsynced_.back());
}

void MemoryDisk::remove(const std::string& file) {
    unsynced_.push_back({UnsyncedWrite::Kind::remove, file, 0, {}});
    apply(now_, unsynced_.back());
}

// Names live in the file system's own log, which every sync writes out: a removal lasts from then.
void MemoryDisk::sync(const std::string& file) {
    const auto lasts = [&file](const UnsyncedWrite& one) {
        return one.file == file || one.kind == UnsyncedWrite::Kind::remove;
    };
    for (const UnsyncedWrite& one : unsynced_) {
        if (lasts(one)) apply(lasting_, one);
    }
    std::erase_if(unsynced_, lasts);
}

MemoryDisk MemoryDisk::afterCut(const std::vector<Fate>& fates) const {
    LIQU_ASSERT(fates.size() == unsynced_.size());
    MemoryDisk disk;
    disk.lasting_ = lasting_;
    for (std::size_t i = 0; i < fates.size(); ++i) {
        if (fates[i] == Fate::dropped) continue;
        const bool torn = fates[i] == Fate::torn && unsynced_[i].canTear();
        apply(disk.lasting_, torn ? tornPartOf(unsynced_[i]) : unsynced_[i]);
    }
    disk.now_ = disk.lasting_;
    return disk;
}

MemoryDisk MemoryDisk::afterKill() const {
    MemoryDisk disk;
    disk.now_ = disk.lasting_ = now_;
    return disk;
}

}  // namespace liqu::proof
