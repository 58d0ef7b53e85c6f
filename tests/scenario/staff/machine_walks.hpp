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
// … but for one step, which they only say they did.
void worksAsGuidedBut(StaffedKiosk& branch, const std::string& undone);
void leavesJammedCard(StaffedKiosk& branch);
// Every page of the machine but those of a jam.
void theMachine(StaffedKiosk& branch);
// To the first step of a trial with a test card, by 1001.
void beginTrial(StaffHands& hands);
// Whoever tries takes the card as soon as it is at the mouth; else the page has to ask for it.
void takesAtOnce(StaffedKiosk& branch);
void aTrial(StaffedKiosk& branch);
// The chip does not answer.
void aTrialThatFails(StaffedKiosk& branch);
// Takes the blank that would come next, and has it in the hand for the test card. Its number.
std::string takeABlank(StaffedKiosk& branch);
// It is laid down, known, and booked by two.
void aTrialWithABlank(StaffedKiosk& branch);
// A visit jams; 1001 and 1002 clear it.
void clearAJam(StaffedKiosk& branch);

}  // namespace liqu::scenario
