// What a region's rules may not say together: each key by itself would be taken, and the machine
// would then do what no article allows, or promise what it refuses. Such a file is refused when it
// is read.
#pragma once

#include "firmware/base/config_file.hpp"
#include "firmware/policy/region_policy.hpp"

namespace liqu::services {

// The first of them, as the keys of the file; with `faults` all of them, and no error.
Result<void> agreesWithItself(const policy::RegionPolicy& region, Faults* faults = nullptr);

}  // namespace liqu::services
