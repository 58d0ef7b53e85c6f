// power-cut-process: see scripts/power-cut --process. Must be started under umockdev-wrapper.
#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <fmt/format.h>
#include <limits>

#include "firmware/issuance/plan.hpp"
#include "tests/power_cut/process/killed_kiosk.hpp"

namespace liqu::proof {
namespace {

bool hasEnough(KillTotals& totals, int kills, int inEachStep) {
    if (totals.cases < kills) return false;
    for (const issuance::PlanRow& step : issuance::cardPlan.rows()) {
        if (totals.killsIn[std::string(step.name)] < inEachStep) return false;
    }
    return true;
}

void tellTotals(KillTotals& totals) {
    fmt::print("kills in each step:\n");
    for (const issuance::PlanRow& step : issuance::cardPlan.rows()) {
        fmt::print("  {:12} {}\n", step.name, totals.killsIn[std::string(step.name)]);
    }
    fmt::print("  {:12} {}\n", "between", totals.killsIn[""]);
    for (const auto& [why, count] : totals.staffFor) fmt::print("staff: {}: {}\n", count, why);
}

int run(world::RunOptions options, int kills, int inEachStep) {
    KillTotals totals;
    const auto begin = std::chrono::steady_clock::now();
    const std::filesystem::path out = options.out;
    const auto seconds = [&begin] {
        return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() -
                                                                begin)
            .count();
    };
    fmt::print("seed {}\n", options.seed);
    for (int machine = 1; !hasEnough(totals, kills, inEachStep); ++machine) {
        options.out = out / fmt::format("machine-{}", machine);
        std::filesystem::create_directories(options.out);
        KilledKiosk kiosk(options, totals);
        auto done = kiosk.start();
        while (done && kiosk.canGoOn() && !hasEnough(totals, kills, inEachStep)) {
            done = kiosk.visit();
            fmt::print("{} s: {} kills, {} unaccounted\n", seconds(), totals.cases,
                       totals.unaccounted);
            std::fflush(stdout);
        }
        if (!done) {
            fmt::print("power-cut-process: {}\n", describe(done.error()));
            return 1;
        }
        ++options.seed;
    }
    tellTotals(totals);
    fmt::print("time: {} s\n", seconds());
    fmt::print("cases={} alone={} staff={} unaccounted={}\n", totals.cases, totals.alone,
               totals.staff, totals.unaccounted);
    return totals.unaccounted == 0 ? 0 : 1;
}

}  // namespace
}  // namespace liqu::proof

int main(int argc, char** argv) {
    liqu::world::RunOptions options;
    options.robot = true;
    options.visit = liqu::world::visitNamed("prc");
    options.speed = 10;
    options.blanks = 28;
    options.patience = 10;
    options.kioskProgram = LIQU_KIOSK_PROGRAM;
    options.sourceTree = LIQU_SOURCE_DIR;
    int kills = 100;
    int inEachStep = 3;
    std::string out;
    CLI::App app{"Kills the running kiosk again and again and compares what is left"};
    app.add_option("--seed", options.seed, "where the kills come")
        ->default_val(1)
        ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()));
    app.add_option("--kills", kills, "at least so many")
        ->default_val(100)
        ->check(CLI::Range(1, 1'000'000));
    app.add_option("--in-each-step", inEachStep, "at least so many")
        ->default_val(3)
        ->check(CLI::Range(0, 1'000'000));
    app.add_option("--speed", options.speed, "of the world's mechanics")
        ->default_val(10)
        ->check(CLI::Range(0.1, 100.0));
    app.add_option("--out", out, "a folder for what is left of the run")
        ->required()
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    CLI11_PARSE(app, argc, argv);
    options.out = std::filesystem::absolute(out);
    std::signal(SIGPIPE, SIG_IGN);
    return liqu::proof::run(std::move(options), kills, inEachStep);
}
