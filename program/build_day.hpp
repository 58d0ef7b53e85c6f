// The day this program was built: no clock of a machine that runs it can rightly stand before it.
#pragma once

#include "firmware/base/clock.hpp"

namespace liqu::program {

WallTime builtAt();

}  // namespace liqu::program
