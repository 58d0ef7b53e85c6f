// seal.sha256: the digest of every file of evidence, in the form of sha256sum, so that nothing is
// changed unnoticed between the run and whoever looks at it (`sha256sum -c seal.sha256`).
#pragma once

#include <filesystem>

#include "firmware/base/result.hpp"

namespace liqu::world {

// Everything in the folder but kiosk/data, which is the product's own.
Result<void> sealEvidence(const std::filesystem::path& folder);

}  // namespace liqu::world
