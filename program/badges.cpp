#include "program/badges.hpp"

#include "firmware/custody/people.hpp"

namespace liqu::program {
namespace {

Result<staff::Account> prove(staff::Accounts& accounts, staff::Act act, const std::string& badge,
                             const AskPin& askPin, WallTime now) {
    const auto account = TRY(accounts.signIn(badge, askPin(badge), std::string(nameOf(act)), now));
    // Somebody else chose that PIN, and knows it.
    if (account.pinIsInitial) {
        return fail(ErrorCode::staffMayNot,
                    badge + " has to set a PIN of their own at the machine first");
    }
    return account;
}

}  // namespace

Result<void> proveBadges(staff::Accounts& accounts, staff::Act act, const TwoPeople& people,
                         const AskPin& askPin, WallTime now) {
    if (!TRY(accounts.everRegistered())) return {};
    const staff::Account first = TRY(prove(accounts, act, people.operatorId, askPin, now));
    if (people.secondOperatorId.empty()) {
        if (first.may(act)) return {};
        return fail(ErrorCode::staffMayNot, first.number + " may not " + std::string(nameOf(act)));
    }
    // Before a PIN is asked for twice.
    TRY(custody::requireTwo(people));
    const staff::Account second = TRY(prove(accounts, act, people.secondOperatorId, askPin, now));
    TRY(staff::peopleFor(act, first, second, now));
    return {};
}

}  // namespace liqu::program
