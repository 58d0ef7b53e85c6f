// From the printer's words and the bus's failures to the catalogue of errors.
#pragma once

#include <string_view>

#include "drivers/card_printer/evolis/reply.hpp"
#include "drivers/transport/usb.hpp"
#include "firmware/base/error.hpp"

namespace liqu::drivers {

// What the printer was doing: the same words mean different things.
enum class Activity : std::uint8_t { query, setting, feed, move, print, present, discard, clean };

// Not for ReplyKind::ok.
ErrorCode codeOf(ReplyKind reply, Activity activity);
// "Sis: CARD JAM"
Error errorOf(std::string_view command, std::string_view reply, Activity activity);

Error errorOf(const UsbFailure& failure);

}  // namespace liqu::drivers
