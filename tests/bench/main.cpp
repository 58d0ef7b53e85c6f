// Measures what Liqu promises about speed: figures of one run on one machine.
#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "tests/bench/figures.hpp"

int main(int argc, char** argv) {
    using namespace liqu::bench;
    CLI::App app("Measures Liqu's own share of the time; see README.md");
    std::string only;
    std::string out;
    app.add_option("--only", only, "measure one group")->check(CLI::IsMember({"face", "storage"}));
    app.add_option("--out", out, "write the figures to this JSON file");
    CLI11_PARSE(app, argc, argv);
    Figures figures;
    if (only.empty() || only == "face") benchFace(figures);
    if (only.empty() || only == "storage") benchStorage(figures);
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
