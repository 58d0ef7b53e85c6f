// `liqu provision`: a new box, step by step. Each step looks first, does only what is missing, says
// what it found, did and what comes next; so a run that was cut short is begun again and goes on.
#pragma once

#include <functional>
#include <string>

#include "firmware/policy/kiosk_config.hpp"
#include "program/box_file.hpp"
#include "program/commands.hpp"

namespace liqu::program {

struct ProvisionOptions : CommonOptions {
    std::filesystem::path file;          // box.toml; empty: what is missing is asked for
    std::filesystem::path certificates;  // folder of what the province sent back; empty: none yet
};

int runProvision(const ProvisionOptions& options);

// What a step came to: done, or what somebody has to do before the run can go on.
struct StepDone {
    std::string found;
    std::string did;   // empty: nothing was to be done
    std::string next;  // empty: the run goes on
};

// provision_keys.cpp
Result<StepDone> provideKeys(const policy::KioskConfig& config, const std::filesystem::path& data);
Result<StepDone> takeCertificates(const policy::KioskConfig& config,
                                  const std::filesystem::path& from,
                                  const std::filesystem::path& data);
// provision_config.cpp
Result<StepDone> setUpConfig(const ProvisionOptions& options, const BoxFile& box);

}  // namespace liqu::program
