// For whoever records: which words have no clip yet, or one of other words. One line each: key,
// digest of the words, the words. Words with a value in them cannot be recorded and are left out.
#pragma once

#include <filesystem>
#include <string>

namespace liqu::voice {

// Exit code of the process.
int listMissing(const std::filesystem::path& strings, const std::filesystem::path& clips,
                const std::string& language);

}  // namespace liqu::voice
