// What a run leaves behind about the chips: chip-apdu.log and chip.json.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "tests/world/chip/chip_station.hpp"

namespace liqu::world {

// A log for ChipStation that appends to a file, each line at once.
Result<ChipStation::Log> openApduLog(const std::filesystem::path& path);

// {"cards": [ … ]}, written beside and renamed, so that a reader never sees half a file.
Result<void> writeChipJson(const std::filesystem::path& path,
                           const std::vector<std::shared_ptr<CardEngine>>& cards);

}  // namespace liqu::world
