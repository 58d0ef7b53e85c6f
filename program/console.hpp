// A command and the person who typed it. What must not be seen is typed on the standard input: it
// does not appear on a terminal, and no list of processes shows it.
#pragma once

#include "firmware/base/error.hpp"
#include "firmware/base/personal.hpp"

namespace liqu::program {

// One line, asked for where a person sits there.
SecretText askSecret(const std::string& question);
// On the standard error; answers what the command exits with.
int say(const Error& error);

}  // namespace liqu::program
