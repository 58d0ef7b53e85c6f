// A slip as commands: the picture in bands of `GS v 0`, each band's bytes checked for what a
// printer's scanner of real-time commands would take for one. Pure.
#pragma once

#include <vector>

#include "drivers/receipt_printer/receipt_profile.hpp"
#include "firmware/base/bytes.hpp"
#include "firmware/ports/receipt_printer.hpp"

namespace liqu::drivers {

// 1B 40, and 1C 2E where the profile asks for it.
Bytes initCommands(const ReceiptProfile& profile);
// As wide as the head; a narrower picture stands at the left, white rows at the end are left out.
// LIQU_ASSERT: the picture is wider than the head, or has not as many bytes as it says.
std::vector<PersonalBytes> bandsOf(const ports::SlipPicture& picture,
                                   const ReceiptProfile& profile);
// What cuts a slip off and, where there is a presenter, brings it to the mouth.
Bytes endCommands(const ReceiptProfile& profile);

}  // namespace liqu::drivers
