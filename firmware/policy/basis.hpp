// By which article the keys of a region stand: `basis` in each table, one text for all of its keys
// or a table with a text for each. What no rule says is said so: "silent; default".
#pragma once

#include "firmware/base/config_file.hpp"
#include "firmware/base/result.hpp"

namespace liqu::policy {

// No rule says it; the careful side was taken.
inline constexpr std::string_view silentBasis = "silent; default";

// at: "photo.", or nothing for the top level. needed: the keys that must have one; allowed: those
// that may.
Result<void> requireBasis(const ConfigFile& file, const std::string& at,
                          const std::vector<std::string>& needed,
                          const std::vector<std::string>& allowed);

// Of every table but [service.<id>], which read theirs themselves, and of the top level. A table's
// name without one, a key without one and one without a key are refused.
Result<void> requireBases(const ConfigFile& file);

}  // namespace liqu::policy
