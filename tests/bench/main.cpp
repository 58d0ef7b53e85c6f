// Measures what Liqu promises about speed: figures of one run on one machine.
#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "tests/bench/figures.hpp"

namespace {
constexpr int visits = 100;
constexpr int soakVisits = 1000;
}  // namespace

int main(int argc, char** argv) {
    using namespace liqu::bench;
    CLI::App app("Measures Liqu's own share of the time; see README.md");
    std::string only;
    std::string out;
    app.add_option("--only", only, "measure one group")
        ->check(CLI::IsMember(
            {"face", "storage", "stock", "card", "window", "drain", "start", "memory"}));
    app.add_option("--out", out, "write the figures to this JSON file");
    bool soak = false;
    app.add_flag("--soak", soak, "1,000 visits for the memory, not 100: some hours");
    Programs programs{LIQU_KIOSK_PROGRAM, LIQU_WORLD_PROGRAM, LIQU_JUDGE_PROGRAM};
    app.add_option("--kiosk", programs.kiosk, "the kiosk's program");
    app.add_option("--world", programs.world, "the program of the simulated world");
    app.add_option("--judge", programs.judge, "the judge's program");
    CLI11_PARSE(app, argc, argv);
    Figures figures;
    if (only.empty() || only == "face") benchFace(figures);
    if (only.empty() || only == "storage") benchStorage(figures);
    if (only.empty() || only == "stock") benchStock(figures);
    if (only.empty() || only == "card") benchCard(figures);
    if (only.empty() || only == "window") benchWindow(figures);
    if (only.empty() || only == "drain") benchDrain(figures);
    if (only.empty() || only == "start") benchStart(figures, programs);
    if (only.empty() || only == "memory")
        benchMemory(figures, programs, soak ? soakVisits : visits);
    std::cout << toText(figures);
    if (!out.empty()) {
        std::ofstream file(out);
        file << toJson(figures);
        if (!file) {
            std::cerr << "liqu-bench: cannot write " << out << "\n";
            return 1;
        }
    }
    bool allHold = true;
    for (const auto& [name, figure] : figures) allHold = allHold && figure.holds;
    return allHold ? 0 : 3;
}
