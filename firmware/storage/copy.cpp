#include "firmware/storage/copy.hpp"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <fcntl.h>
#include <functional>
#include <sqlite3.h>
#include <unistd.h>
#include <vector>

#include "firmware/base/plain_file.hpp"
#include "firmware/storage/database.hpp"
#include "firmware/storage/schema.hpp"

namespace liqu::storage {
namespace {

namespace files = std::filesystem;

constexpr int patienceMs = 10'000;

void removeCopy(const files::path& to) {
    std::error_code ignored;
    for (const char* part : {"", "-journal", "-wal", "-shm"}) {
        files::remove(to.string() + part, ignored);
    }
}

Error errorOf(const SQLite::Exception& exception) {
    const std::string cause =
        "the books could not be copied: " + std::string(exception.getErrorStr());
    switch (exception.getErrorCode()) {
        case SQLITE_FULL:
            return {ErrorCode::storageFull, cause};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {ErrorCode::storageDamaged, cause};
        default:
            return {ErrorCode::storageFailed, cause};
    }
}

Result<void> copyPages(const files::path& database, const files::path& to) {
    try {
        SQLite::Database from(database.string(), SQLite::OPEN_READONLY, patienceMs);
        SQLite::Database copy(to.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        {
            SQLite::Backup backup(copy, from);
            // In one step: between two a writer would make it begin again.
            if (backup.executeStep(-1) != SQLITE_DONE)
                return fail(ErrorCode::storageFailed, "the books could not be copied: busy");
        }
        // One file that needs no log beside it.
        copy.exec("PRAGMA journal_mode=DELETE");
        const std::string found = copy.execAndGet("PRAGMA quick_check(1)").getString();
        if (found == "ok") return {};
        return fail(ErrorCode::storageDamaged, "the copy is not sound: " + found);
    } catch (const SQLite::Exception& exception) {
        return fail(errorOf(exception));
    }
}

Result<void> sync(const files::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.isOpen() && ::fsync(file.number()) == 0) return {};
    return fail(ErrorCode::fileNotWritable, path.string() + ": could not be made durable");
}

std::int64_t versionIn(const files::path& copy, const std::string& before) {
    const std::string name = copy.filename().string();
    const bool isOne = name.starts_with(before) && name.size() > before.size() &&
                       name.size() < before.size() + 6 &&
                       name.find_first_not_of("0123456789", before.size()) == std::string::npos;
    return isOne ? std::stoll(name.substr(before.size())) : -1;
}

void removeOldCopies(const files::path& database) {
    const std::string before = database.filename().string() + "-v";
    std::vector<std::int64_t> versions;
    std::error_code error;
    for (files::directory_iterator entry(database.parent_path(), error), end;
         !error && entry != end; entry.increment(error)) {
        const std::int64_t version = versionIn(entry->path(), before);
        if (version >= 0) versions.push_back(version);
    }
    std::ranges::sort(versions, std::greater());
    for (std::size_t i = keptMigrationCopies; i < versions.size(); ++i) {
        removeCopy(database.string() + "-v" + std::to_string(versions[i]));
    }
}

}  // namespace

Result<void> copyBooks(const files::path& database, const files::path& to) {
    removeCopy(to);
    auto copied = copyPages(database, to);
    if (copied) copied = sync(to);
    if (!copied) removeCopy(to);
    return copied;
}

Result<void> copyBeforeMigration(const files::path& database) {
    std::int64_t version = 0;
    {
        const auto books = TRY(Database::open({database.string(), "", true}));
        version = TRY(books->number("PRAGMA user_version"));
    }
    if (version <= 0 || version >= newestSchema()) return {};
    const std::string to = database.string() + "-v" + std::to_string(version);
    // A start that was cut off between the two made one already; the books went no further since.
    const std::string draft = to + ".part";
    TRY(copyBooks(database, draft));
    std::error_code error;
    files::rename(draft, to, error);
    if (error) return fail(ErrorCode::fileNotWritable, to + ": " + error.message());
    TRY(sync(database.parent_path()));
    removeOldCopies(database);
    return {};
}

}  // namespace liqu::storage
