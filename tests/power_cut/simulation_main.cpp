// liqu-sim: random visits on virtual time.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <limits>
#include <malloc.h>
#include <unistd.h>

#include "tests/power_cut/simulation.hpp"

namespace {

std::string commit() {
    std::string text = "unknown";
    if (FILE* git = ::popen("git -C " LIQU_SOURCE_DIR " rev-parse --short HEAD 2>/dev/null", "r")) {
        char line[64] = {};
        if (std::fgets(line, sizeof line, git) != nullptr) {
            text = line;
            text.erase(text.find_last_not_of('\n') + 1);
        }
        ::pclose(git);
    }
    return text;
}

}  // namespace

int main(int argc, char** argv) {
    constexpr std::int64_t mostVisits = 1'000'000'000;
    std::uint64_t seed = 1;
    std::int64_t visits = 1000;
    CLI::App app{"Random visits to simulated kiosks: no card lost, none made twice, none stuck"};
    app.add_option("--seed", seed, "the same seed gives the same run")
        ->default_val(1)
        ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()));
    app.add_option("--visits", visits, "how many")
        ->default_val(1000)
        ->check(CLI::Range(std::int64_t{1}, mostVisits));
    std::int64_t toldVisit = 0;
    app.add_option("--visit", toldVisit, "only this one of them again, and what happened in it")
        ->check(CLI::Range(std::int64_t{1}, mostVisits));
    int workers = 2;
    app.add_option("--workers", workers, "processes at a time")
        ->default_val(2)
        ->check(CLI::Range(1, 256));
    CLI11_PARSE(app, argc, argv);
    if (toldVisit > 0) {
        std::printf("visit %lld:%s\n", static_cast<long long>(toldVisit),
                    liqu::proof::storyOf(seed, toldVisit).c_str());
        return 0;
    }
    // Pictures of faces come and go all the time: their memory stays.
    ::mallopt(M_MMAP_THRESHOLD, 1 << 30);
    ::mallopt(M_TRIM_THRESHOLD, 1 << 30);
    const auto begin = std::chrono::steady_clock::now();
    const auto secondsSince = [&begin] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    const auto totals =
        liqu::proof::simulate(seed, visits, workers, [&](const liqu::proof::SimulationTotals& so) {
            if (so.visits % 4000 != 0) return;
            std::printf("%lld visits, %lld cuts, %lld faults, %.0f s\n",
                        static_cast<long long>(so.visits), static_cast<long long>(so.cuts),
                        static_cast<long long>(so.faults), secondsSince());
            std::fflush(stdout);
        });
    const double virtualSeconds = std::chrono::duration<double>(totals.virtualTime).count();
    const bool failed = totals.lost + totals.doubled + totals.stuck > 0;
    for (const std::string& failure : totals.failures) {
        std::printf("failed: seed %llu, commit %s, %s\n", static_cast<unsigned long long>(seed),
                    commit().c_str(), failure.c_str());
    }
    std::printf("cuts %lld, aftermaths %lld, faults %lld, visits after which staff came %lld\n",
                static_cast<long long>(totals.cuts), static_cast<long long>(totals.aftermaths),
                static_cast<long long>(totals.faults), static_cast<long long>(totals.staff));
    std::printf("visits=%lld lost=%lld double=%lld stuck=%lld speedup=%.0f digest=%016llx\n",
                static_cast<long long>(totals.visits), static_cast<long long>(totals.lost),
                static_cast<long long>(totals.doubled), static_cast<long long>(totals.stuck),
                virtualSeconds / secondsSince(), static_cast<unsigned long long>(totals.digest));
    return failed ? 1 : 0;
}
