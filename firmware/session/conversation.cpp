#include "firmware/session/conversation.hpp"

#include <algorithm>

#include "firmware/base/assert.hpp"

namespace liqu::session {
namespace {

// How soon an acknowledgement is seen while somebody waits for it.
constexpr Duration callRhythm = std::chrono::seconds{1};

}  // namespace

Contacts contactsOf(const SessionParts& parts, Language language) {
    const policy::Contacts& region = parts.issuance.region.contacts;
    const policy::LocalText& counter =
        parts.config.counter.chinese.empty() ? region.counter : parts.config.counter;
    return {counter.in(language.code()), region.hotline, region.lossPhone,
            region.formalLossPlace.in(language.code()), region.complaint};
}

std::vector<Language> languagesOf(const SessionParts& parts) {
    std::vector<Language> languages;
    for (const std::string& code : parts.issuance.region.languages) {
        if (const auto language = Language::of(code)) languages.push_back(*language);
    }
    return languages;
}

Comfort adjusted(const SessionParts& parts, const Comfort& comfort, const Action& action) {
    const Comfort wanted = screen::adjusted(comfort, action.choice);
    const auto offered = languagesOf(parts);
    const bool known = std::ranges::find(offered, wanted.language) != offered.end();
    return known ? wanted : comfort;
}

std::optional<StaffCall> callOf(const SessionParts& parts) {
    if (parts.attention == nullptr) return std::nullopt;
    switch (parts.attention->state()) {
        case ports::CallState::none:
            return StaffCall::ready;
        case ports::CallState::asked:
            return StaffCall::asked;
        case ports::CallState::acknowledged:
            return StaffCall::acknowledged;
        case ports::CallState::unheard:
            break;
    }
    return StaffCall::unheard;
}

void callStaff(SessionParts& parts, ports::CallReason reason) {
    if (parts.attention == nullptr) return;
    parts.log.info("staff are called");
    parts.attention->call(reason);
}

void Conversation::show(const ScreenContent& content, Manners manners, Listening listening) {
    shown_ = content;
    manners_ = manners;
    listening_ = listening;
    showAgain();
}

void Conversation::showAgain() {
    Screen screen;
    Frame& frame = screen.frame;
    frame.comfort = comfort_;
    frame.contacts = contacts();
    frame.signedIn = signedIn_;
    frame.question = question_;
    frame.makesCard = makesCard_;
    const bool heard = listening_ != Listening::nobody;
    frame.canAdjust = heard;
    frame.languages = languagesOf(parts_);
    // Staff have nobody to call.
    if (heard && !patience_) frame.call = callOf(parts_);
    shownCall_ = frame.call;
    if (listening_ == Listening::timed) frame.deadline = deadline_;
    frame.canHaveMoreTime = !end_ || deadline_ < *end_;
    frame.canGoBack = manners_.canGoBack;
    frame.canGoHome = manners_.canGoHome;
    screen.content = shown_;
    parts_.display.show(std::move(screen));
}

void Conversation::tell(const ScreenContent& content) {
    show(content, {.canGoHome = false}, Listening::nobody);
}

void Conversation::tellAndHear(const ScreenContent& content) {
    hear();
    show(content, {.canGoHome = false}, Listening::hears);
}

bool Conversation::hear() {
    const auto action = parts_.display.waitForAction(parts_.issuance.clock.now());
    if (action) heed(*action);
    const bool callChanged = shownCall_ && callOf(parts_) != shownCall_;
    if (action || callChanged) showAgain();
    return action || callChanged;
}

void Conversation::restartTime() {
    deadline_ =
        parts_.issuance.clock.now() + patience_.value_or(parts_.issuance.region.screenPatience);
    if (end_) deadline_ = std::min(deadline_, *end_);
}

bool Conversation::timeIsOver() const {
    return parts_.issuance.clock.now() >= deadline_;
}

void Conversation::showTimed(const ScreenContent& content, Instant until, Manners manners) {
    deadline_ = end_ ? std::min(until, *end_) : until;
    show(content, manners, Listening::timed);
}

void Conversation::showOpenEnded(const ScreenContent& content) {
    show(content, {.canGoHome = false}, Listening::openEnded);
}

void Conversation::heed(const Action& action) {
    if (action.kind == ActionKind::callAssistant) {
        callStaff(parts_, ports::CallReason::person);
    } else if (action.kind == ActionKind::moreTime || action.kind == ActionKind::stillHere) {
        if (listening_ == Listening::timed) restartTime();
    } else if (action.kind == ActionKind::adjust) {
        comfort_ = adjusted(parts_, comfort_, action);
    }
}

std::optional<Action> Conversation::listen(const ScreenContent& content, Manners manners,
                                           Instant until) {
    if (listening_ != Listening::openEnded) until = std::min(until, deadline_);
    if (shownCall_ == StaffCall::asked) {
        until = std::min(until, parts_.issuance.clock.now() + callRhythm);
    }
    std::optional<Action> action = parts_.display.waitForAction(until);
    if (!action) {
        if (shownCall_ && callOf(parts_) != shownCall_) showAgain();
        return std::nullopt;
    }
    switch (action->kind) {
        case ActionKind::callAssistant:
        case ActionKind::moreTime:
        case ActionKind::stillHere:
        case ActionKind::adjust:
            heed(*action);
            show(content, manners, listening_);
            return std::nullopt;
        case ActionKind::home:
            left_ = ErrorCode::cancelledByPerson;
            return std::nullopt;
        default:
            return action;
    }
}

std::optional<Action> Conversation::ask(const ScreenContent& content, Manners manners) {
    nextQuestion();
    restartTime();
    show(content, manners, Listening::timed);
    return waitForAnswer(content, manners);
}

std::optional<Action> Conversation::askLive(const LiveContent& content, Duration rhythm,
                                            Manners manners) {
    nextQuestion();
    restartTime();
    while (true) {
        const auto now = content();
        if (!now) return std::nullopt;
        show(*now, manners, Listening::timed);
        auto action = waitForAnswer(*now, manners, parts_.issuance.clock.now() + rhythm);
        if (action || left_) return action;
    }
}

std::optional<Action> Conversation::askUnhurried(const ScreenContent& content, Manners manners) {
    LIQU_ASSERT(end_);
    nextQuestion();
    showTimed(content, *end_, manners);
    return waitForAnswer(content, manners);
}

bool Conversation::wasSilent() const {
    return left_ == ErrorCode::visitTimedOut && end_ && parts_.issuance.clock.now() < *end_;
}

// None without a reason to leave: `until` came first.
std::optional<Action> Conversation::waitForAnswer(const ScreenContent& content, Manners manners,
                                                  std::optional<Instant> until) {
    while (!left_ && !timeIsOver() && !parts_.stop.stop_requested()) {
        if (until && parts_.issuance.clock.now() >= *until) return std::nullopt;
        const Instant look = until ? std::min(*until, deadline_) : deadline_;
        if (auto action = listen(content, manners, look)) return action;
    }
    if (!left_) left_ = timeIsOver() ? ErrorCode::visitTimedOut : ErrorCode::kioskStopping;
    return std::nullopt;
}

}  // namespace liqu::session
