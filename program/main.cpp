// The program: what was said on the command line is done.
#include <cstdio>

#include "program/command_line.hpp"
#include "program/process_guard.hpp"

int main(int argc, char** argv) {
    using namespace liqu::program;
    guardProcess();
    const CommandLine line = readCommandLine({argv + std::min(argc, 1), argv + argc});
    if (line.run) return line.run();
    std::fputs(line.said.c_str(), line.exitCode == 0 ? stdout : stderr);
    return line.exitCode;
}
