// Which words were on the screen: the digest a consent is kept with.
#pragma once

#include <filesystem>
#include <map>

#include "firmware/base/result.hpp"
#include "firmware/screen/screen.hpp"

namespace liqu::program {

// SM3 in hex over the file of each language, and over the region's laid upon it where it has one.
Result<std::map<screen::Language, std::string>> wordsDigests(
    const std::filesystem::path& words, const std::filesystem::path& regionWords);

}  // namespace liqu::program
