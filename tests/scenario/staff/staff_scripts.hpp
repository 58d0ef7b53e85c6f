// What staff do again and again, as steps that are planned: a box and a lane, the count of a day.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "tests/scenario/staff/staff_hands.hpp"

namespace liqu::scenario {

// A card number with its check sign: "C0000001" → nine signs.
std::string numbered(const std::string& body);

// Twenty cards in the box BX1.
std::map<std::string, std::string> boxLabel();
void toTheLabel(StaffHands& hands);
// By 1001, who stays at the menu, and 1002.
void receiveAndOpen(StaffHands& hands);
void beginLoading(StaffHands& hands);
// The number on the card at "card-7" of a stack that begins with this body.
StaffHands::Answer cardsFrom(int firstBody);

using Counts = std::map<std::string, std::string>;
// As a kiosk begins that nobody has used yet.
Counts rightCounts();
void freeze(StaffHands& hands);
// The first person is signed in already; the second comes for herself.
void bothType(StaffHands& hands, const Counts& first, const Counts& second);
// The one who is signed in begins another round, types; then the other one comes.
void countAgain(StaffHands& hands, const std::string& from, const std::function<void()>& type);
void supervisorCloses(StaffHands& hands, const std::string& page);

// What whoever comes now sees: "welcome", or why nothing is made.
std::string standing(StaffedKiosk& branch);

}  // namespace liqu::scenario
