// For whoever records: which words have no clip yet, or one of other words. One line each:
// language, key, digest of the words, the words. Words with a value in them cannot be recorded and
// are left out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace liqu::voice {

enum class Listed : std::uint8_t { missing, all };

// Exit code of the process. language: empty for each that has a voice.
int listClips(const std::filesystem::path& strings, const std::filesystem::path& clips,
              const std::string& language, Listed listed);

}  // namespace liqu::voice
