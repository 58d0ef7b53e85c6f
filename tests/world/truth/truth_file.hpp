// Reads kiosk-config/strings/truth.toml. Apart from the rest, which stands on nothing of the house.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "firmware/base/result.hpp"
#include "tests/world/truth/word_classes.hpp"

namespace liqu::truth {

struct TruthFile {
    WordClasses classes;
    // Regular expressions by language, "zh-CN": words that say something is so.
    std::map<std::string, std::vector<std::string>> glossary;

    static Result<TruthFile> read(const std::filesystem::path& path);
};

}  // namespace liqu::truth
