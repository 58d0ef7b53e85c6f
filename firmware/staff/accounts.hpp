// The people of the branch and the service company who sign in at the machine: a number, a name,
// roles and a PIN kept as a scrypt verifier. Wrong PINs make the next try wait, each longer than
// the one before, up to a quarter of an hour; no number is locked for good, and one that nobody has
// waits and answers like any other. What was counted is in the database, so a restart forgives
// nothing; a day forgives it, or a supervisor. Kiosk thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/random.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/two_people.hpp"
#include "firmware/staff/role.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::staff {

struct Account {
    std::string number;
    std::string name;
    Roles roles;
    bool pinIsInitial = true;  // chosen by somebody else; the person sets an own one
    int wrongPins = 0;         // in a row
    std::optional<WallTime> waitUntil;
    std::string pinSetBy = {};  // who chose the PIN for this person last, and who stood beside
    std::string pinSetBeside = {};
    WallTime pinSetAt{};  // when; since the owner has an own one, when that was chosen

    bool may(Act act) const { return roles.meets(ruleOf(act).may); }
};

// Others are told of a number that was tried so often.
constexpr int manyWrongPins = 5;
// Whoever chose a PIN, or stood beside, was not at the machine for so long when its owner changes
// it …
constexpr Duration setterAway = std::chrono::minutes{10};
// … and does not stand by for that number for so long after that.
constexpr Duration setterApart = std::chrono::hours{24};

// 2, 4, 8 … seconds, at most a quarter of an hour.
Duration waitAfter(int wrongPins);

// Who does one act. Checked: the first may do it; where the act asks for two, the second is there,
// is another person, may stand by, and neither knew the other's PIN in the last day. staffMayNot,
// samePersonTwice, pinSetByPartner; pinStillInitial where somebody else knows the second one's PIN.
Result<TwoPeople> peopleFor(Act act, const Account& actor, const std::optional<Account>& second,
                            WallTime at);

// Six to eight digits; not all alike, not a run such as 123456.
Result<void> checkPin(const SecretText& pin);

// Of everybody who has a number, by it; also of who is out.
Result<std::map<std::string, std::string>> namesByNumber(storage::Database& database);

class Accounts {
  public:
    Accounts(storage::Database& database, Random& random) : database_(database), random_(random) {}

    // staffNumberTaken, pinTooSimple, configBadValue. `by` is who made it, for the audit.
    Result<void> add(const Account& account, const SecretText& pin, const std::string& by,
                     WallTime at);
    Result<std::vector<Account>> list();
    Result<std::optional<Account>> find(const std::string& number);
    // Somebody was registered once: from then on nobody acts without a PIN, also where every row
    // is gone.
    Result<bool> everRegistered();

    // staffSignInRefused for a wrong number and a wrong PIN alike, staffMustWait.
    // `purpose` is "sign-in", or the name of the act a second person signs in for.
    Result<Account> signIn(const std::string& number, const SecretText& pin,
                           const std::string& purpose, WallTime at);
    // The person who signed in is still the one who stands here.
    Result<void> proveAgain(const std::string& number, const SecretText& pin, Act act, WallTime at);
    // One person vouches with an act that needs no other hand (vouchForHolder,
    // attendService). staffMayNot,
    // pinStillInitial; each is a line.
    Result<Account> vouch(const std::string& number, const SecretText& pin, Act act, WallTime at);
    Result<void> signOut(const std::string& number, const std::string& why, WallTime at);
    // How long this number still waits; zero where it does not.
    Result<Duration> waitLeft(const std::string& number, WallTime at);

    Result<void> unlock(const std::string& number, const std::string& by, WallTime at);
    // The PIN is initial again: the person sets an own one at the next sign-in. Unlocks.
    Result<void> resetPin(const std::string& number, const SecretText& pin, const TwoPeople& by,
                          WallTime at);
    // pinSetterNear where somebody who knows the initial PIN was at the machine a moment ago.
    Result<void> mayChooseFirstPin(const std::string& number, WallTime at);
    // In place of the initial one, by the person who has just signed in with it.
    Result<void> setFirstPin(const std::string& number, const SecretText& pin, WallTime at);
    // The old PIN is asked for, and tried like at a sign-in: whoever finds a screen where somebody
    // is signed in cannot take the number over. pinUnchanged where both are the same.
    Result<void> changeOwnPin(const std::string& number, const SecretText& old,
                              const SecretText& pin, WallTime at);

  private:
    // Chosen by somebody else, or by its owner.
    enum class PinIs : std::uint8_t { initial, own };
    // The right PIN of a number that need not wait.
    Result<Account> prove(const std::string& number, const SecretText& pin, WallTime at);
    // The right PIN was typed: nothing of the wrong ones is left, and the line says what for.
    Result<void> admit(const std::string& number, const std::string& line,
                       const std::string& object, WallTime at);
    Result<void> requireAnother(const std::string& number, const SecretText& pin);
    Result<Account> refuse(const std::optional<Account>& account, const std::string& number,
                           WallTime at);
    Result<void> setPin(const std::string& number, const SecretText& pin, PinIs is,
                        const TwoPeople& by, Act act, WallTime at);

    storage::Database& database_;
    Random& random_;
};

}  // namespace liqu::staff
