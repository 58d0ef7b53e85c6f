#include "firmware/session/kiosk_session.hpp"

#include "firmware/base/stack_wipe.hpp"
#include "firmware/session/making_watch.hpp"
#include "firmware/session/staff_session.hpp"
#include "firmware/session/visit.hpp"

namespace liqu::session {
namespace {

// How long a round waits before the parts are looked at again.
constexpr Duration idleRhythm = std::chrono::seconds{15};
constexpr Duration troubleRhythm = std::chrono::seconds{5};

// What keeps cards from being made, but not questions from being answered.
bool leavesQueries(const Error& error) {
    switch (remedyOf(error.code)) {
        case Remedy::comeBackLater:
            return true;
        default:
            break;
    }
    return numberOf(error.code) / 10000 == 4;
}

// A frame of its own, so that everything of the visit lies in stack that is unused afterwards.
[[gnu::noinline]] Result<void> visitOf(SessionParts& parts, Readiness& readiness, Language language,
                                       std::optional<ErrorCode> queriesOnly) {
    return Visit(parts, readiness, language).run(queriesOnly);
}

[[gnu::noinline]] void staffAtTheMachine(SessionParts& parts, Language language) {
    serveStaff(parts, language);
}

Screen machineScreen(const ScreenContent& content) {
    Screen screen;
    screen.content = content;
    return screen;
}

}  // namespace

void KioskSession::run() {
    start();
    while (!parts_.stop.stop_requested()) turn();
}

void KioskSession::start() {
    const auto checks = readiness_.parts();
    int done = 0;
    for (const Readiness::Part& part : checks) {
        parts_.display.show(
            machineScreen(StartingScreen{part.name, done++, static_cast<int>(checks.size())}));
        if (const auto good = part.check(); !good) parts_.log.trouble(part.name, good.error());
    }
}

void KioskSession::turn() {
    if (!settleOpenOrders()) return;
    const auto ready = readiness_.check();
    if (ready) {
        if (lastTrouble_) parts_.log.info("ready again");
        lastTrouble_.reset();
        return welcome(std::nullopt);
    }
    const Error& error = ready.error();
    if (lastTrouble_ != error.code) parts_.log.trouble("not ready", error);
    lastTrouble_ = error.code;
    if (leavesQueries(error)) return welcome(error.code);
    outOfService(error);
}

// True when nothing is left open.
bool KioskSession::settleOpenOrders() {
    issuance::Issuer issuer(parts_.issuance, parts_.config.terminal);
    const auto open = issuer.hasOpenOrders();
    if (open && !*open) return true;
    if (!open) {
        outOfService(open.error());
        return false;
    }
    parts_.display.show(machineScreen(RecoveringScreen{true}));
    RecoveryWatch watch(parts_);
    const auto ending = issuer.recover(watch);
    parts_.ringOutbox();
    if (!ending) {
        outOfService(ending.error());
        return false;
    }
    const auto still = issuer.hasOpenOrders();
    if (still && !*still) {
        parts_.log.info("recovered: every order has its end");
        return true;
    }
    const Error error = *ending && (*ending)->error ? *(*ending)->error
                                                    : Error{ErrorCode::cardNotWhereExpected, ""};
    parts_.log.trouble("recovery waits", error);
    if (leavesQueries(error)) {
        welcome(error.code);
    } else {
        outOfService(error);
    }
    return false;
}

std::optional<Action> KioskSession::waitBetweenVisits(Screen& screen, Instant until) {
    parts_.display.show(screen);
    while (parts_.issuance.clock.now() < until && !parts_.stop.stop_requested()) {
        auto action = parts_.display.waitForAction(until);
        if (!action) continue;
        if (action->kind == ActionKind::switchLanguage) {
            const bool chinese = screen.frame.language == Language::chinese;
            screen.frame.language = chinese ? Language::english : Language::chinese;
        } else if (action->kind != ActionKind::staffCorner || corner_.touched()) {
            return action;
        }
        // Shown again also where nothing changed: the window hears the next touch at once.
        parts_.display.show(screen);
    }
    return std::nullopt;
}

void KioskSession::welcome(std::optional<ErrorCode> queriesOnly) {
    Screen screen = machineScreen(WelcomeScreen{});
    if (queriesOnly) screen.content = QueriesOnlyScreen{*queriesOnly};
    const Instant until = parts_.issuance.clock.now() + (queriesOnly ? troubleRhythm : idleRhythm);
    const auto action = waitBetweenVisits(screen, until);
    if (!action) return;
    if (action->kind == ActionKind::staffCorner) return staffCome(screen.frame.language);
    if (action->kind != ActionKind::start) return;
    const auto done = visitOf(parts_, readiness_, screen.frame.language, queriesOnly);
    wipeUnusedStack();
    if (!done) outOfService(done.error());
    endOfVisit();
}

void KioskSession::staffCome(Language language) {
    staffAtTheMachine(parts_, language);
    wipeUnusedStack();
    endOfVisit();
}

// The next person must not see, nor the memory keep, anything of this one.
void KioskSession::endOfVisit() {
    parts_.display.show(machineScreen(WelcomeScreen{}));
    parts_.display.forgetPersonalData();
}

void KioskSession::outOfService(const Error& error) {
    Screen screen = machineScreen(OutOfServiceScreen{error.code});
    const auto action = waitBetweenVisits(screen, parts_.issuance.clock.now() + troubleRhythm);
    if (action && action->kind == ActionKind::staffCorner) staffCome(screen.frame.language);
}

}  // namespace liqu::session
