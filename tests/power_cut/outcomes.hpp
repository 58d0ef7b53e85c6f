// What can be left on the disk after a cut with n unsynced writes (decision 27): up to four, every
// combination of kept, dropped and torn; more, all kept, all dropped, each single one dropped or
// torn, and eight mixes from a seed.
#pragma once

#include <string>
#include <vector>

#include "tests/power_cut/memory_disk.hpp"

namespace liqu::proof {

struct Outcome {
    std::string name;  // "kdt", "kept", "dropped", "d3", "t3", "mix5"
    std::vector<Fate> fates;
};

std::vector<Outcome> outcomesOf(const std::vector<UnsyncedWrite>& unsynced);

}  // namespace liqu::proof
