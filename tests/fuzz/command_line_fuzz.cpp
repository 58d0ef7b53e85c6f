// Any words on the command line: a command is chosen, or what is wrong is said. Nothing is done.
#include <string>
#include <vector>

#include "firmware/base/assert.hpp"
#include "program/command_line.hpp"

using namespace liqu::program;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::string> words(1);
    for (std::size_t i = 0; i < size; ++i) {
        // A word on the command line ends with a zero; the fuzzer likes lines better.
        if (data[i] == '\n')
            words.emplace_back();
        else if (data[i] != 0)
            words.back() += static_cast<char>(data[i]);
    }
    const CommandLine line = readCommandLine(std::move(words));
    LIQU_ASSERT(line.run || line.exitCode == 0 || (line.exitCode == 2 && !line.said.empty()));
    return 0;
}
