#include "firmware/staff/accounts.hpp"

#include <algorithm>

#include "firmware/security/pin_verifier.hpp"
#include "firmware/staff/audit.hpp"

namespace liqu::staff {
namespace {

using storage::Row;
using storage::Transaction;

constexpr std::size_t shortestPin = 6;
constexpr std::size_t longestPin = 8;
constexpr std::size_t longestNumber = 8;

std::int64_t stamp(WallTime at) {
    return at.time_since_epoch().count();
}

bool isDigits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Each digit differs from the one before by the same step: 111111, 123456, 987654.
bool isRun(std::string_view digits) {
    const int step = digits[1] - digits[0];
    if (step < -1 || step > 1) return false;
    for (std::size_t i = 1; i < digits.size(); ++i) {
        if (digits[i] - digits[i - 1] != step) return false;
    }
    return true;
}

constexpr const char* accountColumns =
    "SELECT number, name, roles, locked, pin_initial, wrong_pins, wait_until FROM staff ";

Account accountOf(const Row& row) {
    Account account;
    account.number = row.text(0);
    account.name = row.text(1);
    account.roles = Roles::parse(row.text(2)).value_or(Roles{});
    account.locked = row.integer(3) != 0;
    account.pinIsInitial = row.integer(4) != 0;
    account.wrongPins = static_cast<int>(row.integer(5));
    if (row.integer(6) != 0)
        account.waitUntil = WallTime{std::chrono::milliseconds{row.integer(6)}};
    return account;
}

// A clock that was set back must not make anybody wait for days.
Duration waitLeftOf(const Account& account, WallTime at) {
    if (!account.waitUntil || *account.waitUntil <= at) return Duration::zero();
    return std::min<Duration>(*account.waitUntil - at, waitAfter(wrongPinsUntilLock - 1));
}

// Takes as long as a true comparison, so that time does not tell which numbers exist.
constexpr std::string_view nobodysVerifier =
    "16384:8:1:00000000000000000000000000000000:"
    "0000000000000000000000000000000000000000000000000000000000000000";

}  // namespace

Duration waitAfter(int wrongPins) {
    return std::chrono::seconds{wrongPins <= 0 ? 0 : 1 << std::min(wrongPins, 10)};
}

Result<Hands> handsFor(Act act, const Account& actor, const std::optional<Account>& second) {
    const std::string name(nameOf(act));
    if (!actor.may(act)) return fail(ErrorCode::staffMayNot, actor.number + " may not " + name);
    if (!needsTwo(act)) return Hands{actor.number, ""};
    if (!second) return fail(ErrorCode::samePersonTwice, name + " asks for a second person");
    if (second->number == actor.number) {
        return fail(ErrorCode::samePersonTwice, actor.number + " came twice for " + name);
    }
    if (!second->roles.meets(ruleOf(act).second)) {
        return fail(ErrorCode::staffMayNot, second->number + " may not stand by for " + name);
    }
    if (second->pinIsInitial) {
        return fail(ErrorCode::pinStillInitial, second->number + " has no own PIN yet");
    }
    return Hands{actor.number, second->number};
}

Result<void> checkPin(const SecretText& pin) {
    const std::string& digits = pin.reveal();
    const bool fits = digits.size() >= shortestPin && digits.size() <= longestPin;
    if (!fits || !isDigits(digits) || isRun(digits)) {
        return fail(ErrorCode::pinTooSimple, "the PIN was refused");
    }
    return {};
}

Result<void> Accounts::add(const Account& account, const SecretText& pin, const std::string& by,
                           WallTime at) {
    const std::string& number = account.number;
    if (number.empty() || number.size() > longestNumber || !isDigits(number)) {
        return fail(ErrorCode::configBadValue, "a staff number has one to eight digits");
    }
    if (account.name.empty() || account.roles.empty()) {
        return fail(ErrorCode::configBadValue, "a name and at least one role are needed");
    }
    TRY(checkPin(pin));
    const std::string verifier = TRY(security::makePinVerifier(pin, random_));
    Transaction transaction = TRY(Transaction::begin(database_));
    if (!TRY(transaction.query("SELECT 1 FROM staff WHERE number = ?", {number})).empty()) {
        return fail(ErrorCode::staffNumberTaken, number + " is taken");
    }
    TRY(
        transaction.run("INSERT INTO staff(number, name, roles, pin_verifier, created_at) "
                        "VALUES(?,?,?,?,?)",
                        {number, account.name, account.roles.text(), verifier, stamp(at)}));
    TRY(record(transaction, {0, at, by, "", "add-staff", number + " " + account.roles.text()}));
    return transaction.commit();
}

Result<std::vector<Account>> Accounts::list() {
    std::vector<Account> accounts;
    for (const Row& row : TRY(database_.query(std::string(accountColumns) + "ORDER BY number"))) {
        accounts.push_back(accountOf(row));
    }
    return accounts;
}

Result<std::optional<Account>> Accounts::find(const std::string& number) {
    const auto rows =
        TRY(database_.query(std::string(accountColumns) + "WHERE number = ?", {number}));
    if (rows.empty()) return std::optional<Account>();
    return std::optional<Account>(accountOf(rows[0]));
}

Result<bool> Accounts::hasSupervisor() {
    const auto accounts = TRY(list());
    return std::any_of(accounts.begin(), accounts.end(),
                       [](const Account& one) { return one.roles.has(Role::supervisor); });
}

Result<Account> Accounts::prove(const std::string& number, const SecretText& pin, WallTime at) {
    auto account = TRY(find(number));
    if (!account) {
        security::pinMatches(pin, nobodysVerifier);
        return refuse(account, "unknown", at);
    }
    if (account->locked) return fail(ErrorCode::staffLocked, number + " is locked");
    if (waitLeftOf(*account, at) > Duration::zero()) {
        return fail(ErrorCode::staffMustWait, number + " must wait");
    }
    const auto rows =
        TRY(database_.query("SELECT pin_verifier FROM staff WHERE number = ?", {number}));
    if (!security::pinMatches(pin, rows.at(0).text(0))) return refuse(account, number, at);
    return std::move(*account);
}

Result<Account> Accounts::signIn(const std::string& number, const SecretText& pin,
                                 const std::string& purpose, WallTime at) {
    Account account = TRY(prove(number, pin, at));
    Transaction transaction = TRY(Transaction::begin(database_));
    TRY(transaction.run("UPDATE staff SET wrong_pins = 0, wait_until = 0 WHERE number = ?",
                        {number}));
    const bool forAnother = purpose != "sign-in";
    TRY(record(transaction, {0, at, number, "", forAnother ? "stand-by" : "sign-in",
                             forAnother ? purpose : ""}));
    TRY(transaction.commit());
    account.wrongPins = 0;
    account.waitUntil.reset();
    return account;
}

// What was tried is kept before it is answered.
Result<Account> Accounts::refuse(const std::optional<Account>& account, const std::string& number,
                                 WallTime at) {
    Transaction transaction = TRY(Transaction::begin(database_));
    bool locks = false;
    if (account) {
        const int wrong = account->wrongPins + 1;
        locks = wrong >= wrongPinsUntilLock;
        const WallTime until =
            at + std::chrono::duration_cast<std::chrono::milliseconds>(waitAfter(wrong));
        TRY(transaction.run(
            "UPDATE staff SET wrong_pins = ?, wait_until = ?, locked = ? WHERE number = ?",
            {std::int64_t{wrong}, stamp(until), std::int64_t{locks ? 1 : 0}, number}));
    }
    TRY(record(transaction, {0, at, number, "", locks ? "locked" : "sign-in-refused", ""}));
    TRY(transaction.commit());
    return fail(locks ? ErrorCode::staffLocked : ErrorCode::staffSignInRefused, "refused");
}

Result<void> Accounts::signOut(const std::string& number, const std::string& why, WallTime at) {
    Transaction transaction = TRY(Transaction::begin(database_));
    TRY(record(transaction, {0, at, number, "", "sign-out", why}));
    return transaction.commit();
}

Result<Duration> Accounts::waitLeft(const std::string& number, WallTime at) {
    const auto account = TRY(find(number));
    return account ? waitLeftOf(*account, at) : Duration::zero();
}

Result<void> Accounts::unlock(const std::string& number, const std::string& by, WallTime at) {
    if (number == by) return fail(ErrorCode::samePersonTwice, number + " cannot unlock itself");
    Transaction transaction = TRY(Transaction::begin(database_));
    TRY(transaction.run(
        "UPDATE staff SET locked = 0, wrong_pins = 0, wait_until = 0 WHERE number = ?", {number}));
    if (TRY(transaction.changedRows()) != 1) return fail(ErrorCode::staffUnknown, number);
    TRY(record(transaction, {0, at, by, "", std::string(nameOf(Act::unlockStaff)), number}));
    return transaction.commit();
}

Result<void> Accounts::resetPin(const std::string& number, const SecretText& pin, const Hands& by,
                                WallTime at) {
    return setPin(number, pin, true, by, Act::resetPin, at);
}

Result<void> Accounts::setFirstPin(const std::string& number, const SecretText& pin, WallTime at) {
    const auto account = TRY(find(number));
    if (!account) return fail(ErrorCode::staffUnknown, number);
    if (!account->pinIsInitial) {
        return fail(ErrorCode::staffMayNot, number + " has an own PIN, which is asked for");
    }
    TRY(requireAnother(number, pin));
    return setPin(number, pin, false, {number, ""}, Act::changeOwnPin, at);
}

Result<void> Accounts::changeOwnPin(const std::string& number, const SecretText& old,
                                    const SecretText& pin, WallTime at) {
    TRY(prove(number, old, at));
    TRY(requireAnother(number, pin));
    return setPin(number, pin, false, {number, ""}, Act::changeOwnPin, at);
}

// Whoever knew the PIN until now must not know it afterwards.
Result<void> Accounts::requireAnother(const std::string& number, const SecretText& pin) {
    const auto rows =
        TRY(database_.query("SELECT pin_verifier FROM staff WHERE number = ?", {number}));
    if (rows.empty()) return fail(ErrorCode::staffUnknown, number);
    if (!security::pinMatches(pin, rows[0].text(0))) return {};
    return fail(ErrorCode::pinUnchanged, "the new PIN is the old one");
}

Result<void> Accounts::setPin(const std::string& number, const SecretText& pin, bool initial,
                              const Hands& by, Act act, WallTime at) {
    TRY(checkPin(pin));
    const std::string verifier = TRY(security::makePinVerifier(pin, random_));
    Transaction transaction = TRY(Transaction::begin(database_));
    TRY(
        transaction.run("UPDATE staff SET pin_verifier = ?, pin_initial = ?, locked = 0, "
                        "wrong_pins = 0, wait_until = 0 WHERE number = ?",
                        {verifier, std::int64_t{initial ? 1 : 0}, number}));
    if (TRY(transaction.changedRows()) != 1) return fail(ErrorCode::staffUnknown, number);
    TRY(record(transaction, {0, at, by.actor, by.second, std::string(nameOf(act)), number}));
    return transaction.commit();
}

}  // namespace liqu::staff
