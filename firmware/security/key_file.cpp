#include "firmware/security/key_file.hpp"

#include <cstring>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/plain_file.hpp"

namespace liqu::security {
namespace {

constexpr std::size_t largestKeyFile = 64 * 1024;

std::string because(const std::filesystem::path& path) {
    return path.string() + ": " + std::strerror(errno);
}

// keyMissing says what to bring, fileNotReadable what to mend.
Result<std::string> readWhole(const std::filesystem::path& path, mode_t forbidden) {
    const auto file = PlainFile::open(path);
    if (!file) {
        std::error_code error;
        const bool missing = !std::filesystem::exists(path, error) && !error;
        return fail(missing ? ErrorCode::keyMissing : ErrorCode::fileNotReadable,
                    file.error().cause);
    }
    if ((file->mode() & forbidden) != 0) {
        return fail(ErrorCode::fileNotReadable, path.string() + ": others may use it, chmod 600");
    }
    return file->read(largestKeyFile);
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
    const Descriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file.isOpen()) return fail(ErrorCode::fileNotWritable, because(path));
    if (!writeWhole(file.number(), content)) {
        const Error error{ErrorCode::fileNotWritable, because(path)};
        ::unlink(path.c_str());
        return fail(error);
    }
    // The name must be durable too: a key that is gone after a power cut opens nothing.
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.isOpen() || ::fsync(directory.number()) != 0) {
        return fail(ErrorCode::fileNotWritable, because(folder));
    }
    return {};
}

}  // namespace liqu::security
