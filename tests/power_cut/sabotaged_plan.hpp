// The plan of the proof of the proof: the shipped rows, with one of them altered.
#pragma once

#include <string_view>

#include "firmware/issuance/plan.hpp"
#include "tests/power_cut/sabotage.hpp"

namespace liqu::proof {

// From here on the rows are those of this sabotage; none: as shipped.
void sabotagePlan(Sabotage sabotage);

// For every service that has a plan.
const issuance::Plan* sabotagedPlanOf(std::string_view service);

}  // namespace liqu::proof
