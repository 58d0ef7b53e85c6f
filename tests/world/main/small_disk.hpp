// A disk of the kiosk's own that can run full: a small file system over its data folder. It lives
// in a mount namespace of the world and its children, so that nothing stays mounted, however the
// world ends. Needs the right to mount. One thread, before the world starts others.
#pragma once

#include <filesystem>
#include <memory>

#include "firmware/base/result.hpp"

namespace liqu::world {

class SmallDisk {
  public:
    static Result<std::unique_ptr<SmallDisk>> mountOver(const std::filesystem::path& folder);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    // To the last byte; and what staff do about it.
    void fill();
    void makeRoom();
    // Nobody uses it any more: what is on it stays in the folder itself.
    Result<void> keepContents();

  private:
    explicit SmallDisk(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path filler() const { return folder_ / "filler"; }

    std::filesystem::path folder_;
    bool mounted_ = true;
};

}  // namespace liqu::world
