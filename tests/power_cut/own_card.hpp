// A citizen's own card in the slot: what became of its social PIN, and what was told of it.
#pragma once

#include <string>

#include "tests/scenario/kiosk/simulated_kiosk.hpp"

namespace liqu::proof {

inline constexpr const char* itsOwnPin = "360271";
inline constexpr const char* itsFirstPin = "123456";  // of a card nobody enabled

// The citizen has their card with them, and gives it another PIN.
void bringsOwnCard(scenario::SimulatedKiosk& kiosk, const std::string& pin);

// A PIN nobody chose, a change that was told and never made or told twice, one called carried out
// that nobody was told of; empty: none. A restored province forgot.
std::string pinsDisagree(scenario::SimulatedKiosk& kiosk, bool provinceForgot);

}  // namespace liqu::proof
