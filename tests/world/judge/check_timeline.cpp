// The timeline has every step of the journal in its order, and its times add up.
#include <cmath>

#include "tests/world/judge/bench.hpp"
#include "tests/world/judge/digest.hpp"

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
    std::int64_t end = 0;
    bool ordered = true;
    bool sums = true;
    int rejected = 0;
    for (const Json& step : steps) {
        const auto begin = momentOf(step.value("begin", ""));
        const auto ended = momentOf(step.value("end", ""));
        ordered = ordered && begin && ended && *begin >= end && *ended >= *begin;
        ordered = ordered && step.value("attempt", 0) == rejected + 1;
        if (!ordered) break;
        end = *ended;
        const auto wall = static_cast<double>(*ended - *begin);
        sums = sums && std::abs(step.value("wallMs", -1.0) - wall) < tolerance && addsUp(step);
        if (step.value("step", "") == "reject") ++rejected;
    }
    bench.expect(ordered, "the steps of the timeline follow one another");
    bench.expect(sums, "each step's time is the sum of its shares");
}

}  // namespace liqu::judge
