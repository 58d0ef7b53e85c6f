// The proof proven: each planted bug makes cards unaccounted for, and without one there are none.
#include <doctest/doctest.h>

#include "tests/power_cut/explorer.hpp"
#include "tests/power_cut/sabotaged_step_table.hpp"

namespace liqu::proof {
namespace {

PathTotals totalsWith(Sabotage sabotage, Path path, Effort effort) {
    sabotageStepTable(sabotage);
    path.sabotage = sabotage;
    Explorer explorer(std::move(path), effort, [](const CaseResult&) {});
    explorer.stopAtFirst();
    return explorer.explore();
}

// The paths on which a bug of this kind can show.
std::vector<Path> pathsFor(Sabotage sabotage) {
    if (sabotage == Sabotage::newKeyOnResend) {
        return {{VisitKind::firstCard, {"province.answer-lost@ISSUE.HANDOVER"}}};
    }
    if (sabotage == Sabotage::discardedUnseen) {
        return {{VisitKind::firstCard, {"holder.walks-away@take-card"}}};
    }
    return {{VisitKind::firstCard, {}}};
}

TEST_CASE("without a planted bug nothing is unaccounted for") {
    CHECK(totalsWith(Sabotage::none, {VisitKind::firstCard, {}}, {16, 0}).unaccounted == 0);
}

TEST_CASE("each planted bug is found") {
    CHECK(allSabotages().size() >= 8);
    for (const Sabotage sabotage : allSabotages()) {
        CAPTURE(std::string(nameOf(sabotage)));
        CAPTURE(std::string(wordsOf(sabotage)));
        std::int64_t unaccounted = 0;
        for (const Path& path : pathsFor(sabotage)) {
            unaccounted += totalsWith(sabotage, path, {4, 0}).unaccounted;
        }
        CHECK(unaccounted > 0);
    }
}

}  // namespace
}  // namespace liqu::proof
