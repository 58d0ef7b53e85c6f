// What can be said on the command line. Reading it does nothing yet: what was asked for is a value,
// so that any words at all can be thrown at it (tests/fuzz).
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace liqu::program {

struct CommandLine {
    std::function<int()> run;  // the command; empty: the call ends here, with …
    int exitCode = 0;          // 0 after --help, 2 where the call was wrong
    std::string said;          // help, or what was wrong
};

// words: without the program's own name.
CommandLine readCommandLine(std::vector<std::string> words);

}  // namespace liqu::program
