// The visits the simulated world can play: who comes, with which document, for what, and what
// lies in the hopper. Everybody here is synthetic and known to the simulated province
// (province/persons.json).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tests/world/id_reader/documents.hpp"

namespace liqu::world {

struct VisitPlan {
    std::string_view name;
    std::string_view says;
    Document (*document)();
    std::string_view service = "first-card";
    std::string_view chipVersion = "3.00";
};

std::span<const VisitPlan> visitPlans();
// Null where there is none of that name.
const VisitPlan* visitNamed(std::string_view name);

}  // namespace liqu::world
