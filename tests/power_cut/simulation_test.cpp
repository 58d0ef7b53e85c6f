// A seed is a run: the same again to the byte, and another one for another seed.
#include "tests/power_cut/simulation.hpp"

#include <doctest/doctest.h>

namespace liqu::proof {
namespace {

SimulationTotals run(std::uint64_t seed) {
    return simulate(seed, 400, 2, [](const SimulationTotals&) {});
}

TEST_CASE("the same seed gives the same run, another seed another") {
    const SimulationTotals first = run(11);
    const SimulationTotals again = run(11);
    CHECK(first.digest == again.digest);
    CHECK(first.digest == simulate(11, 400, 1, [](const SimulationTotals&) {}).digest);
    CHECK(first.cuts == again.cuts);
    CHECK(first.cuts > 0);
    CHECK(first.faults > 0);
    CHECK(first.aftermaths > 0);
    for (const std::string& failure : first.failures) FAIL_CHECK(failure);
    CHECK(run(12).digest != first.digest);
    CHECK(first.lost == 0);
    CHECK(first.doubled == 0);
    CHECK(first.stuck == 0);
}

}  // namespace
}  // namespace liqu::proof
