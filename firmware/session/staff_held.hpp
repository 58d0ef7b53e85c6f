// What the pages about cards that wait for their holders lend each other: staff_held.cpp has the
// list and one card, staff_deliver.cpp how it is given, staff_held_exits.cpp how cards leave
// together.
//
// Used by the kiosk thread.
#pragma once

#include "firmware/custody/bin_forecast.hpp"
#include "firmware/desk/held_book.hpp"
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {

// staff_deliver.cpp
void deliverToHolder(StaffCounter& counter, const desk::HeldCard& held);
void deliverToAgent(StaffCounter& counter, const desk::HeldCard& held);
// Whether the region lets somebody else fetch a card.
bool agentsAreServed(StaffCounter& counter);

// staff_held_exits.cpp
void keepInCabinet(StaffCounter& counter, const std::vector<desk::HeldCard>& held);
void returnToBank(StaffCounter& counter, const std::vector<desk::HeldCard>& held);
void receiveAgain(StaffCounter& counter);

// "2024-06-14"
Phrase dateWords(Date date);

}  // namespace liqu::session
