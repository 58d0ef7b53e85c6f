// The books of one month as files for the archive (存档, Changji 6.4): what was applied for,
// checked, agreed to, handed over, printed, paid and moved, and the register of the papers that lie
// in the outlet's cabinet (Guangdong Art.37). A table for each, and a manifest with the lines and
// the digest of every table, written last: a folder without one is no archive. Nobody is named in
// it, and no column is taken that may still change, so that the same month gives the same bytes
// again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "firmware/desk/carry_out.hpp"

namespace liqu::desk {

struct MonthArchive {
    std::filesystem::path folder;
    std::int64_t lines = 0;
    std::string digest{};  // SM3 of the manifest, in hex
};

// month: "202405". into: a folder that is there; the archive is a folder of its own in it.
// moveNotPossible while something of the month is open, storageDamaged, fileNotWritable.
Result<MonthArchive> archiveMonth(const DeskParts& parts, const std::string& month,
                                  const std::filesystem::path& into, const TwoPeople& people);

}  // namespace liqu::desk
