// One run: starts the world and the kiosk in it, lets a citizen come, stops everything, writes the
// evidence, asks the judge.
#pragma once

#include "tests/world/main/options.hpp"

namespace liqu::world {

// The exit code of the program.
int run(RunOptions options);

}  // namespace liqu::world
