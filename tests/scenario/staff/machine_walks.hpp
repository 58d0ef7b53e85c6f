// What a technician does at the machine, for its own test and for the test of every control.
#pragma once

#include "tests/scenario/staff/staff_hands.hpp"

namespace liqu::scenario {

// From the corner to the page of the machine.
void toMachine(StaffHands& hands, const std::string& number);
// To the first step of a jam, with 1002 as the second.
void beginJam(StaffHands& hands);
// From here on they do what a guided page asks for, and say so where it asks.
void worksAsGuided(StaffedKiosk& branch);
// Every page of the machine but those of a jam.
void theMachine(StaffedKiosk& branch);
// A visit jams; 1001 and 1002 clear it.
void clearAJam(StaffedKiosk& branch);

}  // namespace liqu::scenario
