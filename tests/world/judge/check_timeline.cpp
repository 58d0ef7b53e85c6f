// The timeline has every step of the journal in its order, and its times add up.
#include <cmath>

#include "tests/world/judge/bench.hpp"

namespace liqu::judge {
namespace {

constexpr double tolerance = 3.0;  // ms: the journal counts whole milliseconds

bool addsUp(const Json& step) {
    const double wall = step.value("wallMs", -1.0);
    const double software = step.value("softwareMs", -1.0);
    double others = 0;
    double largest = 0;
    for (const char* part : {"mechanicalMs", "chipMs", "provinceMs", "personMs"}) {
        const double share = step.value(part, -1.0);
        if (share < 0 || share > wall + tolerance) return false;
        others += share;
        largest = std::max(largest, share);
    }
    // Shares may overlap, software's is what none of them covers.
    return wall >= 0 && software >= -tolerance && software <= wall - largest + tolerance &&
           software + others >= wall - tolerance;
}

}  // namespace

void checkTimeline(Bench& bench) {
    const Json steps = bench.evidence.timeline.value("steps", Json::array());
    std::string end;
    bool ordered = true;
    bool sums = true;
    for (const Json& step : steps) {
        const std::string begin = step.value("begin", "");
        ordered = ordered && begin >= end && step.value("end", "") >= begin;
        end = step.value("end", "");
        sums = sums && addsUp(step);
    }
    bench.expect(ordered, "the steps of the timeline follow one another");
    bench.expect(sums, "each step's time is the sum of its shares");
}

}  // namespace liqu::judge
