// What is typed on the standard input and must not be seen: it does not appear on a terminal, and
// no list of processes shows it.
#pragma once

#include "firmware/base/personal.hpp"

namespace liqu::program {

// One line, asked for where a person sits there.
SecretText askSecret(const std::string& question);

}  // namespace liqu::program
