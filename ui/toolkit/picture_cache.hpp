// Drawn pictures on disk, so that a later start needs nobody to draw them. Each lies under the
// digest of what it was drawn from; what is torn, of another picture or of another size is not
// taken. Losing all of it loses nothing. Kept small: what was not shown for longest goes.
// One thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/result.hpp"

namespace liqu::ui {

class PictureCache {
  public:
    static constexpr std::uintmax_t usualLimit = 96U << 20;

    // Without a folder nothing is kept and nothing is found. It is made where it is missing, but
    // not the one it lies in.
    explicit PictureCache(std::filesystem::path folder, std::uintmax_t byteLimit = usualLimit);

    static std::string keyOf(std::string_view style, std::string_view svg, std::uint32_t side);
    // The pixels, as they were given.
    std::optional<std::string> find(const std::string& key, std::uint32_t side) const;
    Result<void> keep(const std::string& key, std::uint32_t side, std::string_view pixels) const;

  private:
    std::filesystem::path fileOf(const std::string& key) const;
    void makeRoom() const;

    std::filesystem::path folder_;
    std::uintmax_t byteLimit_;
};

}  // namespace liqu::ui
