// `liqu status`, and its lines for who looks at a kiosk that runs.
#pragma once

#include "program/commands.hpp"
#include "program/status_file.hpp"

namespace liqu::program {

struct StatusOptions : CommonOptions {
    bool json = false;
    bool metrics = false;
};

int runStatus(const StatusOptions& options);
void printStatus(const KioskStatus& status);

}  // namespace liqu::program
