// What a run leaves for the judge: the folder of evidence, sealed.
#pragma once

#include <optional>

#include "tests/world/evidence/world_json.hpp"
#include "tests/world/main/kiosk_folder.hpp"
#include "tests/world/main/outside_world.hpp"
#include "tests/world/main/truth_record.hpp"
#include "tests/world/robot/citizen.hpp"

namespace liqu::world {

struct RunRecord {
    const RunOptions& options;
    const FaultPlan& faults;
    OutsideWorld& world;
    TruthRecord& truth;
    const KioskFolder& kiosk;
    std::filesystem::path shown;  // the window's own record of its screens
    const CitizenReport& report;
    std::string earlierReason{};  // the last code a screen of an earlier visit gave
    std::optional<CounterState> counter{};
};

// The kiosk has ended.
Result<void> writeEvidence(const RunRecord& run);

}  // namespace liqu::world
