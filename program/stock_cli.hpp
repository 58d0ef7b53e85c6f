// The words of `liqu stock`, `liqu day` and `liqu journal`.
#pragma once

#include "program/cli_options.hpp"

namespace liqu::program {

void addStockCommands(CLI::App& app, Chosen& chosen);

}  // namespace liqu::program
