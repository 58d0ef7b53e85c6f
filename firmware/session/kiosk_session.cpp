#include "firmware/session/kiosk_session.hpp"

#include <algorithm>
#include <utility>

#include "firmware/base/memory_care.hpp"
#include "firmware/base/stack_wipe.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/desk/audit_care.hpp"
#include "firmware/services/guidance.hpp"
#include "firmware/services/who_may.hpp"
#include "firmware/session/making_watch.hpp"
#include "firmware/session/staff_session.hpp"
#include "firmware/session/visit.hpp"
#include "firmware/staff/audit.hpp"

namespace liqu::session {
namespace {

// How long a round waits before the parts are looked at again.
constexpr Duration idleRhythm = std::chrono::seconds{15};
// In trouble: what is mended is mostly mended soon, or by somebody who touches the screen; after
// hours without either, a minute more is none.
constexpr Duration soonest = std::chrono::seconds{5};
constexpr Duration latest = std::chrono::seconds{60};
constexpr int partOfTrouble = 6;
// Whoever touched last may still be there so long.
constexpr Duration somebodyIsThere = std::chrono::seconds{60};
constexpr Duration lookForAnswer = std::chrono::seconds{1};

// What keeps cards from being made, but not questions from being answered.
bool leavesQueries(const Error& error) {
    switch (remedyOf(error.code)) {
        case Remedy::comeBackLater:
            return true;
        default:
            break;
    }
    return areaOf(error.code) == ErrorArea::province;
}

// Without a line nothing is asked of the province.
Serves servesOn(const ScreenContent& content) {
    if (std::holds_alternative<WelcomeScreen>(content)) return Serves::all;
    const auto* queries = std::get_if<QueriesOnlyScreen>(&content);
    return queries != nullptr && queries->questions ? Serves::withoutCards : Serves::nothing;
}

WelcomeScreen welcomePage(const SessionParts& parts) {
    return {.makesCards = services::canMakeCards(parts.issuance.province)};
}

struct VisitDone {
    Result<void> result;
    bool idCardLeft = false;
};

// A frame of its own, so that everything of the visit lies in stack that is unused afterwards.
[[gnu::noinline]] VisitDone visitOf(SessionParts& parts, Readiness& readiness,
                                    const Comfort& comfort, std::optional<ErrorCode> queriesOnly) {
    Visit visit(parts, readiness, comfort);
    const auto result = visit.run(queriesOnly);
    return {result, visit.idCardLeft()};
}

[[gnu::noinline]] void staffAtTheMachine(SessionParts& parts, const Comfort& comfort) {
    serveStaff(parts, comfort);
}

}  // namespace

// While parts are checked nobody is listened to, and nothing that could be touched is drawn.
Screen KioskSession::screenOf(const ScreenContent& content) const {
    Screen screen;
    screen.frame.comfort = comfort_;
    screen.frame.contacts = contactsOf(parts_, comfort_.language);
    screen.content = content;
    return screen;
}

void KioskSession::run() {
    start();
    while (!parts_.stop.stop_requested()) turn();
}

void KioskSession::start() {
    const auto checks = readiness_.parts();
    int done = 0;
    for (const Readiness::Part& part : checks) {
        parts_.display.show(
            screenOf(StartingScreen{part.part, done++, static_cast<int>(checks.size())}));
        const auto good = part.check();
        if (!good) parts_.log.trouble(std::string(nameOf(part.part)), good.error());
        if (board_ != nullptr) board_->tell(part.part, good);
    }
}

// Not before clock and books are known to be right: a checkpoint under a wrong date is another lie.
// Whatever keeps it from being written is said; what the books have is seen by the next line.
void KioskSession::careForAudit() {
    const auto queued = desk::careForAudit({.database = parts_.issuance.database,
                                            .orders = parts_.issuance.orders,
                                            .outbox = parts_.issuance.outbox,
                                            .clock = parts_.issuance.clock,
                                            .config = parts_.config,
                                            .region = parts_.issuance.region,
                                            .deed = std::nullopt,
                                            .signer = parts_.signer});
    if (queued && *queued) parts_.ringOutbox();
    // A line is written all the same where the key for its mac is gone; somebody must know.
    const Result<void> kept =
        queued ? staff::requireMac(parts_.issuance.database) : fail(queued.error());
    if (kept) return auditLog_.over();
    auditLog_.trouble("record of acts", kept.error());
    if (board_ != nullptr) board_->tell(MachinePart::auditRecord, kept);
}

void KioskSession::turn() {
    if (const auto closed = closedForIdCard()) return outOfService(*closed);
    readiness_.verifyBooksDaily();
    if (!agreedWithProvince()) return;
    if (!clockFits()) return;
    careForAudit();
    if (!settleOpenOrders()) return;
    fees_.lookAfter();
    const auto ready = readiness_.check();
    if (ready) {
        if (troubleSince_) parts_.log.info("ready again");
        troubleSince_.reset();
        loopLog_.over();
        return welcome(std::nullopt);
    }
    const Error& error = ready.error();
    loopLog_.trouble("not ready", error);
    noteTrouble();
    waitInTrouble(error);
}

void KioskSession::noteTrouble() {
    if (!troubleSince_) troubleSince_ = parts_.issuance.clock.now();
}

Instant KioskSession::lookAgainAt() const {
    const Instant now = parts_.issuance.clock.now();
    const Instant since = std::max(troubleSince_.value_or(now), heededAt_);
    return now + std::clamp((now - since) / partOfTrouble, soonest, latest);
}

// Queries are answered where only the making of cards is in the way.
void KioskSession::waitInTrouble(const Error& error) {
    if (leavesQueries(error)) return welcome(error.code);
    outOfService(error);
}

// Books that are older than the province's settle nothing: what they take for open may be done.
// Books that were not compared since the start may be such; only a card that anybody could take is
// moved.
bool KioskSession::agreedWithProvince() {
    readiness_.noticeClockSet();
    const auto agreed = [this] { return readiness_.isCompared() && !readiness_.disagreement(); };
    if (agreed()) return true;
    issuance::Issuer issuer(parts_.issuance, parts_.config.terminal);
    // Before anything is fed the whole question is asked in any case.
    const Open open = issuer.whatIsOpen().value_or(Open::keepsMachine);
    if (!readiness_.isCompared() && open == Open::nothing) return true;
    const auto answer = readiness_.signInAgain();
    if (agreed()) return true;
    const auto differs = readiness_.disagreement();
    // What is open beside others waits until it can be compared.
    if (!differs && open == Open::besideOthers) return true;
    stayClosed(differs ? *differs : answer.error());
    return false;
}

// What is settled under a wrong date is told to the province under it.
bool KioskSession::clockFits() {
    const auto fits = readiness_.checkClock();
    if (!fits) stayClosed(fits.error());
    return fits.has_value();
}

void KioskSession::stayClosed(const Error& error) {
    issuance::Issuer issuer(parts_.issuance, parts_.config.terminal);
    if (const auto inside = issuer.takeInFromMouth(); !inside)
        loopLog_.trouble("a card at the mouth", inside.error());
    loopLog_.trouble("not ready", error);
    noteTrouble();
    waitInTrouble(error);
}

// The books cannot say what is open, or what became of it: whoever reads the log has to know.
bool KioskSession::cannotSettle(const Error& error) {
    loopLog_.trouble("what is open cannot be settled", error);
    noteTrouble();
    outOfService(error);
    return false;
}

// True when nothing is left open that keeps the machine.
bool KioskSession::settleOpenOrders() {
    issuance::Issuer issuer(parts_.issuance, parts_.config.terminal);
    const auto open = issuer.whatIsOpen();
    if (open && *open == Open::nothing) return true;
    if (!open) return cannotSettle(open.error());
    if (*open == Open::besideOthers && !readiness_.isCompared()) return true;
    const auto ending = recover(*open);
    if (!ending) return cannotSettle(ending.error());
    const auto still = issuer.whatIsOpen();
    if (still && *still == Open::nothing) {
        parts_.log.info("recovered: every order has its end");
        loopLog_.over();
        besideLog_.over();
        return true;
    }
    if (still && *still == Open::besideOthers) {
        loopLog_.over();
        if (*ending && (*ending)->error)
            besideLog_.trouble("beside others waits order " + (*ending)->orderId,
                               *(*ending)->error);
        return true;
    }
    const Error error = *ending && (*ending)->error ? *(*ending)->error
                                                    : Error{ErrorCode::cardNotWhereExpected, ""};
    loopLog_.trouble("recovery waits", error);
    waitInTrouble(error);
    return false;
}

// Who stands there need not know of what is settled beside them.
Result<std::optional<issuance::Ending>> KioskSession::recover(Open open) {
    if (open == Open::keepsMachine) return recoverInSight();
    UnseenWatch watch(parts_);
    auto ending = issuance::Issuer(parts_.issuance, parts_.config.terminal).recover(watch);
    parts_.ringOutbox();
    return ending;
}

Result<std::optional<issuance::Ending>> KioskSession::recoverInSight() {
    issuance::Issuer issuer(parts_.issuance, parts_.config.terminal);
    Conversation conversation(parts_, comfort_);
    bool inside = false;
    for (const auto& place :
         {custody::Place::chipStation(), custody::Place::transport(), custody::Place::mouth()}) {
        inside = inside || custody::balanceOf(parts_.issuance.database, place).value_or(0) > 0;
    }
    tell(Serving::recovering);
    conversation.tellAndHear(RecoveringScreen{inside, justStarted_});
    RecoveryWatch watch(parts_, conversation, loopLog_);
    auto ending = issuer.recover(watch);
    parts_.ringOutbox();
    comfort_ = conversation.comfort();
    return ending;
}

// An ID card that nobody took keeps the machine closed until the reader says that nothing lies
// there (decision 46).
std::optional<Error> KioskSession::closedForIdCard() {
    if (!idCardLeft_) return std::nullopt;
    const auto there = lookAtReader(parts_.idReader);
    wipeUnusedStack();
    if (!there) return there.error();
    if (*there != OnReader::nothing) return Error{ErrorCode::idCardLeft, "nobody took it"};
    idCardLeft_ = false;
    if (parts_.attention != nullptr) parts_.attention->clear();
    return std::nullopt;
}

void KioskSession::tell(Serving serving, std::optional<ErrorCode> reason) {
    if (board_ != nullptr) board_->tell(serving, reason);
}

void KioskSession::tell(const ScreenContent& between) {
    if (const auto* closed = std::get_if<OutOfServiceScreen>(&between))
        return tell(Serving::outOfService, closed->reason);
    if (const auto* queries = std::get_if<QueriesOnlyScreen>(&between))
        return tell(Serving::queriesOnly, queries->reason);
    tell(Serving::ready);
}

void KioskSession::heed(const Action& action) {
    heededAt_ = parts_.issuance.clock.now();
    lastTouch_ = heededAt_;
    if (action.kind == ActionKind::adjust) {
        comfort_ = adjusted(parts_, comfort_, action);
    } else if (action.kind == ActionKind::callAssistant) {
        callStaff(parts_, ports::CallReason::person);
    }
}

// Nothing may move under a finger when the page becomes one that is listened to.
Screen KioskSession::betweenVisits(const ScreenContent& content) const {
    Screen screen = screenOf(content);
    screen.frame.canAdjust = true;
    screen.frame.languages = languagesOf(parts_);
    screen.frame.canReadGuide = services::hasGuide(parts_.issuance.region);
    screen.frame.call = callOf(parts_);
    return screen;
}

std::optional<Action> KioskSession::waitBetweenVisits(const ScreenContent& content, Instant until) {
    const auto& clock = parts_.issuance.clock;
    justStarted_ = false;
    tell(content);
    while (clock.now() < until && !parts_.stop.stop_requested()) {
        if (lastTouch_ && clock.now() - *lastTouch_ >= somebodyIsThere) {
            comfort_ = {};
            lastTouch_.reset();
        }
        Screen screen = betweenVisits(content);
        const bool guide = screen.frame.canReadGuide;
        const bool waits = screen.frame.call == StaffCall::asked;
        parts_.display.show(std::move(screen));
        Instant look = waits ? std::min(until, clock.now() + lookForAnswer) : until;
        if (lastTouch_) look = std::min(look, *lastTouch_ + somebodyIsThere);
        auto action = parts_.display.waitForAction(look);
        if (!action) continue;
        heed(*action);
        until = std::min(until, heededAt_ + soonest);
        if (guide && action->kind == ActionKind::guide) {
            readGuide(servesOn(content));
            return std::nullopt;
        }
        const bool ends = action->kind == ActionKind::start ||
                          (action->kind == ActionKind::staffCorner && corner_.touched());
        if (ends) return action;
    }
    return std::nullopt;
}

// Back to where the reader came from, in their language.
void KioskSession::readGuide(Serves serves) {
    Conversation conversation(parts_, comfort_);
    session::readGuide(parts_, conversation, serves);
    comfort_ = conversation.comfort();
    lastTouch_ = parts_.issuance.clock.now();
}

void KioskSession::welcome(std::optional<ErrorCode> queriesOnly) {
    ScreenContent content = welcomePage(parts_);
    if (queriesOnly)
        content = QueriesOnlyScreen{.reason = *queriesOnly,
                                    .questions = answersQuestions(parts_, *queriesOnly),
                                    .changes = makesChanges(parts_, *queriesOnly)};
    const Instant until = queriesOnly ? lookAgainAt() : parts_.issuance.clock.now() + idleRhythm;
    const auto action = waitBetweenVisits(content, until);
    if (!action) return prepare();
    if (action->kind == ActionKind::staffCorner) return staffCome();
    tell(Serving::visit);
    const VisitDone done = visitOf(parts_, readiness_, comfort_, queriesOnly);
    wipeUnusedStack();
    idCardLeft_ = done.idCardLeft;
    if (idCardLeft_) callStaff(parts_, ports::CallReason::idCardLeft);
    if (!done.result) {
        parts_.log.trouble("a visit was cut short", done.result.error());
        outOfService(done.result.error());
    }
    endOfVisit();
}

// A whole round without anybody: what only the first card would pay for, its fonts above all.
void KioskSession::prepare() {
    if (std::exchange(prepared_, true)) return;
    const auto face = parts_.issuance.renderer.renderTestFace();
    if (!face) parts_.log.trouble("card face", face.error());
    giveBackIdleMemory();
}

void KioskSession::staffCome() {
    // Whoever was called is here.
    if (parts_.attention != nullptr) parts_.attention->clear();
    tell(Serving::staff);
    staffAtTheMachine(parts_, comfort_);
    wipeUnusedStack();
    endOfVisit();
}

// The next person must not see, nor the memory keep, anything of this one.
void KioskSession::endOfVisit() {
    comfort_ = {};
    lastTouch_.reset();
    const bool answered =
        parts_.attention != nullptr && parts_.attention->state() == ports::CallState::acknowledged;
    if (answered && !idCardLeft_) parts_.attention->clear();
    ScreenContent next = welcomePage(parts_);
    if (const auto closed = closedForIdCard()) next = OutOfServiceScreen{closed->code};
    parts_.display.show(betweenVisits(next));
    parts_.display.forgetPersonalData();
    giveBackIdleMemory();
}

void KioskSession::outOfService(const Error& error) {
    const auto action = waitBetweenVisits(OutOfServiceScreen{error.code}, lookAgainAt());
    if (action && action->kind == ActionKind::staffCorner) staffCome();
}

}  // namespace liqu::session
