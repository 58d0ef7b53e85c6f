#include "tests/power_cut/power_cut_vfs.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <sqlite3.h>

#include "firmware/base/assert.hpp"

namespace liqu::proof {
namespace {

constexpr std::array<std::string_view, 5> callNames = {"read", "write", "sync", "truncate",
                                                       "remove"};

int codeOf(StorageFault fault) {
    switch (fault) {
        case StorageFault::none:
            return SQLITE_OK;
        case StorageFault::readError:
            return SQLITE_IOERR_READ;
        case StorageFault::writeError:
            return SQLITE_IOERR_WRITE;
        case StorageFault::fullDisk:
            return SQLITE_FULL;
        case StorageFault::failedSync:
            return SQLITE_IOERR_FSYNC;
    }
    return SQLITE_IOERR;
}

// A child that was split off inside a call could never give back what its parent's thread holds:
// one thread, no locks.
void leaveOutLocks() {
    static const int done = sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    LIQU_ASSERT(done == SQLITE_OK);
    static const int counts = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    LIQU_ASSERT(counts == SQLITE_OK);
}

}  // namespace

std::string_view nameOf(StorageCall call) {
    return callNames[static_cast<std::size_t>(call)];
}

std::string_view nameOf(StorageFault fault) {
    static constexpr std::array<std::string_view, 5> names = {"none", "read-error", "write-error",
                                                              "full-disk", "failed-sync"};
    return names[static_cast<std::size_t>(fault)];
}

// Locks as the system's VFS has them between connections, without the system.
struct PowerCutVfs::SharedFile {
    int readers = 0;
    const void* reserved = nullptr;
    const void* exclusive = nullptr;
    std::vector<std::unique_ptr<Bytes>> regions;
    std::array<int, SQLITE_SHM_NLOCK> shmReaders{};
    std::array<const void*, SQLITE_SHM_NLOCK> shmWriter{};
};

struct OpenFile {
    sqlite3_file base;
    PowerCutVfs* vfs;
    std::shared_ptr<MemoryDisk> disk;
    std::shared_ptr<PowerCutVfs::SharedFile> shared;
    std::string path;
    int lock;
    std::array<bool, SQLITE_SHM_NLOCK> shmShared;
    bool deleteOnClose;

    // The fault, or the way free.
    int call(StorageCall what) const {
        if (vfs->beforeCall) vfs->beforeCall(what, path);
        return vfs->faultAt ? codeOf(vfs->faultAt(what, path)) : SQLITE_OK;
    }
};

struct VfsCalls {
    static OpenFile& of(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }
    static PowerCutVfs& of(sqlite3_vfs* vfs) { return *static_cast<PowerCutVfs*>(vfs->pAppData); }

    // Files.
    static int close(sqlite3_file* file) {
        OpenFile& one = of(file);
        if (one.deleteOnClose) one.disk->remove(one.path);
        one.~OpenFile();
        return SQLITE_OK;
    }
    static int read(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
        OpenFile& one = of(file);
        if (const int fault = one.call(StorageCall::read); fault != SQLITE_OK) return fault;
        const FileContent* content = one.disk->find(one.path);
        const auto wanted = static_cast<std::size_t>(amount);
        const std::span into(static_cast<std::uint8_t*>(to), wanted);
        const std::size_t there =
            content == nullptr ? 0 : content->read(static_cast<std::size_t>(offset), into);
        std::ranges::fill(into.subspan(there), std::uint8_t{0});
        return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
    }
    static int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
        OpenFile& one = of(file);
        if (const int fault = one.call(StorageCall::write); fault != SQLITE_OK) return fault;
        one.disk->write(one.path, static_cast<std::size_t>(offset),
                        {static_cast<const std::uint8_t*>(from), static_cast<std::size_t>(amount)});
        return SQLITE_OK;
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        OpenFile& one = of(file);
        if (const int fault = one.call(StorageCall::truncate); fault != SQLITE_OK) return fault;
        one.disk->truncate(one.path, static_cast<std::size_t>(size));
        return SQLITE_OK;
    }
    static int sync(sqlite3_file* file, int) {
        OpenFile& one = of(file);
        if (const int fault = one.call(StorageCall::sync); fault != SQLITE_OK) return fault;
        if (!one.vfs->liesAboutSyncs) one.disk->sync(one.path);
        return SQLITE_OK;
    }
    static int size(sqlite3_file* file, sqlite3_int64* size) {
        const FileContent* content = of(file).disk->find(of(file).path);
        *size = content == nullptr ? 0 : static_cast<sqlite3_int64>(content->size());
        return SQLITE_OK;
    }

