#include "firmware/base/whole_file.hpp"

#include <cstring>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

namespace liqu {
namespace {

tl::unexpected<Error> notWritable(const std::filesystem::path& path) {
    return fail(ErrorCode::fileNotWritable, path.string() + ": " + std::strerror(errno));
}

std::filesystem::path folderOf(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

}  // namespace

WholeFile::WholeFile(std::filesystem::path path, Descriptor folder, Descriptor draft,
                     Durability durability)
    : path_(std::move(path)),
      folder_(std::move(folder)),
      draft_(std::move(draft)),
      durability_(durability) {}
WholeFile::WholeFile(WholeFile&& other) noexcept = default;

WholeFile::~WholeFile() {
    // Not finished: the draft is nobody's.
    if (draft_.isOpen()) ::unlinkat(folder_.number(), draftName().c_str(), 0);
}

Result<WholeFile> WholeFile::create(const std::filesystem::path& path, FolderLink folderLink,
                                    Durability durability) {
    const int noLink = folderLink == FolderLink::refused ? O_NOFOLLOW : 0;
    Descriptor folder(::open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | noLink));
    if (!folder.isOpen()) return notWritable(folderOf(path));
    const std::string draft = path.filename().string() + ".part";
    // What a power cut left, or somebody planted.
    ::unlinkat(folder.number(), draft.c_str(), 0);
    Descriptor file(::openat(folder.number(), draft.c_str(),
                             O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.isOpen()) return notWritable(path);
    return WholeFile(path, std::move(folder), std::move(file), durability);
}

std::string WholeFile::draftName() const {
    return path_.filename().string() + ".part";
}

tl::unexpected<Error> WholeFile::refused() const {
    return notWritable(path_);
}

Result<void> WholeFile::write(ByteView content) {
    while (!content.empty()) {
        const ssize_t written = ::write(draft_.number(), content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return refused();
        content = content.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> WholeFile::finish() {
    const std::string draft = draftName();
    const bool lasts = durability_ == Durability::durable;
    const bool durable = (!lasts || ::fsync(draft_.number()) == 0) && draft_.close();
    const std::string name = path_.filename().string();
    if (!durable ||
        ::renameat(folder_.number(), draft.c_str(), folder_.number(), name.c_str()) != 0) {
        auto why = refused();
        ::unlinkat(folder_.number(), draft.c_str(), 0);
        return why;
    }
    if (lasts && ::fsync(folder_.number()) != 0) return notWritable(folderOf(path_));
    return {};
}

Result<void> writeWholeFile(const std::filesystem::path& path, ByteView content,
                            FolderLink folderLink) {
    auto file = TRY(WholeFile::create(path, folderLink));
    TRY(file.write(content));
    return file.finish();
}

Result<Bytes> readWholeFile(const std::filesystem::path& path) {
    const auto file = TRY(PlainFile::open(path));
    const std::string content = TRY(file.read(largestWholeFile));
    return Bytes(content.begin(), content.end());
}

}  // namespace liqu
