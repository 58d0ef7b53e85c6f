#include "firmware/base/plain_file.hpp"

#include <cstring>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace liqu {
namespace {

tl::unexpected<Error> unreadable(const std::string& name, const std::string& why) {
    return fail(ErrorCode::fileNotReadable, name + ": " + why);
}

}  // namespace

bool Descriptor::close() {
    return number_ < 0 || ::close(std::exchange(number_, -1)) == 0;
}

Result<PlainFile> PlainFile::open(const std::filesystem::path& path) {
    // Without O_NONBLOCK a FIFO would wait here for somebody to write.
    Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!file.isOpen()) return unreadable(path.string(), std::strerror(errno));
    struct stat status {};
    if (::fstat(file.number(), &status) != 0)
        return unreadable(path.string(), std::strerror(errno));
    if (!S_ISREG(status.st_mode)) return unreadable(path.string(), "not a plain file");
    return PlainFile(std::move(file), path.string(), status.st_mode & 07777);
}

Result<std::string> PlainFile::read(std::size_t most) const {
    struct stat status {};
    if (::fstat(file_.number(), &status) != 0) return unreadable(name_, std::strerror(errno));
    const auto told = static_cast<std::size_t>(status.st_size);
    if (told > most) return unreadable(name_, "larger than " + std::to_string(most) + " bytes");
    // A file that grows meanwhile, and one of /proc that tells no size, end at `most` all the same.
    std::string content;
    std::size_t length = 0;
    while (true) {
        if (length == content.size()) content.resize(std::min(most + 1, length + told + 4096));
        const ssize_t got = ::pread(file_.number(), content.data() + length,
                                    content.size() - length, static_cast<off_t>(length));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unreadable(name_, std::strerror(errno));
        if (got == 0) break;
        length += static_cast<std::size_t>(got);
        if (length > most) {
            return unreadable(name_, "larger than " + std::to_string(most) + " bytes");
        }
    }
    content.resize(length);
    return content;
}

Result<std::filesystem::path> plainFileAt(const std::filesystem::path& path) {
    TRY(PlainFile::open(path));
    std::error_code error;
    auto absolute = std::filesystem::absolute(path, error);
    if (error) return unreadable(path.string(), error.message());
    return absolute;
}

}  // namespace liqu
