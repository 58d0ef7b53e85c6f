// The counters of the staff, one file each, and what they lend each other.
//
// Used by the kiosk thread.
#pragma once

#include "firmware/session/machine_readings.hpp"
#include "firmware/session/staff_counter.hpp"

namespace liqu::session {

// What is missing to close this day. The counter that was chosen, or "menu"; none: the person left.
std::optional<std::string> showToday(StaffCounter& counter);
void lookAtStock(StaffCounter& counter);
void lookAtHistory(StaffCounter& counter);
void keepBoxes(StaffCounter& counter);
void exchangeLanes(StaffCounter& counter);
void emptyBins(StaffCounter& counter);
void deliverCards(StaffCounter& counter);
// This card, in hold bin, cabinet or its holder's hand.
void takeWrongCard(StaffCounter& counter, const std::string& number);
// Those that wait for their confirmation, and the way to take one.
void lookAtWrong(StaffCounter& counter);
// The hand-overs of a day.
void lookAtLedger(StaffCounter& counter, const std::string& day);
void lookAtFaces(StaffCounter& counter);
void countDay(StaffCounter& counter);
void settleCases(StaffCounter& counter);
void correctBooks(StaffCounter& counter);
void lookAtReports(StaffCounter& counter);
// Only where the machine prints slips.
void lookAtSlips(StaffCounter& counter);
void showReport(StaffCounter& counter, const std::string& day);
void lookAtQueue(StaffCounter& counter);
void resumeMaking(StaffCounter& counter);
void keepStaff(StaffCounter& counter);
bool changeOwnPin(StaffCounter& counter);
void lookAtAudit(StaffCounter& counter);

// The sensors and parts of the machine, live; from there what the hands do.
void keepMachine(StaffCounter& counter);
void testParts(StaffCounter& counter, MachineReadings& readings);
void cleanPrinter(StaffCounter& counter);
void changeRibbon(StaffCounter& counter);
// Step by step, by two; a card that was taken out is booked by its number.
void clearJam(StaffCounter& counter);
// A test card through the whole machine; no card of the books moves.
void tryWithTestCard(StaffCounter& counter);
// The report that the machine is ready, as a file to be signed.
void certifyReady(StaffCounter& counter, MachineReadings& readings);

// Why nothing is fed, or no ID card read: the same failure, again and again. Empty: nothing stops.
std::vector<Notice> noticesOfStop(StaffCounter& counter);

// What one person sees in a bin, card by card. None: given up.
std::optional<custody::CountEntry> countByNumber(StaffCounter& counter, const std::string& place);

}  // namespace liqu::session
