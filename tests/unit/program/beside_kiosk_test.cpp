// What may be done while a kiosk runs on the same books, and what may not.
#include <doctest/doctest.h>
#include <unistd.h>

#include "firmware/staff/accounts.hpp"
#include "program/machine.hpp"
#include "tests/unit/program/worked_machine.hpp"

using namespace liqu;
using namespace liqu::program;

namespace {

// A kiosk that runs holds the lock, and its connections.
struct RunningKiosk {
    RunningKiosk() {
        machine = Machine::assemble(options).value();
        staff::Account account;
        account.number = "1001";
        account.name = "Li";
        account.roles = {staff::Role::supervisor};
        REQUIRE(accounts().add(account, SecretText("246813"), "root", now()));
        for (int tries = 0; tries < staff::manyWrongPins; ++tries) {
            static_cast<void>(accounts().signIn("1001", SecretText("975310"), "sign-in",
                                                now() + std::chrono::hours(tries)));
        }
    }
    WallTime now() const { return machine->clock().wallTime(); }
    staff::Accounts accounts() {
        return staff::Accounts(machine->desk({staff::Act::viewStock, ""}).database, random);
    }

    test::WorkedMachine worked;
    CommonOptions options{worked.kiosk.config(), worked.kiosk.data()};
    InstanceLock lock = InstanceLock::take(worked.kiosk.data()).value();
    SystemRandom random;
    std::unique_ptr<Machine> machine;
};

StaffOptions about(const RunningKiosk& kiosk, const std::string& number) {
    StaffOptions options;
    options.config = kiosk.options.config;
    options.data = kiosk.options.data;
    options.number = number;
    return options;
}

}  // namespace

TEST_CASE("somebody is unlocked beside a kiosk that runs, which sees it at once") {
    if (::geteuid() != 0) return;
    RunningKiosk kiosk;
    CHECK(kiosk.accounts().find("1001").value()->wrongPins == staff::manyWrongPins);
    CHECK(runStaffUnlock(about(kiosk, "1001")) == 0);
    CHECK(kiosk.accounts().find("1001").value()->wrongPins == 0);
    CHECK(runStaffUnlock(about(kiosk, "1009")) == 1);
    // The log stays where it is, and with it what the kiosk wrote last.
    CHECK(std::filesystem::file_size(databaseIn(kiosk.options.data).string() + "-wal") > 0);
    SUBCASE("but not where the kiosk has another schema") {
        kiosk.worked.write("PRAGMA user_version = 19");
        CHECK(runStaffUnlock(about(kiosk, "1001")) == 1);
    }
    SUBCASE("and nobody's PIN is reset beside it") {
        CHECK(runStaffResetPin(about(kiosk, "1001")) == 1);
    }
}

TEST_CASE("a check beside a kiosk looks at what is nobody's, and asks no device") {
    RunningKiosk kiosk;
    // The kiosk has said nothing of itself yet.
    CHECK(runCheck(kiosk.options) == 1);
    CHECK(kiosk.machine->desk({staff::Act::viewStock, ""})
              .database.number("SELECT count(*) FROM cards")
              .value() == 1);
}
