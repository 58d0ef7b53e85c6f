// The step table of a test program that links it instead of the firmware's: the same rows, read
// from the same source, with one of them altered.
#pragma once

#include "tests/power_cut/sabotage.hpp"

namespace liqu::proof {

// From here on the rows are those of this sabotage; none: as shipped.
void sabotageStepTable(Sabotage sabotage);

}  // namespace liqu::proof
