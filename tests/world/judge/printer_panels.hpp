// The panels in the bytes a card printer received (hardware-notes/card-printer.md, "Framing",
// "Panels"). Written for the judge alone: neither the driver that packs nor the printer that prints
// share a line of it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace liqu::judge {

constexpr int panelDots = 648;
constexpr int panelLines = 1016;

struct PanelData {
    int bits = 0;                      // per dot
    std::vector<std::uint8_t> dots;    // one byte a dot, line after line
    std::vector<std::uint8_t> packed;  // as it would lie on the wire uncompressed
};

// One print job: from Ss to Se.
struct PrintedJob {
    std::map<char, PanelData> panels;  // y m c k o
    bool ended = false;                // Se came
};

struct PrinterStream {
    std::vector<PrintedJob> jobs;
    std::vector<std::string> commands;  // every other command's text
    std::string fault;                  // the first thing that is no command; empty: none
};

PrinterStream readPrinterStream(const std::vector<std::uint8_t>& bytes);

// The face of a job as it would be seen lying: RGB, 1016 wide, 648 high; empty without panels.
std::vector<std::uint8_t> pictureOf(const PrintedJob& job);

}  // namespace liqu::judge
