// Asks one question at a time: language, time left, more time, calling the assistant, home and
// back behave the same on every screen.
#pragma once

#include <optional>

#include "firmware/session/display.hpp"
#include "firmware/session/parts.hpp"

namespace liqu::session {

struct Manners {
    bool canGoBack = false;
    bool canGoHome = true;
};

class Conversation {
  public:
    Conversation(SessionParts& parts, Language language) : parts_(parts), language_(language) {}

    // What the person answered; none: home, time over, or the kiosk stops — the visit ends.
    std::optional<Action> ask(const ScreenContent& content, Manners manners = {});
    // Shows without a question; the person is not waited for.
    void tell(const ScreenContent& content);
    // The same with a time of the caller's own to run out.
    void showTimed(const ScreenContent& content, Instant until, Manners manners = {false, false});
    // What is the same everywhere, without a screen of its own; the caller shows again.
    void heed(const Action& action);
    // Handles what is the same everywhere; gives what is left. For screens that also watch a
    // device.
    std::optional<Action> listen(const ScreenContent& content, Manners manners, Instant until);

    // From here the person is of the staff: named in the header, asked with a patience of their
    // own.
    void servesStaff(std::string signedIn, Duration patience) {
        signedIn_ = std::move(signedIn);
        patience_ = patience;
    }

    Language language() const { return language_; }
    // A fresh deadline for the next question.
    void restartTime();
    bool timeIsOver() const;
    bool left() const { return left_; }
    Instant deadline() const { return deadline_; }

  private:
    void show(const ScreenContent& content, Manners manners, bool withDeadline);

    SessionParts& parts_;
    Language language_;
    Instant deadline_{};
    bool assistantCalled_ = false;
    bool left_ = false;
    std::string signedIn_{};
    std::optional<Duration> patience_{};  // the region's where none
};

}  // namespace liqu::session
