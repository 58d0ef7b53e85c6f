// What a technician does about an error, in one sentence: for `liqu check` and for whoever reads
// the log. The words on the screen (kiosk-config/strings) are for the person in front of the
// machine.
#pragma once

#include <string_view>

#include "firmware/base/error.hpp"

namespace liqu::program {

std::string_view adviceFor(ErrorCode code);

}  // namespace liqu::program
