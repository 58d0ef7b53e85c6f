// Is the province a simulated one? Only there may a region leave out who stands in front of the
// machine (decision 11). The trust anchor decides: whoever trusts a real province as well is real.
// A pure function of the file.
#pragma once

#include <filesystem>

#include "firmware/base/result.hpp"

namespace liqu::security {

// True where the file holds certificates and every one of them carries the organisation
// "Liqu simulated province". keyMissing where there is none, fileNotReadable.
Result<bool> trustsSimulatedProvinceOnly(const std::filesystem::path& authorities);

}  // namespace liqu::security
