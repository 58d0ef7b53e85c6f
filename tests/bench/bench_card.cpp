// Software's own share of one card (decision 31): from the person's consent to the card in the
// mouth, without the times in which printer, chip or province were at work. In real time; the
// panels that came too late are counted behind a cable as slow as USB full speed.
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "firmware/base/assert.hpp"
#include "tests/bench/card_world.hpp"
#include "tests/bench/figures.hpp"
#include "tests/world/usb/throttled_engine.hpp"

namespace liqu::bench {
namespace {

constexpr int cards = 3;

struct Span {
    Instant begin;
    Instant end;
};

double milliseconds(Duration duration) {
    return static_cast<double>(duration.count()) / 1000.0;
}

std::vector<Span> othersAtWork(const CardRecord& record) {
    std::vector<Span> spans;
    for (const world::MechanicalStep& step : record.mechanics)
        spans.push_back({step.begin, step.end});
    for (const world::BusyTime& time : record.busy) spans.push_back({time.begin, time.end});
    for (const world::BusyTime& time : record.listening) spans.push_back({time.begin, time.end});
    std::sort(spans.begin(), spans.end(),
              [](const Span& one, const Span& other) { return one.begin < other.begin; });
    return spans;
}

// The time nobody else was at work, overlaps counted once.
double softwareOf(const CardRecord& record) {
    Duration alone{};
    Instant reached = record.begin;
    for (const Span& span : othersAtWork(record)) {
        const Instant begin = std::min(span.begin, record.atMouth);
        if (begin > reached) alone += begin - reached;
        reached = std::max(reached, std::min(span.end, record.atMouth));
    }
    return milliseconds(alone + (record.atMouth - reached));
}

double gapsOf(const CardRecord& record) {
    Duration sum{};
    for (const world::PanelGap& gap : record.gaps) sum += gap.length;
    return milliseconds(sum);
}

// Where the software was alone, for whoever wants to make it shorter.
void trace(const CardRecord& record) {
    Instant reached = record.begin;
    for (const Span& span : othersAtWork(record)) {
        if (span.begin > record.atMouth) break;
        if (span.begin > reached) {
            std::cerr << "alone " << milliseconds(span.begin - reached) << " ms before "
                      << milliseconds(span.begin - record.begin) << "\n";
        }
        reached = std::max(reached, span.end);
    }
}

CardRecord made(std::optional<double> bytesPerSecond) {
    CardRecord record = makeOneCard(bytesPerSecond);
    if (!record.handedOver) std::cerr << "liqu-bench: no card was made: " << record.trouble << "\n";
    LIQU_ASSERT(record.handedOver);
    return record;
}

// What of it has a name; the rest is between.
struct Parts {
    std::vector<double> face, signatures, commits, listening;

    void add(const CardRecord& record) {
        face.push_back(milliseconds(record.face));
        signatures.push_back(milliseconds(record.signatures));
        commits.push_back(milliseconds(record.commits));
        // Between two motions only: while the printer moves nobody waits for its answers.
        CardRecord deaf = record;
        deaf.listening.clear();
        listening.push_back(softwareOf(deaf) - softwareOf(record));
    }
    void tell(Figures& figures) const {
        figures["card.part_face_ms"] = {quantile(face, 0.5), "", true};
        figures["card.part_signatures_ms"] = {quantile(signatures, 0.5), "", true};
        figures["card.part_commits_ms"] = {quantile(commits, 0.5), "", true};
        figures["card.listening_to_printer_ms"] = {quantile(listening, 0.5), "", true};
    }
};

}  // namespace

void benchCard(Figures& figures) {
    std::vector<double> software;
    std::vector<double> wall;
    std::vector<double> announced;
    Parts parts;
    for (int number = 0; number < cards; ++number) {
        const CardRecord record = made(std::nullopt);
        software.push_back(softwareOf(record));
        wall.push_back(milliseconds(record.atMouth - record.begin));
        announced.push_back(milliseconds(record.announced - record.atMouth));
        parts.add(record);
        if (std::getenv("LIQU_BENCH_TRACE") != nullptr) trace(record);
    }
    std::vector<double> gaps;
    std::vector<double> behindCable;
    for (int number = 0; number < cards; ++number) {
        const CardRecord record = made(world::usbFullSpeedBytesPerSecond);
        gaps.push_back(gapsOf(record));
        behindCable.push_back(softwareOf(record));
    }
    figures["card.software_ms"] = atMost(quantile(software, 0.5), 90);
    parts.tell(figures);
    figures["card.software_worst_ms"] = {quantile(software, 1), "", true};
    // With the shipped profile the mouth cannot be looked into before Se has answered.
    figures["card.announced_after_ms"] = {quantile(announced, 0.5), "", true};
    figures["card.wall_ms"] = {quantile(wall, 0.5), "", true};
    figures["card.panel_gap_ms"] = atMost(quantile(gaps, 1), 0);
    // With the wait for the first panel to come through the cable.
    figures["card.software_full_speed_ms"] = {quantile(behindCable, 0.5), "", true};
}

}  // namespace liqu::bench
