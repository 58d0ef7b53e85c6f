// The log of the kiosk: files that rotate by size, and the console of whoever started it.
#pragma once

#include <filesystem>
#include <memory>

#include "firmware/base/log.hpp"
#include "firmware/base/result.hpp"
#include "firmware/policy/kiosk_config.hpp"

namespace liqu::program {

Result<std::unique_ptr<Log>> openFileLog(const std::filesystem::path& folder,
                                         const policy::LogConfig& config);

}  // namespace liqu::program
