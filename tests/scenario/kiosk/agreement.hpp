// Do the books, the machine, the chips and the province tell the same story? Looked at from
// outside, after every scenario, whatever happened in it.
#pragma once

#include <string>
#include <vector>

#include "tests/scenario/kiosk/simulated_kiosk.hpp"

namespace liqu::scenario {

// Everything two records disagree about; empty is good.
std::vector<std::string> disagreements(SimulatedKiosk& kiosk);

// "holder 1, reject-bin 1": the books' places that hold cards, without hopper and bank.
std::string cardsInBooks(SimulatedKiosk& kiosk);
// "HANDED_OVER": the states of the applications made here, "-" where there is none.
std::string applicationsAtProvince(SimulatedKiosk& kiosk);
// "3 delivered, 1 parked", "-" where there is no fact.
std::string outboxOf(SimulatedKiosk& kiosk);
// "handedOver": the states of the orders, "-" where there is none.
std::string ordersOf(SimulatedKiosk& kiosk);

}  // namespace liqu::scenario
