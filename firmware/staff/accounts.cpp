#include "firmware/staff/accounts.hpp"

#include <algorithm>

#include "firmware/base/bytes.hpp"
#include "firmware/security/pin_verifier.hpp"
#include "firmware/security/sm3.hpp"
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
    "SELECT number, name, roles, pin_initial, wrong_pins, wait_until, pin_set_by, pin_set_at, "
    "pin_set_beside FROM staff ";

Account accountOf(const Row& row) {
    Account account;
    account.number = row.text(0);
    account.name = row.text(1);
    account.roles = Roles::parse(row.text(2)).value_or(Roles{});
    account.pinIsInitial = row.integer(3) != 0;
    account.wrongPins = static_cast<int>(row.integer(4));
    if (row.integer(5) != 0)
        account.waitUntil = WallTime{std::chrono::milliseconds{row.integer(5)}};
    account.pinSetBy = row.text(6);
    account.pinSetAt = WallTime{std::chrono::milliseconds{row.integer(7)}};
    account.pinSetBeside = row.text(8);
    return account;
}

// Wrong tries in a row, of an account or of a number that nobody has.
struct Tries {
    int wrong = 0;
    std::optional<WallTime> waitUntil;
};

constexpr std::int64_t buckets = 1024;

std::int64_t bucketOf(const std::string& number) {
    const auto digest = security::sm3(bytesOf(number));
    return (std::int64_t{digest[0]} << 8 | digest[1]) % buckets;
}

Result<Tries> triesOf(storage::Database& database, const std::optional<Account>& account,
                      const std::string& number) {
    if (account) return Tries{account->wrongPins, account->waitUntil};
    const auto rows = TRY(database.query(
        "SELECT wrong_pins, wait_until FROM staff_strangers WHERE bucket = ?", {bucketOf(number)}));
    if (rows.empty()) return Tries{};
    return Tries{static_cast<int>(rows[0].integer(0)),
                 WallTime{std::chrono::milliseconds{rows[0].integer(1)}}};
}

bool isForgotten(const Tries& tries, WallTime at) {
    constexpr auto aDay = std::chrono::hours{24};
    return tries.waitUntil && *tries.waitUntil + aDay <= at;
}

// A clock that was set back must not make anybody wait longer than the last wait was.
Duration waitLeftOf(const Tries& tries, WallTime at) {
    if (!tries.waitUntil || *tries.waitUntil <= at) return Duration::zero();
    return std::min<Duration>(*tries.waitUntil - at, waitAfter(tries.wrong));
}

// Takes as long as a true comparison, so that time does not tell which numbers exist.
constexpr std::string_view nobodysVerifier =
    "16384:8:1:00000000000000000000000000000000:"
    "0000000000000000000000000000000000000000000000000000000000000000";

}  // namespace

Duration waitAfter(int wrongPins) {
    constexpr Duration longest = std::chrono::minutes{15};
    const Duration doubled =
        std::chrono::seconds{wrongPins <= 0 ? 0 : 1 << std::min(wrongPins, 10)};
    return std::min(doubled, longest);
}

namespace {

// A PIN is typed on the screen both stand at.
bool knewLately(const std::string& one, const Account& other, WallTime at) {
    const bool knew = other.pinSetBy == one || other.pinSetBeside == one;
    return knew && (other.pinIsInitial || at < other.pinSetAt + setterApart);
}

}  // namespace

Result<TwoPeople> peopleFor(Act act, const Account& actor, const std::optional<Account>& second,
                            WallTime at) {
    const std::string name(nameOf(act));
    if (!actor.may(act)) return fail(ErrorCode::staffMayNot, actor.number + " may not " + name);
    if (!needsTwo(act)) return TwoPeople{actor.number, ""};
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
    if (knewLately(actor.number, *second, at) || knewLately(second->number, actor, at)) {
        return fail(ErrorCode::pinSetByPartner,
                    actor.number + " and " + second->number +
                        ": one knew the other's PIN less than a day ago");
    }
    return TwoPeople{actor.number, second->number};
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
    if (!goTogether(account.roles)) {
        return fail(ErrorCode::configBadValue,
                    account.roles.text() +
                        " do not go together: whoever accepts does not file, "
                        "whoever inspects does not work here");
    }
    TRY(checkPin(pin));
    const std::string verifier = TRY(security::makePinVerifier(pin, random_));
    Transaction transaction = TRY(Transaction::begin(database_));
    if (!TRY(transaction.query("SELECT 1 FROM staff WHERE number = ?", {number})).empty()) {
        return fail(ErrorCode::staffNumberTaken, number + " is taken");
    }
    TRY(transaction.run(
        "INSERT INTO staff(number, name, roles, pin_verifier, created_at, "
        "pin_set_by, pin_set_at) VALUES(?,?,?,?,?,?,?)",
        {number, account.name, account.roles.text(), verifier, stamp(at), by, stamp(at)}));
    TRY(transaction.run(
        "INSERT INTO meta VALUES('staff_registered', 1) ON CONFLICT(name) DO NOTHING"));
    TRY(record(transaction, {0, at, by, "", "add-staff", number + " " + account.roles.text()}));
    return transaction.commit();
}

