// For a while what root does here is done as the owner of a folder: files that are made belong to
// them, and a link they planted leads nowhere they may not go themselves. Whoever is not root stays
// who they are. The whole process: while no other thread of it works.
#pragma once

#include <filesystem>

#include "firmware/base/result.hpp"

namespace liqu::program {

class ActingAs {
  public:
    static Result<ActingAs> ownerOf(const std::filesystem::path& folder);
    ActingAs(ActingAs&& other) noexcept : active_(other.active_) { other.active_ = false; }
    ActingAs& operator=(ActingAs&&) = delete;
    ~ActingAs();

  private:
    explicit ActingAs(bool active) : active_(active) {}
    bool active_ = false;
};

// What root made, a file or a folder, and the owner of the other folder is to use.
Result<void> giveToOwnerOf(const std::filesystem::path& folder, const std::filesystem::path& file);

// The folder a file is to lie in, where it is not there yet: that owner's too.
Result<void> makeFolderFor(const std::filesystem::path& file, const std::filesystem::path& folder);

}  // namespace liqu::program
