// Options as every command has them. Only for the files that read the command line: CLI11 is heavy.
#pragma once

#include <CLI/CLI.hpp>
#include <concepts>
#include <filesystem>
#include <functional>
#include <string>

#include "program/commands.hpp"

namespace liqu::program {

// The command that was named; the last one read wins, and there is one only.
using Chosen = std::function<int()>;

// Absolute from here on: what a library is given must not depend on where it looks.
CLI::Option* addPath(CLI::App& command, const std::string& name, std::filesystem::path& path,
                     const std::string& says);
// "20240601", a day that there is.
CLI::Option* addDay(CLI::App& command, const std::string& name, std::string& day,
                    const std::string& says);
// "202406".
CLI::Option* addMonth(CLI::App& command, const std::string& name, std::string& month,
                      const std::string& says);
// From `least` to `most`; the words of an error name both.
template <std::integral Number>
CLI::Option* addNumber(CLI::App& command, const std::string& name, Number& number, Number least,
                       Number most, const std::string& says) {
    return command.add_option(name, number, says)->check(CLI::Range(least, most));
}
void addCommon(CLI::App& command, CommonOptions& options);

}  // namespace liqu::program
