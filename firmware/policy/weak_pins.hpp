// The file of PINs that are too easy to guess (kiosk-config/pins/): patterns and values.
#pragma once

#include <filesystem>

#include "firmware/base/config_file.hpp"
#include "firmware/base/result.hpp"
#include "firmware/card/pin_rules.hpp"

namespace liqu::policy {

Result<card::PinRules> loadWeakPins(const std::filesystem::path& file, Faults* faults = nullptr);

}  // namespace liqu::policy
