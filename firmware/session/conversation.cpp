#include "firmware/session/conversation.hpp"

namespace liqu::session {

void Conversation::show(const ScreenContent& content, Manners manners, bool withDeadline) {
    Screen screen;
    screen.frame.language = language_;
    if (withDeadline) screen.frame.deadline = deadline_;
    screen.frame.canGoBack = manners.canGoBack;
    screen.frame.canGoHome = manners.canGoHome;
    screen.frame.assistantCalled = assistantCalled_;
    screen.frame.signedIn = signedIn_;
    if (patience_) screen.frame.canCallAssistant = false;
    screen.content = content;
    parts_.display.show(std::move(screen));
}

void Conversation::tell(const ScreenContent& content) {
    show(content, {false, false}, false);
}

void Conversation::restartTime() {
    deadline_ =
        parts_.issuance.clock.now() + patience_.value_or(parts_.issuance.region.screenPatience);
}

bool Conversation::timeIsOver() const {
    return parts_.issuance.clock.now() >= deadline_;
}

void Conversation::showTimed(const ScreenContent& content, Instant until, Manners manners) {
    deadline_ = until;
    show(content, manners, true);
}

void Conversation::heed(const Action& action) {
    if (action.kind == ActionKind::callAssistant) {
        assistantCalled_ = true;
        parts_.log.info("assistant called");
    } else if (action.kind == ActionKind::moreTime) {
        restartTime();
    } else if (action.kind == ActionKind::switchLanguage) {
        language_ = language_ == Language::chinese ? Language::english : Language::chinese;
    }
}

std::optional<Action> Conversation::listen(const ScreenContent& content, Manners manners,
                                           Instant until) {
    std::optional<Action> action = parts_.display.waitForAction(std::min(until, deadline_));
    if (!action) return std::nullopt;
    switch (action->kind) {
        case ActionKind::callAssistant:
        case ActionKind::moreTime:
        case ActionKind::switchLanguage:
            heed(*action);
            show(content, manners, true);
            return std::nullopt;
        case ActionKind::home:
            left_ = true;
            return std::nullopt;
        default:
            return action;
    }
}

std::optional<Action> Conversation::ask(const ScreenContent& content, Manners manners) {
    restartTime();
    show(content, manners, true);
    while (!left_ && !timeIsOver() && !parts_.stop.stop_requested()) {
        if (auto action = listen(content, manners, deadline_)) return action;
    }
    left_ = true;
    return std::nullopt;
}

}  // namespace liqu::session
