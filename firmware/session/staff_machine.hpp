// What the pages about the machine's own parts say alike. Words only; no thread rule.
#pragma once

#include "firmware/session/machine_readings.hpp"
#include "firmware/session/staff_counter.hpp"

namespace liqu::session {

// Where the printer says the card is.
Phrase mediaWords(ports::MediaPosition media);
// Which card the books have between hopper and mouth, and where; while the day is counted nobody is
// told.
std::vector<StaffFact> bookedInside(StaffCounter& counter);
// The sensors of the card path, one row each, with the age of the reading.
StaffTable pathTable(const MachineReadings& readings, Instant now);
// The other parts.
StaffTable partTable(const MachineReadings& readings, Instant now);

}  // namespace liqu::session
