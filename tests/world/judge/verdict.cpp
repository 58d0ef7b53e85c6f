#include "tests/world/judge/verdict.hpp"

#include <algorithm>

#include "tests/world/judge/bench.hpp"

namespace liqu::judge {
namespace {

// A field of another type than it should have makes a check end early: that is a finding too.
template <typename Checks>
void guarded(Bench& bench, Checks checks) {
    try {
        checks();
    } catch (const nlohmann::json::exception& error) {
        bench.expect(false, "every field is of its type", error.what());
    }
}

void checkRecords(Bench& bench) {
    guarded(bench, [&] {
        checkRun(bench);
        if (!bench.evidence.unreadable.empty()) return;
        checkCards(bench);
        if (bench.isBeforeOlderProvince()) {
            checkOlderProvince(bench);
        } else {
            checkProvince(bench);
            checkMessages(bench);
        }
        checkDocument(bench);
        checkTimeline(bench);
        checkTruth(bench);
        checkEnding(bench);
        checkAfterwards(bench);
        checkCounter(bench);
    });
}

}  // namespace

bool Verdict::allHold() const {
    return std::all_of(checks.begin(), checks.end(), [](const Check& one) { return one.holds; });
}

Verdict judgeFolder(const std::filesystem::path& folder) {
    Bench bench(readEvidence(folder));
    checkSeal(bench);
    checkRecords(bench);
    if (bench.evidence.unreadable.empty()) guarded(bench, [&] { checkFaces(bench); });
    return std::move(bench.verdict);
}

Verdict judgeRecords(const Evidence& evidence) {
    Bench bench(evidence);
    checkRecords(bench);
    return std::move(bench.verdict);
}

Verdict judgeFaces(const Evidence& evidence) {
    Bench bench(evidence);
    guarded(bench, [&] { checkFaces(bench); });
    return std::move(bench.verdict);
}

std::string describe(const Verdict& verdict) {
    std::string text;
    for (const Check& check : verdict.checks) {
        text += (check.holds ? "  ok    " : "  WRONG ") + check.what;
        if (!check.holds && !check.detail.empty()) text += ": " + check.detail;
        text += "\n";
    }
    const auto wrong = std::count_if(verdict.checks.begin(), verdict.checks.end(),
                                     [](const Check& one) { return !one.holds; });
    text +=
        std::to_string(verdict.checks.size()) + " checks, " + std::to_string(wrong) + " wrong; ";
    return text + verdict.end + "\n";
}

int exitCodeOf(const Verdict& verdict) {
    if (!verdict.allHold()) return 1;
    return verdict.outcome == Outcome::made ? 0 : 3;
}

}  // namespace liqu::judge
