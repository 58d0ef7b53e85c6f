// Who acts on the command line. Where nobody is registered yet (a machine being set up), badge
// numbers are taken as they are typed; else each person proves theirs with the PIN and must hold a
// role that may do it, as at the machine's window (staff/role.hpp).
#pragma once

#include <functional>

#include "firmware/base/random.hpp"
#include "firmware/custody/people.hpp"
#include "firmware/staff/accounts.hpp"

namespace liqu::program {

using AskPin = std::function<SecretText(const std::string& badge)>;

// staffSignInRefused, staffMustWait, staffLocked, staffMayNot, samePersonTwice. Without a second
// badge the first alone is asked: the two who count a place come one after the other.
Result<void> proveBadges(staff::Accounts& accounts, staff::Act act,
                         const custody::TwoPeople& people, const AskPin& askPin, WallTime now);

// A line of the chained record, in the commit of what was done.
Result<void> recordAct(storage::Transaction& transaction, staff::Act act,
                       const custody::TwoPeople& people, const std::string& object, WallTime now);
// What was refused changed nothing, and is a line all the same.
Result<void> recordRefusal(storage::Database& database, staff::Act act,
                           const custody::TwoPeople& people, const std::string& object,
                           const Error& why, WallTime now);

}  // namespace liqu::program
