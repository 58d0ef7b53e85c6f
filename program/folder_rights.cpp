#include "program/folder_rights.hpp"

#include <cstring>
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/plain_file.hpp"
#include "program/data_folder.hpp"

namespace liqu::program {
namespace {

std::string userName(uid_t user) {
    const passwd* entry = ::getpwuid(user);
    return entry != nullptr ? entry->pw_name : "number " + std::to_string(user);
}

Result<void> mayUse(const std::filesystem::path& path, int way) {
    if (::faccessat(AT_FDCWD, path.c_str(), way, AT_EACCESS) == 0) return {};
    const int why = errno;
    std::string cause = path.string() + ": " + std::strerror(why);
    struct stat status {};
    if (why == EACCES && ::stat(path.c_str(), &status) == 0) {
        cause += "; it belongs to the user " + userName(status.st_uid) +
                 ", call this command as that user or as root";
    }
    if (why == EROFS) cause += "; copy the folder to a disk that can be written";
    return fail(ErrorCode::fileNotReadable, cause);
}

void closeToOthers(const std::filesystem::path& path) {
    constexpr mode_t others = S_IRWXG | S_IRWXO;
    // A link's own mode says nothing, and what it points to is not ours.
    const Descriptor entry(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!entry.isOpen() || ::fstat(entry.number(), &status) != 0) return;
    const bool ours = S_ISREG(status.st_mode) || S_ISDIR(status.st_mode);
    if (ours && (status.st_mode & others) != 0) {
        ::fchmod(entry.number(), status.st_mode & 07777 & ~others);
    }
}

}  // namespace

Result<std::unique_ptr<storage::Database>> openForReading(const std::filesystem::path& data) {
    TRY(requireBooks(data));
    const std::filesystem::path books = databaseIn(data);
    TRY(mayUse(data, R_OK | X_OK));
    TRY(mayUse(books, R_OK | W_OK));
    TRY(mayUse(data, W_OK));
    TRY(plainFileAt(books));
    return storage::Database::open({books.string(), "", true});
}

void keepToOwner(const std::filesystem::path& data) {
    std::error_code ended;
    // Only what Liqu itself puts there: somebody may keep kiosk.toml in the same folder.
    for (const char* name : {"kiosk.db", "kiosk.db-wal", "kiosk.db-shm", "kiosk.db-mark",
                             "liqu.lock", "logs", "reports"}) {
        closeToOthers(data / name);
    }
    for (const char* folder : {"logs", "reports"}) {
        std::filesystem::directory_iterator entries(data / folder, ended);
        for (; !ended && entries != std::filesystem::end(entries); entries.increment(ended)) {
            closeToOthers(entries->path());
        }
        ended.clear();
    }
}

}  // namespace liqu::program
