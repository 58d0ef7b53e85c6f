// How fast a month's queue reaches the province once the network is back, beside a bare loop over
// libcurl that keeps nothing (tests/outbox/drain_proof.hpp).
#include <fmt/format.h>

#include "tests/bench/figures.hpp"
#include "tests/outbox/drain_proof.hpp"

namespace liqu::bench {
namespace {

constexpr std::size_t several = 4;

void drain(Figures& figures, std::size_t lines, double least) {
    proof::DrainPlan plan;
    plan.lines = lines;
    const proof::DrainFigures measured = proof::proveDrain(plan, [](int) {});
    const std::string name = fmt::format("drain.lines_{}", lines);
    figures[name + "_ratio"] = atLeast(measured.ratio(), least);
    figures[name + "_facts_each_second"] = {measured.sentEachSecond, "", true};
    figures[name + "_all_arrived"] = atLeast(measured.outbox.holds() ? 1 : 0, 1);
}

}  // namespace

void benchDrain(Figures& figures) {
    drain(figures, 1, 0.9);
    // Nothing is won where one processor is all there is.
    drain(figures, several, 0.9);
}

}  // namespace liqu::bench