Result<std::map<std::string, std::string>> namesByNumber(storage::Database& database) {
    std::map<std::string, std::string> names;
    for (const Row& row : TRY(database.query("SELECT number, name FROM staff"))) {
        names.emplace(row.text(0), row.text(1));
    }
    return names;
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

Result<bool> Accounts::everRegistered() {
    return !TRY(database_.query("SELECT 1 FROM meta WHERE name = 'staff_registered'")).empty();
}

Result<Account> Accounts::prove(const std::string& number, const SecretText& pin, WallTime at) {
    auto account = TRY(find(number));
    if (waitLeftOf(TRY(triesOf(database_, account, number)), at) > Duration::zero()) {
        return fail(ErrorCode::staffMustWait, "this number must wait");
    }
    std::string verifier(nobodysVerifier);
    if (account) {
        const auto rows =
            TRY(database_.query("SELECT pin_verifier FROM staff WHERE number = ?", {number}));
        verifier = rows.at(0).text(0);
    }
    const bool matches = security::pinMatches(pin, verifier);
    if (!matches || !account) return refuse(account, number, at);
    return std::move(*account);
}

Result<void> Accounts::admit(const std::string& number, const std::string& line,
                             const std::string& object, WallTime at) {
    Transaction transaction = TRY(Transaction::begin(database_));
    TRY(transaction.run(
        "UPDATE staff SET wrong_pins = 0, wait_until = 0, seen_at = ? WHERE number = ?",
        {stamp(at), number}));
    TRY(record(transaction, {0, at, number, "", line, object}));
    return transaction.commit();
}

Result<Account> Accounts::signIn(const std::string& number, const SecretText& pin,
                                 const std::string& purpose, WallTime at) {
    Account account = TRY(prove(number, pin, at));
    const bool forAnother = purpose != "sign-in";
    TRY(admit(number, forAnother ? "stand-by" : "sign-in", forAnother ? purpose : "", at));
    account.wrongPins = 0;
    account.waitUntil.reset();
    return account;
}

Result<void> Accounts::proveAgain(const std::string& number, const SecretText& pin, Act act,
                                  WallTime at) {
    TRY(prove(number, pin, at));
    return admit(number, "proven-again", std::string(nameOf(act)), at);
}

Result<Account> Accounts::vouch(const std::string& number, const SecretText& pin, Act act,
                                WallTime at) {
    Account account = TRY(prove(number, pin, at));
    const auto refused = [&](ErrorCode code) -> Result<Account> {
        const Error why{code, number + " may not " + std::string(nameOf(act))};
        TRY(recordAlone(database_, refusedLineOf({act, ""}, {number, ""}, at, why)));
        return fail(why);
    };
    if (!account.may(act)) return refused(ErrorCode::staffMayNot);
    if (account.pinIsInitial) return refused(ErrorCode::pinStillInitial);
    TRY(admit(number, std::string(nameOf(act)), "", at));
    return account;
}

// What was tried is kept before it is answered. A number that nobody has is treated alike.
Result<Account> Accounts::refuse(const std::optional<Account>& account, const std::string& number,
                                 WallTime at) {
    const Tries before = TRY(triesOf(database_, account, number));
    const int wrong = isForgotten(before, at) ? 1 : before.wrong + 1;
    const std::int64_t until =
        stamp(at + std::chrono::duration_cast<std::chrono::milliseconds>(waitAfter(wrong)));
    Transaction transaction = TRY(Transaction::begin(database_));
    if (account) {
        TRY(transaction.run("UPDATE staff SET wrong_pins = ?, wait_until = ? WHERE number = ?",
                            {std::int64_t{wrong}, until, number}));
    } else {
        TRY(transaction.run("INSERT OR REPLACE INTO staff_strangers VALUES(?,?,?)",
                            {bucketOf(number), std::int64_t{wrong}, until}));
    }
    TRY(record(transaction, {0, at, account ? number : "unknown", "", "sign-in-refused", ""}));
    TRY(transaction.commit());
    return fail(ErrorCode::staffSignInRefused, "refused");
}

Result<void> Accounts::signOut(const std::string& number, const std::string& why, WallTime at) {
    Transaction transaction = TRY(Transaction::begin(database_));
    TRY(transaction.run("UPDATE staff SET seen_at = ? WHERE number = ?", {stamp(at), number}));
    TRY(record(transaction, {0, at, number, "", "sign-out", why}));
    return transaction.commit();
}

Result<Duration> Accounts::waitLeft(const std::string& number, WallTime at) {
    return waitLeftOf(TRY(triesOf(database_, TRY(find(number)), number)), at);
}

Result<void> Accounts::unlock(const std::string& number, const std::string& by, WallTime at) {
    if (number == by) return fail(ErrorCode::samePersonTwice, number + " cannot unlock itself");
    Transaction transaction = TRY(Transaction::begin(database_));
    TRY(transaction.run("UPDATE staff SET wrong_pins = 0, wait_until = 0 WHERE number = ?",
                        {number}));
    if (TRY(transaction.changedRows()) != 1) return fail(ErrorCode::staffUnknown, number);
    TRY(record(transaction, {0, at, by, "", std::string(nameOf(Act::unlockStaff)), number}));
    return transaction.commit();
}

Result<void> Accounts::resetPin(const std::string& number, const SecretText& pin,
                                const TwoPeople& by, WallTime at) {
    return setPin(number, pin, PinIs::initial, by, Act::resetPin, at);
}

Result<void> Accounts::mayChooseFirstPin(const std::string& number, WallTime at) {
    const auto account = TRY(find(number));
    if (!account) return fail(ErrorCode::staffUnknown, number);
    if (!account->pinIsInitial) {
        return fail(ErrorCode::staffMayNot, number + " has an own PIN, which is asked for");
    }
    for (const std::string& setter : {account->pinSetBy, account->pinSetBeside}) {
        const auto rows =
            TRY(database_.query("SELECT seen_at FROM staff WHERE number = ?", {setter}));
        if (rows.empty()) continue;
        const WallTime seen{std::chrono::milliseconds{rows[0].integer(0)}};
        // A setter dated ahead of the clock was here before it was set back.
        if (at >= seen + setterAway) continue;
        std::string cause = setter;
        cause += " knows the PIN of " + number + " and was here just now";
        return fail(ErrorCode::pinSetterNear, std::move(cause));
    }
    return {};
}

Result<void> Accounts::setFirstPin(const std::string& number, const SecretText& pin, WallTime at) {
    TRY(mayChooseFirstPin(number, at));
    TRY(requireAnother(number, pin));
    return setPin(number, pin, PinIs::own, {number, ""}, Act::changeOwnPin, at);
}

Result<void> Accounts::changeOwnPin(const std::string& number, const SecretText& old,
                                    const SecretText& pin, WallTime at) {
    TRY(prove(number, old, at));
    TRY(requireAnother(number, pin));
    return setPin(number, pin, PinIs::own, {number, ""}, Act::changeOwnPin, at);
}

// Whoever knew the PIN until now must not know it afterwards.
Result<void> Accounts::requireAnother(const std::string& number, const SecretText& pin) {
    const auto rows =
        TRY(database_.query("SELECT pin_verifier FROM staff WHERE number = ?", {number}));
    if (rows.empty()) return fail(ErrorCode::staffUnknown, number);
    if (!security::pinMatches(pin, rows[0].text(0))) return {};
    return fail(ErrorCode::pinUnchanged, "the new PIN is the old one");
}

Result<void> Accounts::setPin(const std::string& number, const SecretText& pin, PinIs is,
                              const TwoPeople& by, Act act, WallTime at) {
    TRY(checkPin(pin));
    const bool initial = is == PinIs::initial;
    const std::string verifier = TRY(security::makePinVerifier(pin, random_));
    Transaction transaction = TRY(Transaction::begin(database_));
    // Until now somebody else knew it.
    TRY(transaction.run("UPDATE staff SET pin_set_at = ? WHERE number = ? AND pin_initial = 1",
                        {stamp(at), number}));
    TRY(
        transaction.run("UPDATE staff SET pin_verifier = ?, pin_initial = ?, wrong_pins = 0, "
                        "wait_until = 0 WHERE number = ?",
                        {verifier, std::int64_t{initial ? 1 : 0}, number}));
    if (TRY(transaction.changedRows()) != 1) return fail(ErrorCode::staffUnknown, number);
    if (initial) {
        TRY(
            transaction.run("UPDATE staff SET pin_set_by = ?, pin_set_beside = ?, pin_set_at = ? "
                            "WHERE number = ?",
                            {by.operatorId, by.secondOperatorId, stamp(at), number}));
    }
    TRY(record(transaction,
               {0, at, by.operatorId, by.secondOperatorId, std::string(nameOf(act)), number}));
    return transaction.commit();
}

}  // namespace liqu::staff
