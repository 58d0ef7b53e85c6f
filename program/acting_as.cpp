#include "program/acting_as.hpp"

#include <cstring>
#include <fcntl.h>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/assert.hpp"
#include "firmware/base/plain_file.hpp"

namespace liqu::program {
namespace {

tl::unexpected<Error> refused(const std::filesystem::path& path) {
    return fail(ErrorCode::fileNotWritable, path.string() + ": " + std::strerror(errno));
}

}  // namespace

Result<ActingAs> ActingAs::ownerOf(const std::filesystem::path& folder) {
    struct stat status {};
    if (::geteuid() != 0 || ::stat(folder.c_str(), &status) != 0 || status.st_uid == 0) {
        return ActingAs(false);
    }
    // The supplementary groups of root would stay.
    if (::setgroups(0, nullptr) != 0 || ::setegid(status.st_gid) != 0) return refused(folder);
    if (::seteuid(status.st_uid) != 0) {
        auto why = refused(folder);
        LIQU_ASSERT(::setegid(0) == 0);
        return why;
    }
    return ActingAs(true);
}

ActingAs::~ActingAs() {
    if (!active_) return;
    LIQU_ASSERT(::seteuid(0) == 0 && ::setegid(0) == 0);
}

Result<void> giveToOwnerOf(const std::filesystem::path& folder, const std::filesystem::path& file) {
    struct stat owner {};
    if (::geteuid() != 0 || ::stat(folder.c_str(), &owner) != 0 || owner.st_uid == 0) return {};
    const Descriptor made(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!made.isOpen() || ::fstat(made.number(), &status) != 0) return refused(file);
    // Only what was made a moment ago: somebody else's file has another owner or another name too.
    const bool isAlone =
        S_ISDIR(status.st_mode) || (S_ISREG(status.st_mode) && status.st_nlink == 1);
    const bool ours = isAlone && status.st_uid == 0;
    if (!ours || ::fchown(made.number(), owner.st_uid, owner.st_gid) != 0) return refused(file);
    return {};
}

Result<void> makeFolderFor(const std::filesystem::path& file, const std::filesystem::path& folder) {
    std::error_code error;
    const std::filesystem::path parent = file.parent_path();
    const bool made = std::filesystem::create_directories(parent, error);
    if (error) return fail(ErrorCode::fileNotWritable, parent.string() + ": " + error.message());
    return made ? giveToOwnerOf(folder, parent) : Result<void>();
}

}  // namespace liqu::program
