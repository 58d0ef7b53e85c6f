// Bytes of the ESC language: ESC, text, CR (vendor's guide p. 4 and 27;
// hardware-notes/card-printer.md, "Framing"). Raw panels are counted, not ended by their CR,
// because they may hold any byte.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/bytes.hpp"

namespace liqu::drivers {

// "Sis" -> 1B 53 69 73 0D
Bytes encodeCommand(std::string_view text);

enum class Panel : std::uint8_t { yellow, magenta, cyan, black, overlay };

char letterOf(Panel panel);

// ESC Db;y;128; — the data and a CR follow.
std::string panelHeader(Panel panel, int bitsPerDot);
// ESC Db;y;128;<data> CR
Bytes encodePanel(Panel panel, int bitsPerDot, ByteView data);
// ESC Dbc;k;2;<length>;<data> CR
Bytes encodeCompressedPanel(Panel panel, ByteView data);

}  // namespace liqu::drivers
