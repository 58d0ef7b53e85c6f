// What the social security application says of itself when it is selected (FCI): its name and its
// algorithm (hardware-notes/chip.md, "Commands for files").
#pragma once

#include <string_view>

#include "firmware/base/bytes.hpp"
#include "firmware/ports/card_authority.hpp"

namespace liqu::chip {

// chipForeign: the FCI names another application. Cards that give no FCI pass.
Result<void> checkApplicationName(ByteView fileControl);

// From template 9F0C/86; a card that has none uses 3DES, in Beijing (region 11) SSF33.
// chipVersionUnsupported: SSF33, or an algorithm without a name.
Result<ports::ChipAlgorithm> algorithmOf(ByteView fileControl, std::string_view regionCode);

}  // namespace liqu::chip
