#include "firmware/security/key_file.hpp"

#include <cstring>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace liqu::security {
namespace {

constexpr std::size_t largestKeyFile = 64 * 1024;

class FileHandle {
  public:
    explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
    FileHandle(const FileHandle&) = delete;
    FileHandle& operator=(const FileHandle&) = delete;
    ~FileHandle() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    int get() const { return descriptor_; }
    bool open() const { return descriptor_ >= 0; }

  private:
    int descriptor_;
};

std::string because(const std::filesystem::path& path) {
    return path.string() + ": " + std::strerror(errno);
}

Result<std::string> readWhole(const std::filesystem::path& path, mode_t forbidden) {
    const FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.open()) {
        return fail(errno == ENOENT ? ErrorCode::keyMissing : ErrorCode::fileNotReadable,
                    because(path));
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return fail(ErrorCode::fileNotReadable, path.string() + ": not a plain file");
    }
    if ((status.st_mode & forbidden) != 0) {
        return fail(ErrorCode::fileNotReadable, path.string() + ": others may use it, chmod 600");
    }
    std::string content(largestKeyFile + 1, '\0');
    std::size_t length = 0;
    while (length < content.size()) {
        const ssize_t got = ::read(file.get(), content.data() + length, content.size() - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(ErrorCode::fileNotReadable, because(path));
        if (got == 0) break;
        length += static_cast<std::size_t>(got);
    }
    if (length > largestKeyFile) {
        return fail(ErrorCode::fileNotReadable, path.string() + ": too long for a key file");
    }
    content.resize(length);
    return content;
}

bool writeWhole(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const ssize_t put = ::write(descriptor, content.data(), content.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return false;
        content.remove_prefix(static_cast<std::size_t>(put));
    }
    return ::fsync(descriptor) == 0;
}

}  // namespace

Result<SecretText> readSecretFile(const std::filesystem::path& path) {
    return SecretText(TRY(readWhole(path, S_IRWXG | S_IRWXO)));
}

Result<std::string> readPublicFile(const std::filesystem::path& path) {
    return readWhole(path, 0);
}

Result<void> createSecretFile(const std::filesystem::path& path, std::string_view content) {
    const FileHandle file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file.open()) return fail(ErrorCode::fileNotWritable, because(path));
    if (!writeWhole(file.get(), content)) {
        const Error error{ErrorCode::fileNotWritable, because(path)};
        ::unlink(path.c_str());
        return fail(error);
    }
    // The name must be durable too: a key that is gone after a power cut opens nothing.
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    const FileHandle directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.open() || ::fsync(directory.get()) != 0) {
        return fail(ErrorCode::fileNotWritable, because(folder));
    }
    return {};
}

}  // namespace liqu::security
