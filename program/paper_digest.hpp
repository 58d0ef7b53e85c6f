// What the paper of a day is bound to its table by.
#pragma once

#include "ui/paper/day_paper.hpp"

namespace liqu::program {

// SM3.
ui::PaperDigest paperDigest();

}  // namespace liqu::program
