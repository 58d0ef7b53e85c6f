#include "drivers/card_printer/evolis/command.hpp"

#include <algorithm>
#include <string>

#include "firmware/base/assert.hpp"

namespace liqu::drivers {

namespace {

constexpr char escape = 0x1B;
constexpr char carriageReturn = 0x0D;

Bytes framed(const std::string& header, ByteView data) {
    Bytes bytes;
    bytes.reserve(header.size() + data.size() + 1);
    bytes.insert(bytes.end(), header.begin(), header.end());
    bytes.insert(bytes.end(), data.begin(), data.end());
    bytes.push_back(carriageReturn);
    return bytes;
}

}  // namespace

Bytes encodeCommand(std::string_view text) {
    LIQU_ASSERT(!text.empty());
    LIQU_ASSERT(
        std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; }));
    return framed(escape + std::string(text), {});
}

char letterOf(Panel panel) {
    return "ymcko"[static_cast<std::size_t>(panel)];
}

std::string panelHeader(Panel panel, int bitsPerDot) {
    LIQU_ASSERT(bitsPerDot >= 1 && bitsPerDot <= 8);
    const int levels = 1 << bitsPerDot;
    return std::string{escape} + "Db;" + letterOf(panel) + ';' + std::to_string(levels) + ';';
}

Bytes encodePanel(Panel panel, int bitsPerDot, ByteView data) {
    return framed(panelHeader(panel, bitsPerDot), data);
}

Bytes encodeCompressedPanel(Panel panel, ByteView data) {
    return framed(
        std::string{escape} + "Dbc;" + letterOf(panel) + ";2;" + std::to_string(data.size()) + ';',
        data);
}

}  // namespace liqu::drivers
