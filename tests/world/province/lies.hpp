// A province that answers about somebody or something else: the faults "province.lies",
// "province.other-…", "province.permit-expired" and "province.portrait". Every answer they make
// still fits the contract.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "firmware/base/clock.hpp"
#include "tests/world/fault_plan.hpp"

namespace liqu::world {

struct Books;

// Changes the body of an answer that was carried out, before it is kept and signed.
void tellLies(FaultPlan& faults, const Books& books, const std::string& messageType,
              nlohmann::json& body, WallTime now);

// Every place "province.lies" knows in this answer: "PERSO.GET/chip/sex". Lists and what the
// kiosk has nothing to compare with are not among them.
std::vector<std::string> placesOfLies(const std::string& messageType, const nlohmann::json& body);

}  // namespace liqu::world
