#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <optional>

#include "tests/outbox/drain_proof.hpp"
#include "tests/outbox/kill_proof.hpp"
#include "tests/outbox/legacy_proof.hpp"
#include "tests/outbox/outbox_proof.hpp"

namespace {

using namespace liqu::proof;

struct Options {
    std::uint64_t seed = 1;
    std::optional<int> facts;
    bool quick = false;
    int kills = 0;
    bool drains = false;
    std::size_t lines = 1;
    std::string adapter = "kips";
    std::string region = "hn";
    std::string folder;  // of the child
    std::string url;
    bool marksBeforeSending = false;
};

void say(const std::string& words) {
    fmt::print("{}\n", words);
    std::fflush(stdout);
}

std::string lastLine(const OutboxFigures& figures) {
    return fmt::format("facts={} lost={} twice={} disorder={} parked={}", figures.facts,
                       figures.lost, figures.twice, figures.disorder, figures.parked);
}

int runKills(const Options& options) {
    KillPlan plan;
    plan.seed = options.seed;
    plan.kills = options.kills;
    plan.program = std::filesystem::read_symlink("/proc/self/exe");
    if (options.marksBeforeSending) plan.mark = Mark::beforeSending;
    const KillFigures figures =
        proveKills(plan, [](int kills) { say(fmt::format("{} killed", kills)); });
    say(
        fmt::format("seed {}: {} killed, {} of them before their first answer; {} messages came "
                    "again",
                    plan.seed, figures.kills, figures.beforeFirst, figures.replayed));
    say(lastLine(figures.outbox));
    return figures.outbox.holds() ? 0 : 1;
}

int runDrain(const Options& options) {
    constexpr int many = 10'000;
    constexpr int few = 300;
    DrainPlan plan;
    plan.seed = options.seed;
    plan.facts = options.facts.value_or(options.quick ? few : many);
    plan.lines = options.lines;
    const DrainFigures figures =
        proveDrain(plan, [](int sent) { say(fmt::format("{} sent", sent)); });
    say(fmt::format("seed {}: a bare loop {:.0f} each second, the outbox {:.0f} over {}", plan.seed,
                    figures.bareEachSecond, figures.sentEachSecond,
                    plan.lines == 1 ? "one line" : fmt::format("{} lines", plan.lines)));
    say(fmt::format("{} drain={:.2f}", lastLine(figures.outbox), figures.ratio()));
    return figures.outbox.holds() ? 0 : 1;
}

void sayWhatHappened(const OutboxFigures& figures) {
    for (const auto& [what, times] : figures.happened) say(fmt::format("  {}: {}", what, times));
    for (const auto& [what, times] : figures.refused)
        say(fmt::format("  set aside, {}: {}", what, times));
}

int runLegacyProof(const Options& options) {
    constexpr int few = 600;
    LegacyPlan plan;
    plan.region = options.region;
    plan.seed = options.seed;
    plan.facts = options.facts.value_or(options.quick ? few : plan.facts);
    const LegacyFigures figures = proveLegacyOutbox(
        plan, [&](int written) { say(fmt::format("{} of {} written", written, plan.facts)); });
    sayWhatHappened(figures.outbox);
    for (const std::string& complaint : figures.complaints) say("  the server: " + complaint);
    say(fmt::format("seed {}, {}: {} days of the kiosk, {} cards given up before they were fed",
                    plan.seed, plan.region, figures.outbox.days, figures.givenUp));
    say(fmt::format("{} branch={}", lastLine(figures.outbox), figures.branch));
    return figures.holds() ? 0 : 1;
}

int runProof(const Options& options) {
    constexpr int few = 4'000;
    OutboxPlan plan;
    plan.seed = options.seed;
    plan.facts = options.facts.value_or(options.quick ? few : plan.facts);
    const OutboxFigures figures = proveOutbox(
        plan, [&](int written) { say(fmt::format("{} of {} written", written, plan.facts)); });
    sayWhatHappened(figures);
    say(fmt::format("seed {}: {} days of the kiosk, {} times a province from its backup", plan.seed,
                    figures.days, figures.restored));
    say(lastLine(figures));
    return figures.holds() ? 0 : 1;
}

int run(int argc, char** argv) {
    Options options;
    CLI::App app("Proves that each fact arrives once and in order, whatever line and province do");
    app.add_option("--seed", options.seed, "of all chance");
    app.add_option("--facts", options.facts, "how many are written")
        ->check(CLI::Range(1, 1'000'000));
    app.add_flag("--quick", options.quick, "fewer of them");
    auto* const adapter = app.add_option("--adapter", options.adapter, "whose province it is")
                              ->check(CLI::IsMember({"kips", "card-service"}));
    app.add_option("--region", options.region, "which older province, with card-service")
        ->check(CLI::IsMember({"hn", "hb", "jl"}))
        ->needs(adapter);
    auto* const kills = app.add_option("--kills", options.kills,
                                       "kill the sender's process so often, over real HTTPS")
                            ->check(CLI::Range(1, 1'000'000));
    auto* const drain =
        app.add_flag("--drain", options.drains, "how fast over real HTTPS, beside a bare loop");
    app.add_option("--lines", options.lines, "how many of them side by side, with --drain")
        ->check(CLI::Range(1, 16));
    app.add_flag("--marks-before-sending", options.marksBeforeSending, "the lie of --kills");
    // Over the wire there is one province only.
    adapter->excludes(kills)->excludes(drain);
    app.add_option("--send", options.folder, "the process that --kills kills")->group("");
    app.add_option("--to", options.url)->group("");
    CLI11_PARSE(app, argc, argv);
    if (!options.folder.empty()) {
        sendFrom(options.folder, options.url,
                 options.marksBeforeSending ? Mark::beforeSending : Mark::afterTheAnswer);
        return 0;
    }
    if (options.adapter == "card-service") return runLegacyProof(options);
    if (options.kills > 0) return runKills(options);
    return options.drains ? runDrain(options) : runProof(options);
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
