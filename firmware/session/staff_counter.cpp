#include "firmware/session/staff_counter.hpp"

#include "firmware/staff/audit.hpp"

namespace liqu::session {

int secondsToWait(staff::Accounts& accounts, const std::string& number, WallTime at) {
    const Duration wait = accounts.waitLeft(number, at).value_or(Duration::zero());
    return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(wait).count());
}

StaffCounter::StaffCounter(SessionParts& parts, Conversation& conversation,
                           staff::Accounts& accounts, staff::Account person)
    : parts_(parts),
      conversation_(conversation),
      accounts_(accounts),
      person_(std::move(person)),
      pages_(parts, conversation),
      provenAt_(parts.issuance.clock.now()) {}

std::optional<staff::Account> StaffCounter::signIn(SessionParts& parts, StaffPages& pages,
                                                   staff::Accounts& accounts,
                                                   StaffSignInScreen screen) {
    const std::string act = screen.act;
    while (true) {
        const auto action = pages.ask(screen, {.canGoBack = true, .canGoHome = !act.empty()});
        if (!action || action->kind != ActionKind::attendantConfirm) return std::nullopt;
        const WallTime now = parts.issuance.clock.wallTime();
        const std::string number = action->entry("badge").reveal();
        auto account =
            accounts.signIn(number, action->entry("pin"), act.empty() ? "sign-in" : act, now);
        if (account) return std::move(*account);
        screen.lastTry = account.error().code;
        screen.waitSeconds = secondsToWait(accounts, number, now);
        parts.log.trouble("staff sign-in", {account.error().code, ""});
    }
}

// Whoever walked away leaves a screen behind; what takes two is not done with it.
bool StaffCounter::isStillThere(const StaffSignInScreen& asked, staff::Act act) {
    constexpr Duration proofHolds = std::chrono::minutes{1};
    if (parts_.issuance.clock.now() - provenAt_ <= proofHolds) return true;
    StaffSignInScreen screen = asked;
    screen.asks = SignInAsks::pinAgain;
    while (true) {
        const auto action = pages_.ask(screen, {.canGoBack = true});
        if (!action || action->kind != ActionKind::attendantConfirm) return false;
        if (isProven(screen, action->entry("pin"), act)) return true;
    }
}

bool StaffCounter::isProven(StaffSignInScreen& screen, const SecretText& pin, staff::Act act) {
    const auto proven = accounts_.proveAgain(person_.number, pin, act, now());
    if (proven) {
        provenAt_ = parts_.issuance.clock.now();
        return true;
    }
    screen.lastTry = proven.error().code;
    screen.waitSeconds = secondsToWait(accounts_, person_.number, now());
    parts_.log.trouble("staff PIN", {proven.error().code, ""});
    return false;
}

bool StaffCounter::unlocks(staff::Act act) {
    parts_.log.info("staff " + person_.number + " silent: locked");
    StaffSignInScreen screen{.person = titleOf(person_), .asks = SignInAsks::locked};
    while (true) {
        const auto action = conversation_.askUnhurried(screen);
        if (!action) return false;
        if (action->kind != ActionKind::attendantConfirm) continue;
        if (isProven(screen, action->entry("pin"), act)) return true;
    }
}

void StaffCounter::workWithHands(staff::Act act, const std::function<void()>& work) {
    pages_.lockWhenSilent([this, act] { return unlocks(act); });
    work();
    pages_.lockWhenSilent({});
}

std::optional<TwoPeople> StaffCounter::peopleFor(staff::Act act, std::vector<StaffFact> numbers) {
    std::optional<staff::Account> second;
    if (!person_.may(act)) {
        pages_.tell({ErrorCode::staffMayNot, ""});
        return std::nullopt;
    }
    if (staff::needsTwo(act)) {
        const StaffSignInScreen asked{.act = std::string(nameOf(act)),
                                      .person = titleOf(person_),
                                      .facts = std::move(numbers)};
        if (!isStillThere(asked, act)) return std::nullopt;
        second = signIn(parts_, pages_, accounts_, asked);
        if (!second) return std::nullopt;
    }
    const auto both = staff::peopleFor(act, person_, second, now());
    if (!both) {
        record({.act = act, .people = {person_.number, second ? second->number : ""}, .object = ""},
               fail(both.error()));
        pages_.tell(both.error());
        return std::nullopt;
    }
    return *both;
}

void StaffCounter::record(const StaffDeed& what, const Result<void>& done) {
    const staff::Deed deed{what.act, what.object};
    const auto written =
        staff::recordAlone(parts_.issuance.database,
                           done ? staff::lineOf(deed, what.people, now())
                                : staff::refusedLineOf(deed, what.people, now(), done.error()));
    if (!written) parts_.log.trouble("staff record", written.error());
}

bool StaffCounter::conclude(const StaffDeed& what, const Result<void>& done) {
    if (!done) record(what, done);
    parts_.log.info("staff " + what.people.operatorId + " " + what.people.secondOperatorId + ": " +
                    std::string(nameOf(what.act)) + " " + what.object + (done ? "" : " refused"));
    parts_.ringOutbox();
    if (!done) pages_.tell(done.error());
    return done.has_value();
}

desk::DeskParts StaffCounter::deskParts(std::optional<staff::Deed> deed) const {
    return {.database = parts_.issuance.database,
            .orders = parts_.issuance.orders,
            .outbox = parts_.issuance.outbox,
            .clock = parts_.issuance.clock,
            .config = parts_.config,
            .region = parts_.issuance.region,
            .deed = std::move(deed),
            .signer = parts_.signer};
}

bool StaffCounter::dayIsCounted() const {
    const auto day = custody::currentDay(parts_.issuance.database);
    return day && *day && (*day)->state == custody::DayState::frozen;
}

std::string StaffCounter::personTitle(const std::string& number) const {
    const auto account = accounts_.find(number);
    return account && *account ? titleOf(**account) : number;
}

void StaffCounter::refreshPerson() {
    if (auto account = accounts_.find(person_.number); account && *account) person_ = **account;
}

}  // namespace liqu::session
