#include "tests/world/evidence/timeline.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

namespace liqu::world {
namespace {

using Json = nlohmann::ordered_json;

struct Span {
    Instant begin;
    Instant end;
};

// Journal times are wall times, everything else is monotonic.
Instant instantOf(WallTime at) {
    const SystemClock clock;
    return clock.now() - std::chrono::duration_cast<Duration>(clock.wallTime() - at);
}

double milliseconds(Duration duration) {
    return static_cast<double>(duration.count()) / 1000.0;
}

// How much of the window the spans cover, overlaps counted once.
Duration covered(std::vector<Span> spans, Span window) {
    std::sort(spans.begin(), spans.end(),
              [](const Span& one, const Span& other) { return one.begin < other.begin; });
    Duration sum{};
    Instant reached = window.begin;
    for (const Span& span : spans) {
        const Instant begin = std::max(span.begin, reached);
        const Instant end = std::min(span.end, window.end);
        if (end <= begin) continue;
        sum += end - begin;
        reached = end;
    }
    return sum;
}

std::vector<Span> spansOf(const TimelineSources& sources, std::optional<BusyPart> part) {
    std::vector<Span> spans;
    if (!part || *part == BusyPart::mechanics) {
        for (const MechanicalStep& step : sources.mechanics) {
            spans.push_back({step.begin, step.end});
        }
    }
    for (const BusyTime& time : sources.busy) {
        if (!part || time.part == *part) spans.push_back({time.begin, time.end});
    }
    return spans;
}

Json stepJson(const TimelineSources& sources, const JournalLine& intent, const JournalLine& end) {
    const Span window{instantOf(intent.at), instantOf(end.at)};
    const Duration whole = window.end - window.begin;
    const auto share = [&](std::optional<BusyPart> part) {
        return covered(spansOf(sources, part), window);
    };
    return {{"order", intent.orderId},
            {"step", intent.step},
            {"attempt", intent.attempt},
            {"begin", formatChinaTime(intent.at)},
            {"end", formatChinaTime(end.at)},
            {"result", end.phase},
            {"wallMs", milliseconds(whole)},
            {"mechanicalMs", milliseconds(share(BusyPart::mechanics))},
            {"chipMs", milliseconds(share(BusyPart::chip))},
            {"provinceMs", milliseconds(share(BusyPart::province))},
            {"personMs", milliseconds(share(BusyPart::person))},
            {"softwareMs", milliseconds(whole - share(std::nullopt))}};
}

}  // namespace

Result<void> writeTimeline(const std::filesystem::path& path, const TimelineSources& sources) {
    Json steps = Json::array();
    std::optional<JournalLine> intent;
    for (const JournalLine& line : sources.journal) {
        if (line.phase == "intent") {
            intent = line;
        } else if (intent && intent->step == line.step && intent->orderId == line.orderId) {
            steps.push_back(stepJson(sources, *intent, line));
            intent.reset();
        }
    }
    Json mechanics = Json::array();
    const Instant zero = sources.mechanics.empty() ? Instant{} : sources.mechanics.front().begin;
    for (const MechanicalStep& step : sources.mechanics) {
        mechanics.push_back({{"name", step.name},
                             {"card", step.cardId},
                             {"beginMs", milliseconds(step.begin - zero)},
                             {"endMs", milliseconds(step.end - zero)}});
    }
    Json gaps = Json::array();
    for (const PanelGap& gap : sources.gaps) {
        gaps.push_back({{"panel", gap.panel}, {"ms", milliseconds(gap.length)}});
    }
    const Json timeline = {{"steps", steps}, {"mechanics", mechanics}, {"panelGaps", gaps}};
    std::ofstream file(path, std::ios::trunc);
    file << timeline.dump(1) << "\n";
    file.close();
    if (!file) return fail(ErrorCode::fileNotWritable, path.string());
    return {};
}

}  // namespace liqu::world
