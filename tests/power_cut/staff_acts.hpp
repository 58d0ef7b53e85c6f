// Acts of staff that move cards, with the hands' part in it. Each goes on from wherever books and
// machine show that it was: what a person does who comes back after a stop.
#pragma once

#include "tests/scenario/kiosk/simulated_kiosk.hpp"

namespace liqu::proof {

void receiveAndLoadBox(scenario::SimulatedKiosk& kiosk);
void emptyRejectBin(scenario::SimulatedKiosk& kiosk);
void handOverHeldCard(scenario::SimulatedKiosk& kiosk);
void lookAtFaceInDoubt(scenario::SimulatedKiosk& kiosk);
void keepInCabinet(scenario::SimulatedKiosk& kiosk);
void returnToBank(scenario::SimulatedKiosk& kiosk);
void closeTheDay(scenario::SimulatedKiosk& kiosk);
// After a failure that repeated; false where none did.
bool letMakingGoOn(scenario::SimulatedKiosk& kiosk);

}  // namespace liqu::proof
