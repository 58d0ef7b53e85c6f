// Whether the witness finds what was done to a record: many seeded tamperings, each of one of the
// ways of attack.hpp, judged with and without the first key.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "tests/audit/attack.hpp"

namespace liqu::proof {

// Planted into the witness' side, to see the proof fail.
enum class Blindness : std::uint8_t { none, comparesNoMac, hasNoCheckpoints };

struct AuditPlan {
    std::uint64_t seed = 1;
    std::int64_t tamperings = 10'000;  // of a line that was witnessed
    Weakness weakness = Weakness::none;
    Blindness blindness = Blindness::none;
};

struct AuditFigures {
    std::int64_t tamperings = 0;  // that touch a line at or before the last checkpoint
    std::int64_t found = 0;       // with the first wrong line, and without the key as well
    std::int64_t later = 0;       // that touch only lines after it
    std::int64_t laterFound = 0;  // of these
    std::int64_t honest = 0;      // records as they were, with all, some and none of what is kept
    std::int64_t accused = 0;     // of these
    std::string firstMissed{};    // what was not found, for whoever looks
    bool holds() const { return tamperings > 0 && found == tamperings && accused == 0; }
};

AuditFigures proveAudit(const AuditPlan& plan,
                        const std::function<void(const AuditFigures&)>& tell = {});

}  // namespace liqu::proof
