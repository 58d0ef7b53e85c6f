#include "program/badges.hpp"

#include "firmware/staff/audit.hpp"

namespace liqu::program {
namespace {

Result<staff::Account> prove(staff::Accounts& accounts, staff::Act act, const std::string& badge,
                             const AskPin& askPin, WallTime now) {
    const auto account =
        TRY(accounts.signIn(badge, askPin(badge), std::string(staff::nameOf(act)), now));
    // Somebody else chose that PIN, and knows it.
    if (account.pinIsInitial) {
        return fail(ErrorCode::staffMayNot,
                    badge + " has to set a PIN of their own at the machine first");
    }
    return account;
}

}  // namespace

Result<void> proveBadges(staff::Accounts& accounts, staff::Act act,
                         const custody::TwoPeople& people, const AskPin& askPin, WallTime now) {
    if (TRY(accounts.list()).empty()) return {};
    const staff::Account first = TRY(prove(accounts, act, people.operatorId, askPin, now));
    if (people.secondOperatorId.empty()) {
        if (first.may(act)) return {};
        return fail(ErrorCode::staffMayNot, first.number + " may not " + std::string(nameOf(act)));
    }
    // Before a PIN is asked for twice.
    TRY(custody::requireTwo(people));
    const staff::Account second = TRY(prove(accounts, act, people.secondOperatorId, askPin, now));
    TRY(staff::handsFor(act, first, second));
    return {};
}

Result<void> recordAct(storage::Transaction& transaction, staff::Act act,
                       const custody::TwoPeople& people, const std::string& object, WallTime now) {
    return staff::record(transaction, {0, now, people.operatorId, people.secondOperatorId,
                                       std::string(staff::nameOf(act)), object});
}

Result<void> recordRefusal(storage::Database& database, staff::Act act,
                           const custody::TwoPeople& people, const std::string& object,
                           const Error& why, WallTime now) {
    auto transaction = TRY(storage::Transaction::begin(database));
    TRY(recordAct(transaction, act, people,
                  object + " refused " + std::to_string(numberOf(why.code)), now));
    return transaction.commit();
}

}  // namespace liqu::program
