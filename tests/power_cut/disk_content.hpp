// What SQLite finds on a disk after a cut: it opens the database, recovers its log, checks it.
#pragma once

#include <string>

#include "tests/power_cut/memory_disk.hpp"

namespace liqu::proof {

// A digest of everything the database holds; equal content, equal digest. Starts with "damaged"
// where SQLite finds it damaged.
std::string contentOf(const MemoryDisk& disk);

}  // namespace liqu::proof
