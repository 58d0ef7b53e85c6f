// The one byte form of what is shown and of what was touched: window and kiosk may be two
// processes. Little-endian; a text, a list and a map begin with their length (4 bytes), an optional
// value and an alternative with one byte; the first byte is the version of the form.
#pragma once

#include <optional>

#include "firmware/base/bytes.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/screen/action.hpp"
#include "firmware/screen/screen.hpp"

namespace liqu::screen {

// The largest that is read.
inline constexpr std::size_t mostScreenBytes = 1U << 20;

// They hold what the page shows and what was typed, hence personal and secret.
PersonalBytes byteFormOf(const Screen& screen);
SecretBytes byteFormOf(const Action& action);

// None: bytes are missing or left over, too many, no such word or alternative, no UTF-8.
std::optional<Screen> screenFrom(ByteView bytes);
std::optional<Action> actionFrom(ByteView bytes);

}  // namespace liqu::screen
