#include "tests/world/main/small_disk.hpp"

#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>
#include <vector>

namespace liqu::world {
namespace {

namespace files = std::filesystem;

// Twice what the kiosk asks to be free.
constexpr const char* shape = "size=64m,mode=0700";
constexpr std::size_t bigPiece = std::size_t{1} << 20U;

Error mountError(const char* what) {
    return {ErrorCode::fileNotWritable,
            std::string("a full disk needs the right to mount one (root): ") + what + ": " +
                std::strerror(errno)};
}

}  // namespace

Result<std::unique_ptr<SmallDisk>> SmallDisk::mountOver(const files::path& folder) {
    if (::unshare(CLONE_NEWNS) != 0) return fail(mountError("unshare"));
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
        return fail(mountError("private mounts"));
    }
    if (::mount("liqu-disk", folder.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, shape) != 0) {
        return fail(mountError("mount"));
    }
    return std::unique_ptr<SmallDisk>(new SmallDisk(folder));
}

SmallDisk::~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
}

void SmallDisk::fill() {
    const int file = ::open(filler().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const std::vector<char> zeros(bigPiece, '\0');
    std::size_t piece = bigPiece;
    while (piece > 0) {
        if (::write(file, zeros.data(), piece) <= 0) piece /= 2;
    }
    ::close(file);
}

void SmallDisk::makeRoom() {
    std::error_code ignored;
    files::remove(filler(), ignored);
}

Result<void> SmallDisk::keepContents() {
    makeRoom();
    const files::path kept = folder_.string() + ".kept";
    std::error_code error;
    files::copy(folder_, kept, files::copy_options::recursive, error);
    if (error) return fail(ErrorCode::fileNotWritable, kept.string() + ": " + error.message());
    if (::umount2(folder_.c_str(), 0) != 0) return fail(mountError("unmount"));
    mounted_ = false;
    files::remove(folder_, error);
    if (!error) files::rename(kept, folder_, error);
    if (error) return fail(ErrorCode::fileNotWritable, folder_.string() + ": " + error.message());
    return {};
}

}  // namespace liqu::world
