// Do the books, the machine, the chips and the province tell the same story? Looked at from
// outside, after every scenario, whatever happened in it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/scenario/kiosk/simulated_kiosk.hpp"

namespace liqu::scenario {

// The records that are compared, of a simulated kiosk or of the real program.
struct Sides {
    storage::Database& database;
    world::CardPlaces places;
    const world::Books& province;
    std::int64_t inVault = 0;
    std::vector<std::string> audit;  // what the province finds wrong with itself
    std::function<world::CardEngine&(const std::string& cardNumber)> chipOf;
};
// Everything two records disagree about; empty is good.
std::vector<std::string> disagreements(const Sides& sides);
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
