#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "tests/outbox/outbox_proof.hpp"

namespace {

using namespace liqu::proof;

int run(int argc, char** argv) {
    OutboxPlan plan;
    bool quick = false;
    CLI::App app("Proves that each fact arrives once and in order, whatever line and province do");
    app.add_option("--seed", plan.seed, "of all chance");
    app.add_option("--facts", plan.facts, "how many are written")->check(CLI::Range(1, 1'000'000));
    app.add_flag("--quick", quick, "some thousand of them");
    CLI11_PARSE(app, argc, argv);
    constexpr int few = 4'000;
    if (quick) plan.facts = few;
    const OutboxFigures figures = proveOutbox(plan, [&](int written) {
        fmt::print("{} of {} written\n", written, plan.facts);
        std::fflush(stdout);
    });
    for (const auto& [what, times] : figures.happened) fmt::print("  {}: {}\n", what, times);
    for (const auto& [what, times] : figures.refused)
        fmt::print("  refused, {}: {}\n", what, times);
    fmt::print("seed {}: {} days of the kiosk, {} times a province from its backup\n", plan.seed,
               figures.days, figures.restored);
    fmt::print("facts={} lost={} twice={} disorder={} parked={}\n", figures.facts, figures.lost,
               figures.twice, figures.disorder, figures.parked);
    return figures.holds() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "outbox-proof: {}\n", error.what());
        return 1;
    }
}
