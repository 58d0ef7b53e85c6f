// The printer of reports, as this machine's files name banks, makers and the branch.
#pragma once

#include "program/books.hpp"
#include "ui/paper/day_paper.hpp"

namespace liqu::program {

// A day's paper is bound to its table by SM3.
std::unique_ptr<ports::DocumentPrinter> documentPrinterOf(const ConfigFiles& files);

}  // namespace liqu::program
