#include "firmware/base/whole_file.hpp"

#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace liqu {
namespace {

tl::unexpected<Error> refused(const std::filesystem::path& path) {
    return fail(ErrorCode::fileNotWritable, path.string() + ": " + std::strerror(errno));
}

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }
    // What a full or a pulled medium says, it may say here.
    bool close() { return number_ < 0 || ::close(std::exchange(number_, -1)) == 0; }

  private:
    int number_;
};

Result<void> writeDurably(const std::filesystem::path& draft, ByteView content) {
    Descriptor file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
    if (file.number() < 0) return refused(draft);
    while (!content.empty()) {
        const ssize_t written = ::write(file.number(), content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return refused(draft);
        content = content.subspan(static_cast<std::size_t>(written));
    }
    if (::fsync(file.number()) != 0 || !file.close()) return refused(draft);
    return {};
}

}  // namespace

Result<void> writeWholeFile(const std::filesystem::path& path, ByteView content) {
    std::filesystem::path draft = path;
    draft += ".part";
    const auto written = writeDurably(draft, content);
    if (!written || ::rename(draft.c_str(), path.c_str()) != 0) {
        auto why = written ? Result<void>(refused(path)) : written;
        ::unlink(draft.c_str());
        return why;
    }
    const Descriptor folder(::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.number() < 0 || ::fsync(folder.number()) != 0) return refused(path.parent_path());
    return {};
}

Result<Bytes> readWholeFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    Bytes content((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (!file) return fail(ErrorCode::fileNotReadable, path.string());
    return content;
}

}  // namespace liqu