    // Locks of the database file.
    static int lock(sqlite3_file* file, int wanted) {
        OpenFile& one = of(file);
        PowerCutVfs::SharedFile& shared = *one.shared;
        if (one.lock >= wanted) return SQLITE_OK;
        const bool othersWrite = shared.exclusive != nullptr && shared.exclusive != &one;
        const bool othersReserve = shared.reserved != nullptr && shared.reserved != &one;
        if (othersWrite || (wanted > SQLITE_LOCK_SHARED && othersReserve)) return SQLITE_BUSY;
        const int own = one.lock >= SQLITE_LOCK_SHARED ? 1 : 0;
        if (wanted == SQLITE_LOCK_EXCLUSIVE && shared.readers > own) return SQLITE_BUSY;
        if (own == 0) ++shared.readers;
        if (wanted >= SQLITE_LOCK_RESERVED) shared.reserved = &one;
        if (wanted == SQLITE_LOCK_EXCLUSIVE) shared.exclusive = &one;
        one.lock = wanted;
        return SQLITE_OK;
    }
    static int unlock(sqlite3_file* file, int wanted) {
        OpenFile& one = of(file);
        if (one.lock <= wanted) return SQLITE_OK;
        if (one.shared->exclusive == &one) one.shared->exclusive = nullptr;
        if (one.shared->reserved == &one) one.shared->reserved = nullptr;
        if (wanted == SQLITE_LOCK_NONE && one.lock >= SQLITE_LOCK_SHARED) --one.shared->readers;
        one.lock = wanted;
        return SQLITE_OK;
    }
    static int isReserved(sqlite3_file* file, int* reserved) {
        *reserved = of(file).shared->reserved != nullptr ? 1 : 0;
        return SQLITE_OK;
    }
    static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
    static int sectors(sqlite3_file*) { return 4096; }
    // As the system's own VFS says of every disk (sqlite.org/psow.html).
    static int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

    // Shared memory.
    static int shmMap(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
        auto& regions = of(file).shared->regions;
        const auto index = static_cast<std::size_t>(region);
        if (index >= regions.size() && extend == 0) {
            *out = nullptr;
            return SQLITE_OK;
        }
        while (regions.size() <= index) {
            regions.push_back(std::make_unique<Bytes>(static_cast<std::size_t>(size)));
        }
        *out = regions[index]->data();
        return SQLITE_OK;
    }
    static int shmLock(sqlite3_file* file, int first, int count, int flags) {
        OpenFile& one = of(file);
        PowerCutVfs::SharedFile& shared = *one.shared;
        const bool unlocks = (flags & SQLITE_SHM_UNLOCK) != 0;
        const bool sharing = (flags & SQLITE_SHM_SHARED) != 0;
        for (auto i = static_cast<std::size_t>(first); i < static_cast<std::size_t>(first + count);
             ++i) {
            if (unlocks) continue;
            const bool othersWrite = shared.shmWriter[i] != nullptr && shared.shmWriter[i] != &one;
            const int own = one.shmShared[i] ? 1 : 0;
            if (othersWrite || (!sharing && shared.shmReaders[i] > own)) return SQLITE_BUSY;
        }
        for (auto i = static_cast<std::size_t>(first); i < static_cast<std::size_t>(first + count);
             ++i) {
            if (sharing) {
                if (one.shmShared[i] == unlocks) shared.shmReaders[i] += unlocks ? -1 : 1;
                one.shmShared[i] = !unlocks;
            } else if (!unlocks || shared.shmWriter[i] == &one) {
                shared.shmWriter[i] = unlocks ? nullptr : &one;
            }
        }
        return SQLITE_OK;
    }
    static void shmBarrier(sqlite3_file*) {}
    static int shmUnmap(sqlite3_file* file, int) {
        for (int i = 0; i < SQLITE_SHM_NLOCK; ++i) {
            shmLock(file, i, 1, SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED);
            shmLock(file, i, 1, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE);
        }
        return SQLITE_OK;
    }

