// The judge's own reading of panels, against the vectors of hardware-notes/card-printer.md,
// "Panels", "Test vectors".
#include <doctest/doctest.h>

#include "tests/world/judge/face_picture.hpp"
#include "tests/world/judge/printer_panels.hpp"

using namespace liqu::judge;

namespace {

using Data = std::vector<std::uint8_t>;

void append(Data& bytes, const std::string& text) {
    bytes.insert(bytes.end(), text.begin(), text.end());
}

void appendPanel(Data& bytes, const std::string& header, const Data& data) {
    append(bytes, "\x1B" + header);
    bytes.insert(bytes.end(), data.begin(), data.end());
    bytes.push_back('\r');
}

// sample(x, y) = (3x + 5y) mod 2^bits, packed most significant bit first.
Data colourPanel(int bits) {
    Data packed;
    unsigned window = 0;
    int held = 0;
    for (int y = 0; y < panelLines; ++y) {
        for (int x = 0; x < panelDots; ++x) {
            const unsigned sample = static_cast<unsigned>(3 * x + 5 * y) & ((1U << bits) - 1);
            window = (window << bits | sample) & 0xFFFF;
            held += bits;
            while (held >= 8) {
                held -= 8;
                packed.push_back(static_cast<std::uint8_t>(window >> held));
            }
        }
    }
    return packed;
}

}  // namespace

TEST_CASE("a colour panel is unpacked dot by dot") {
    const Data panel = colourPanel(7);
    REQUIRE(sha256Of(panel) == "f06eee49a4c7b9efec3d713bef8c162bb53db16e4d263293138d5628b83451c5");
    Data bytes;
    append(bytes, "\x1BSs\r\x1BSr\r");
    appendPanel(bytes, "Db;y;128;", panel);
    append(bytes, "\x1BSe\r");
    const PrinterStream stream = readPrinterStream(bytes);
    CHECK(stream.fault.empty());
    REQUIRE(stream.jobs.size() == 1);
    CHECK(stream.jobs[0].ended);
    const PanelData& read = stream.jobs[0].panels.at('y');
    REQUIRE(read.dots.size() == std::size_t{panelDots} * panelLines);
    CHECK(read.dots[1] == 3);
    CHECK(read.dots[panelDots * 2 + 5] == 25);
    CHECK(read.dots[panelDots * 1015 + 647] == (3 * 647 + 5 * 1015) % 128);
}

TEST_CASE("a compressed black panel: empty lines, full lines, short lines") {
    Data data;
    for (int line = 0; line < panelLines; ++line) {
        if (line % 3 == 0) data.push_back(0x00);
        if (line % 3 == 1) data.push_back(0xFF);
        if (line % 3 == 2) data.insert(data.end(), {0x02, 0x80, 0x01});
    }
    Data bytes;
    append(bytes, "\x1BSs\r");
    appendPanel(bytes, "Dbc;k;2;" + std::to_string(data.size()) + ";", data);
    const PrinterStream stream = readPrinterStream(bytes);
    REQUIRE(stream.fault.empty());
    const Data& dots = stream.jobs.at(0).panels.at('k').dots;
    CHECK(dots[0] == 0);
    CHECK(dots[panelDots] == 1);
    CHECK(dots[panelDots * 2 - 1] == 1);
    CHECK(dots[panelDots * 2] == 1);
    CHECK(dots[panelDots * 2 + 1] == 0);
    CHECK(dots[panelDots * 2 + 15] == 1);
    CHECK(dots[panelDots * 2 + 16] == 0);
}

TEST_CASE("what is no command is said") {
    Data bytes;
    append(bytes, "\x1BRok\rhello");
    CHECK_FALSE(readPrinterStream(bytes).fault.empty());
    bytes.clear();
    append(bytes, "\x1BSs\r");
    appendPanel(bytes, "Dbc;k;2;3;", {0x00, 0x00, 0x00});
    CHECK_FALSE(readPrinterStream(bytes).fault.empty());
}

TEST_CASE("the picture lies as the card does: the first line printed is its left edge") {
    PrintedJob job;
    PanelData black{1, Data(std::size_t{panelDots} * panelLines, 0), {}};
    black.dots[0] = 1;  // first line, first dot
    job.panels['k'] = black;
    const Data picture = pictureOf(job);
    // Bottom left corner, as the face went in turned a quarter clockwise.
    const std::size_t corner = (std::size_t{panelDots} - 1) * panelLines * 3;
    CHECK(picture[corner] == 0);
    CHECK(picture[corner + 3] == 255);
    CHECK(picture[0] == 255);
}
