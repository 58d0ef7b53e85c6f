// Do the books, the machine, the chips and the province tell the same story? Looked at from
// outside, after every scenario, whatever happened in it.
#pragma once

#include <functional>
#include <set>
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
    // In the hand of staff, not of a holder.
    std::set<std::string> inCabinet = {};
    std::set<std::string> atBank = {};
    int oldCardsTakenIn = 0;
    std::set<std::string> oldCardsByLetter = {};
    bool hearsOfHandovers = true;  // else they are on the branch's list
};
// Everything two records disagree about; empty is good.
std::vector<std::string> disagreements(const Sides& sides);
std::vector<std::string> disagreements(SimulatedKiosk& kiosk);
// A condition on the cards: no fact of its order was closed, which the province knows otherwise.
std::string isToldInFull(const std::string& cards);
Sides sidesOf(SimulatedKiosk& kiosk);

// "holder 1, reject-bin 1": the books' places that hold cards, without hopper and bank.
std::string cardsInBooks(SimulatedKiosk& kiosk);
// "HANDED_OVER": the states of the applications made here, "-" where there is none.
std::string applicationsAtProvince(SimulatedKiosk& kiosk);
// "3 delivered, 1 parked", "-" where there is no fact. Checkpoints of the audit record, which come
// by the clock, are not counted.
std::string outboxOf(SimulatedKiosk& kiosk);
// What the machine says to whoever comes now: "welcome", or why it makes no card.
std::string standing(SimulatedKiosk& kiosk);
// "handedOver": the states of the orders, "-" where there is none.
std::string ordersOf(SimulatedKiosk& kiosk);

// The hands take a card out of the machine only when it is written down where it goes: out of the
// bin into the cabinet, from the cabinet to the bank.
void takeOutAsBooked(SimulatedKiosk& kiosk);

}  // namespace liqu::scenario