    // The disk.
    static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* given) {
        static const sqlite3_io_methods methods = {
            2,        close,      read,    write,   truncate,        sync,   size,    lock,
            unlock,   isReserved, control, sectors, characteristics, shmMap, shmLock, shmBarrier,
            shmUnmap, nullptr,    nullptr};
        file->pMethods = nullptr;
        PowerCutVfs& self = of(vfs);
        const std::string name = path == nullptr ? "temporary" : path;
        const bool makes = (flags & SQLITE_OPEN_CREATE) != 0;
        if (!self.disk_->exists(name) && !makes) return SQLITE_CANTOPEN;
        self.disk_->open(name);
        auto& shared = (*self.shared_)[name];
        if (shared == nullptr) shared = std::make_shared<PowerCutVfs::SharedFile>();
        const bool temporary = path == nullptr || (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
        auto* one = new (file)
            OpenFile{{&methods}, &self, self.disk_, shared, name, SQLITE_LOCK_NONE, {}, temporary};
        static_cast<void>(one);
        if (given != nullptr) *given = flags;
        return SQLITE_OK;
    }
    static int remove(sqlite3_vfs* vfs, const char* path, int) {
        PowerCutVfs& self = of(vfs);
        if (!self.disk_->exists(path)) return SQLITE_IOERR_DELETE_NOENT;
        if (self.beforeCall) self.beforeCall(StorageCall::remove, path);
        self.disk_->remove(path);
        return SQLITE_OK;
    }
    static int access(sqlite3_vfs* vfs, const char* path, int, int* answer) {
        *answer = of(vfs).disk_->exists(path) ? 1 : 0;
        return SQLITE_OK;
    }
    static int fullPath(sqlite3_vfs*, const char* path, int size, char* out) {
        sqlite3_snprintf(size, out, "%s", path);
        return SQLITE_OK;
    }
    static int randomness(sqlite3_vfs*, int size, char* out) {
        for (int i = 0; i < size; ++i) out[i] = static_cast<char>(i * 37 + 11);
        return size;
    }
    // Nobody else runs meanwhile: waiting brings nothing.
    static int sleep(sqlite3_vfs*, int microseconds) { return microseconds; }
    static int currentTime(sqlite3_vfs*, double* days) {
        *days = 2460000.5;
        return SQLITE_OK;
    }
};

PowerCutVfs::PowerCutVfs(std::string name)
    : name_(std::move(name)), vfs_(std::make_unique<sqlite3_vfs>()) {
    leaveOutLocks();
    insert(MemoryDisk());
    *vfs_ = {};
    vfs_->iVersion = 1;
    vfs_->szOsFile = sizeof(OpenFile);
    vfs_->mxPathname = 256;
    vfs_->zName = name_.c_str();
    vfs_->pAppData = this;
    vfs_->xOpen = VfsCalls::open;
    vfs_->xDelete = VfsCalls::remove;
    vfs_->xAccess = VfsCalls::access;
    vfs_->xFullPathname = VfsCalls::fullPath;
    vfs_->xRandomness = VfsCalls::randomness;
    vfs_->xSleep = VfsCalls::sleep;
    vfs_->xCurrentTime = VfsCalls::currentTime;
    sqlite3_vfs_register(vfs_.get(), 0);
}

PowerCutVfs::~PowerCutVfs() {
    sqlite3_vfs_unregister(vfs_.get());
}

void PowerCutVfs::insert(MemoryDisk disk) {
    disk_ = std::make_shared<MemoryDisk>(std::move(disk));
    shared_ = std::make_shared<std::map<std::string, std::shared_ptr<SharedFile>>>();
}

}  // namespace liqu::proof
