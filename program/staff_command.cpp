// `liqu staff`: who may sign in at the machine. The first supervisor is made here, by root; the
// others too. PINs are read from the standard input, so that no list of processes shows them.
#include <cstdio>
#include <unistd.h>

#include "firmware/staff/accounts.hpp"
#include "firmware/staff/audit.hpp"
#include "firmware/storage/schema.hpp"
#include "program/books.hpp"
#include "program/console.hpp"
#include "program/data_folder.hpp"
#include "program/folder_rights.hpp"

namespace liqu::program {
namespace {

constexpr const char* actor = "root";

Result<SecretText> askPin() {
    SecretText pin = askSecret("PIN, six to eight digits");
    if (askSecret("the same again") == pin) return pin;
    return fail(ErrorCode::configBadValue, "the two PINs differ; nothing was changed");
}

// What only the owner of the machine may do: a service account is not enough.
Result<void> mustBeRoot() {
    if (::geteuid() == 0) return {};
    return fail(ErrorCode::staffMayNot, "only root changes who may sign in; use sudo");
}

// A short act of its own, which a kiosk that runs waits for and then sees: it keeps nothing of an
// account in memory. The books are never brought up to date under it, and its log stays where it is
// also where it is killed meanwhile: whoever only looks holds the books open until the end.
template <typename Change>
Result<void> changeBesideKiosk(const StaffOptions& options, Change changeIt) {
    const auto config = TRY(policy::loadKioskConfig(options.config));
    const auto looking = TRY(openForReading(options.data));
    if (TRY(looking->number("PRAGMA user_version")) != storage::newestSchema()) {
        return fail(ErrorCode::anotherKioskRuns,
                    "it is of another version than this program; restart it first");
    }
    const auto books = TRY(storage::Database::open(
        {databaseIn(options.data).string(), "", false, storage::WhenMissing::refuse}));
    TRY(requireTerminal(*books, config));
    SystemRandom random;
    // Lines from here have macs like those of the kiosk.
    const security::SealKey key = TRY(security::SealKey::load(sealKeyIn(options.data)));
    const security::Sealer sealer(config.sealing, key, random);
    if (const auto lent = lendAuditKey(*books, options.data, sealer); !lent) say(lent.error());
    staff::Accounts accounts(*books, random);
    return changeIt(accounts, SystemClock().wallTime());
}

template <typename Change>
Result<void> change(const StaffOptions& options, Change changeIt) {
    TRY(mustBeRoot());
    const auto lock = TRY(enter(options.data));
    auto books = TRY(Books::open(options));
    SystemRandom random;
    staff::Accounts accounts(books->database(), random);
    return changeIt(accounts, books->now());
}

int answer(const Result<void>& done, const std::string& words) {
    if (!done) return say(done.error());
    std::printf("%s\n", words.c_str());
    return 0;
}

}  // namespace

int runStaffAdd(const StaffOptions& options) {
    const auto done = change(options, [&](staff::Accounts& accounts, WallTime now) -> Result<void> {
        staff::Account account;
        account.number = options.number;
        account.name = options.name;
        const auto roles = staff::Roles::parse(options.roles);
        if (!roles) {
            return fail(ErrorCode::configBadValue,
                        "roles are: technician, stock-clerk, supervisor, auditor, attendant, "
                        "archivist, inspector");
        }
        account.roles = *roles;
        return accounts.add(account, TRY(askPin()), actor, now);
    });
    return answer(done,
                  options.number + " may sign in; the PIN is to be changed at the first time");
}

int runStaffUnlock(const StaffOptions& options) {
    const auto unlock = [&](staff::Accounts& accounts, WallTime now) {
        return accounts.unlock(options.number, actor, now);
    };
    auto done = change(options, unlock);
    if (!done && done.error().code == ErrorCode::anotherKioskRuns)
        done = changeBesideKiosk(options, unlock);
    return answer(done, options.number + " may sign in without waiting");
}

int runStaffResetPin(const StaffOptions& options) {
    const auto done = change(options, [&](staff::Accounts& accounts, WallTime now) -> Result<void> {
        return accounts.resetPin(options.number, TRY(askPin()), {actor, ""}, now);
    });
    return answer(done, options.number + " has a new PIN, to be changed at the first time");
}

int runStaffList(const CommonOptions& options) {
    auto database = openForReading(options.data);
    if (!database) return say(database.error());
    SystemRandom random;
    const auto accounts = staff::Accounts(**database, random).list();
    if (!accounts) return say(accounts.error());
    for (const staff::Account& one : *accounts) {
        std::printf("%-8s  %-40s  %s%s\n", one.number.c_str(), one.roles.text().c_str(),
                    one.name.c_str(),
                    one.wrongPins >= staff::manyWrongPins ? "  (several wrong PINs)" : "");
    }
    std::printf("%zu account(s)\n", accounts->size());
    return 0;
}

int runStaffAudit(const CommonOptions& options) {
    constexpr int most = 200;
    auto database = openForReading(options.data);
    if (!database) return say(database.error());
    const auto lines = staff::newestLines(**database, most);
    if (!lines) return say(lines.error());
    for (const staff::AuditLine& line : *lines) {
        std::printf("%6lld  %s  %-8s  %-8s  %-18s  %s\n", static_cast<long long>(line.line),
                    formatChinaTime(line.at).c_str(), line.actor.c_str(), line.second.c_str(),
                    line.act.c_str(), line.object.c_str());
    }
    const auto whole = staff::checkChain(**database);
    if (!whole) return say(whole.error());
    std::printf("the record is whole\n");
    return 0;
}

}  // namespace liqu::program
