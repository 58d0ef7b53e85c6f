// Who acts on the command line. Where nobody was ever registered (a machine being set up), badge
// numbers are taken as they are typed; from the first account on, also where all are gone, each
// person proves theirs with the PIN and must hold a role that may do it, as at the machine's window
// (staff/role.hpp).
#pragma once

#include <functional>

#include "firmware/base/random.hpp"
#include "firmware/base/two_people.hpp"
#include "firmware/staff/accounts.hpp"

namespace liqu::program {

using AskPin = std::function<SecretText(const std::string& badge)>;

// staffSignInRefused, staffMustWait, staffMayNot, samePersonTwice, pinSetByPartner. Without a
// second badge the first alone is asked: the two who count a place come one after the other.
Result<void> proveBadges(staff::Accounts& accounts, staff::Act act, const TwoPeople& people,
                         const AskPin& askPin, WallTime now);

}  // namespace liqu::program
