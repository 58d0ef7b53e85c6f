// Somebody of the branch with an account in the books, who vouches for people and stands by what
// they do.
#pragma once

#include "firmware/staff/accounts.hpp"
#include "tests/scenario/kiosk/simulated_kiosk.hpp"

namespace liqu::scenario {

constexpr const char* attendantNumber = "4711";
constexpr const char* attendantPin = "246810";

// ofAnother: whoever opened the account chose it, and it was never changed.
enum class Pin { own, ofAnother };

void addAttendant(SimulatedKiosk& kiosk, staff::Role role = staff::Role::attendant,
                  Pin pin = Pin::own);
// What they type where the machine asks for them.
screen::Action attendantTypes(const char* pin = attendantPin);

}  // namespace liqu::scenario
