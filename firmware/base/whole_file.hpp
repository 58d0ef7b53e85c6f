// Writes a file so that it is there whole or not at all: as a new file beside its name first, made
// durable, then renamed. Whatever stops the machine, or pulls the stick, leaves the old file or
// none. A symbolic link planted under either name is replaced, never followed; what is written
// belongs to its owner alone (0600). Any thread; two writers of one name must not meet.
#pragma once

#include <cstdint>
#include <filesystem>

#include "firmware/base/bytes.hpp"
#include "firmware/base/plain_file.hpp"
#include "firmware/base/result.hpp"

namespace liqu {

// A folder of ours may be reached through a link of ours. On a medium that somebody brought, a link
// in place of the folder would lead the report anywhere.
enum class FolderLink : std::uint8_t { followed, refused };

// In pieces, for what is too large for memory. Nothing is there under the name before finish().
class WholeFile {
  public:
    // replaceable: what can be made again, and is looked at when it is read; a power cut may tear
    // it.
    enum class Durability : std::uint8_t { durable, replaceable };
    // fileNotWritable; the cause names the file and what the system said.
    static Result<WholeFile> create(const std::filesystem::path& path,
                                    FolderLink folderLink = FolderLink::followed,
                                    Durability durability = Durability::durable);
    WholeFile(WholeFile&& other) noexcept;
    WholeFile& operator=(WholeFile&&) = delete;
    ~WholeFile();

    Result<void> write(ByteView content);
    Result<void> finish();

  private:
    WholeFile(std::filesystem::path path, Descriptor folder, Descriptor draft,
              Durability durability);
    tl::unexpected<Error> refused() const;
    std::string draftName() const;

    std::filesystem::path path_;
    Descriptor folder_;
    Descriptor draft_;
    Durability durability_;
};

Result<void> writeWholeFile(const std::filesystem::path& path, ByteView content,
                            FolderLink folderLink = FolderLink::followed);

constexpr std::size_t largestWholeFile = 64U << 20;
Result<Bytes> readWholeFile(const std::filesystem::path& path);

}  // namespace liqu
