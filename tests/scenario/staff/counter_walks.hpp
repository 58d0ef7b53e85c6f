// What staff do at the counters of held and wrong cards and of the ledger, step by step.
#pragma once

#include "tests/scenario/staff/staff_hands.hpp"

namespace liqu::scenario {

// Somebody's card is finished and not taken; its number.
std::string leaveHeldCard(StaffedKiosk& branch);
std::string codeOfHeld(StaffedKiosk& branch);

// Two notices, and the province's reminder of a death.
void notices(StaffedKiosk& branch);
// The holder's document, then the collector's; the paper and the copy.
void aCollector(StaffedKiosk& branch);
// Nothing the reader takes: both numbers are typed.
void aHouseholdBook(StaffedKiosk& branch);
// Taken back before it is fetched; 1003 confirms it.
void aWrongCard(StaffedKiosk& branch);
// Into the cabinet, to the bank after its months, and once more from there.
void aSecondDelivery(StaffedKiosk& branch);
// A card is handed over by staff, the day is closed, its ledger is looked at.
void theLedger(StaffedKiosk& branch);

}  // namespace liqu::scenario
