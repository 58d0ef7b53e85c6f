#include "program/instance_lock.hpp"

#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "program/folder_rights.hpp"

namespace liqu::program {

Result<InstanceLock> InstanceLock::take(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "liqu.lock";
    const int file =
        ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(ErrorCode::fileNotWritable, path.string() + ": " + std::strerror(errno));
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        char holder[32] = {};
        const ssize_t size = ::read(file, holder, sizeof holder - 1);
        ::close(file);
        return fail(
            ErrorCode::anotherKioskRuns,
            "process " + std::string(holder, static_cast<std::size_t>(std::max<ssize_t>(size, 0))));
    }
    const std::string mine = std::to_string(::getpid());
    if (::ftruncate(file, 0) != 0 || ::pwrite(file, mine.data(), mine.size(), 0) < 0) {
        ::close(file);
        return fail(ErrorCode::fileNotWritable, path.string());
    }
    keepToOwner(folder);
    return InstanceLock(file);
}

InstanceLock::~InstanceLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace liqu::program
