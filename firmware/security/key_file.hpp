// Files that hold keys. A secret file belongs to its owner alone: one that others may read is
// refused, because it must be taken as known to them. Safe on any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"

namespace liqu::security {

// At most 64 KiB. keyMissing: not there; fileNotReadable: not a plain file, or open to others.
Result<SecretText> readSecretFile(const std::filesystem::path& path);
Result<std::string> readPublicFile(const std::filesystem::path& path);
// Mode 0600, durable when it returns; an existing file is never written over.
Result<void> createSecretFile(const std::filesystem::path& path, std::string_view content);

}  // namespace liqu::security
