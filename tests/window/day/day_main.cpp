// liqu-day: a day of the branch, driven by robots at the real window. Pictures of every screen, the
// report and the kiosk's files stay in the folder. Run under umockdev-wrapper.
#include <CLI/CLI.hpp>
#include <csignal>
#include <fmt/format.h>

#include "tests/window/day/branch_day.hpp"

int main(int argc, char** argv) {
    using namespace liqu::world;
    RunOptions options;
    options.robot = true;
    options.speed = 20;
    options.visit = visitNamed("prc");
    options.kioskProgram = LIQU_KIOSK_PROGRAM;
    options.sourceTree = LIQU_SOURCE_DIR;
    bool fresh = false;
    CLI::App app("A day of the branch, from the box to the report");
    app.add_option("--out", options.out, "Folder for pictures, report and files")->required();
    app.add_flag("--fresh", fresh, "Empty the folder first");
    app.add_flag("--landscape", options.landscape, "A window of 1920 x 1080");
    app.add_option("--speed", options.speed, "How many times as fast")
        ->check(CLI::Range(0.1, 100.0));
    CLI11_PARSE(app, argc, argv);
    std::signal(SIGPIPE, SIG_IGN);
    options.out = std::filesystem::absolute(options.out);
    if (fresh) std::filesystem::remove_all(options.out);
    const auto lived = BranchDay(options).live();
    if (lived) {
        fmt::print("The day is closed, the books agree, the report is on the stick.\n");
        return 0;
    }
    fmt::print(stderr, "liqu-day: {}\n", liqu::describe(lived.error()));
    return 1;
}
