#include "tests/scenario/kiosk/attendant.hpp"

#include "firmware/base/assert.hpp"

namespace liqu::scenario {

void addAttendant(SimulatedKiosk& kiosk, staff::Role role, Pin pin) {
    SeededRandom random{5};
    staff::Accounts accounts{kiosk.database(), random};
    staff::Account account;
    account.number = attendantNumber;
    account.name = "样品";
    account.roles = {role};
    const WallTime now = kiosk.outside().clock.wallTime();
    const bool own = pin == Pin::own;
    const SecretText first(own ? "405060" : attendantPin);
    LIQU_ASSERT(accounts.add(account, first, "root", now).has_value());
    if (!own) return;
    LIQU_ASSERT(accounts.setFirstPin(attendantNumber, SecretText(attendantPin), now).has_value());
}

screen::Action attendantTypes(const char* pin) {
    screen::Action action{screen::ActionKind::attendantConfirm};
    action.typed.emplace("form", SecretText("20240000042"));
    action.typed.emplace("badge", SecretText(attendantNumber));
    action.typed.emplace("pin", SecretText(pin));
    return action;
}

}  // namespace liqu::scenario
