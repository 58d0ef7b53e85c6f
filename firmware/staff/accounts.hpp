// The people of the branch and the service company who sign in at the machine: a number, a name,
// roles and a PIN kept as a scrypt verifier. Wrong PINs make the next try wait, each longer than
// the one before; the fifth locks the number until a supervisor unlocks it. What was counted is in
// the database, so a restart forgives nothing. Kiosk thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/random.hpp"
#include "firmware/base/result.hpp"
#include "firmware/staff/role.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::staff {

struct Account {
    std::string number;
    std::string name;
    Roles roles;
    bool locked = false;
    bool pinIsInitial = true;  // chosen by somebody else; the person sets an own one
    int wrongPins = 0;         // in a row
    std::optional<WallTime> waitUntil;

    bool may(Act act) const { return roles.meets(ruleOf(act).may); }
};

constexpr int wrongPinsUntilLock = 5;

// 2, 4, 8, 16 seconds.
Duration waitAfter(int wrongPins);

// Who does one act. Checked: the first may do it; where the act asks for two, the second is there,
// is another person and may stand by.
struct Hands {
    std::string actor;
    std::string second;
};
// staffMayNot, samePersonTwice; pinStillInitial where somebody else knows the second one's PIN.
Result<Hands> handsFor(Act act, const Account& actor, const std::optional<Account>& second);

// Six to eight digits; not all alike, not a run such as 123456.
Result<void> checkPin(const SecretText& pin);

class Accounts {
  public:
    Accounts(storage::Database& database, Random& random) : database_(database), random_(random) {}

    // staffNumberTaken, pinTooSimple, configBadValue. `by` is who made it, for the audit.
    Result<void> add(const Account& account, const SecretText& pin, const std::string& by,
                     WallTime at);
    Result<std::vector<Account>> list();
    Result<std::optional<Account>> find(const std::string& number);
    Result<bool> hasSupervisor();

    // staffSignInRefused for a wrong number and a wrong PIN alike, staffMustWait, staffLocked.
    // `purpose` is "sign-in", or the name of the act a second person signs in for.
    Result<Account> signIn(const std::string& number, const SecretText& pin,
                           const std::string& purpose, WallTime at);
    Result<void> signOut(const std::string& number, const std::string& why, WallTime at);
    // How long this number still waits; zero where it does not.
    Result<Duration> waitLeft(const std::string& number, WallTime at);

    Result<void> unlock(const std::string& number, const std::string& by, WallTime at);
    // The PIN is initial again: the person sets an own one at the next sign-in. Unlocks.
    Result<void> resetPin(const std::string& number, const SecretText& pin, const Hands& by,
                          WallTime at);
    // In place of the initial one, by the person who has just signed in with it.
    Result<void> setFirstPin(const std::string& number, const SecretText& pin, WallTime at);
    // The old PIN is asked for, and tried like at a sign-in: whoever finds a screen where somebody
    // is signed in cannot take the number over. pinUnchanged where both are the same.
    Result<void> changeOwnPin(const std::string& number, const SecretText& old,
                              const SecretText& pin, WallTime at);

  private:
    // The right PIN of a number that is not locked and need not wait.
    Result<Account> prove(const std::string& number, const SecretText& pin, WallTime at);
    Result<void> requireAnother(const std::string& number, const SecretText& pin);
    Result<Account> refuse(const std::optional<Account>& account, const std::string& number,
                           WallTime at);
    Result<void> setPin(const std::string& number, const SecretText& pin, bool initial,
                        const Hands& by, Act act, WallTime at);

    storage::Database& database_;
    Random& random_;
};

}  // namespace liqu::staff
