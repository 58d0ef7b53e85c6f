// The words of `liqu stock`, `liqu day` and `liqu journal`.
#pragma once

#include <CLI/App.hpp>

namespace liqu::program {

void addStockCommands(CLI::App& app, int& exitCode);

}  // namespace liqu::program
