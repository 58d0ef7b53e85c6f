// Asks one question at a time: language and letters, time left, more time, calling the assistant,
// home and back behave the same on every screen.
#pragma once

#include <functional>
#include <optional>

#include "firmware/screen/display.hpp"
#include "firmware/services/service.hpp"
#include "firmware/session/parts.hpp"

namespace liqu::session {

struct Manners {
    bool canGoBack = false;
    bool canGoHome = true;
};

// What of the region's and the machine's words stands on every screen.
Contacts contactsOf(const SessionParts& parts, Language language);
// Those of the screen, as the region offers them.
std::vector<Language> languagesOf(const SessionParts& parts);
// What was adjusted; a language that is not offered changes nothing.
Comfort adjusted(const SessionParts& parts, const Comfort& comfort, const Action& action);
// How far the call for staff has come; none without a way to call.
std::optional<StaffCall> callOf(const SessionParts& parts);
// The call itself. The log and the caller hear of it.
void callStaff(SessionParts& parts, ports::CallReason reason);

class Conversation {
  public:
    Conversation(SessionParts& parts, const Comfort& comfort) : parts_(parts), comfort_(comfort) {}

    // What the person answered; none: home, time over, or the kiosk stops — the visit ends.
    std::optional<Action> ask(const ScreenContent& content, Manners manners = {});
    // The same of a page that is read anew while it stands, so long after it was shown last: it
    // stays one question. None of `content`: the page is over by itself, and nobody answered.
    using LiveContent = std::function<std::optional<ScreenContent>()>;
    std::optional<Action> askLive(const LiveContent& content, Duration rhythm,
                                  Manners manners = {});
    // The same for whoever is silent: nothing ends before the end that was set (endsAt).
    std::optional<Action> askUnhurried(const ScreenContent& content, Manners manners = {});
    // What is shown next is a page of its own, also where the one before is of the same kind. ask()
    // does it by itself.
    void nextQuestion() { ++question_; }
    // Shows while nobody is listened to: nothing that could be touched is drawn.
    void tell(const ScreenContent& content);
    // Shows what hear() listens for: comfort and call act, nothing is asked.
    void tellAndHear(const ScreenContent& content);
    // What was touched since; nothing is waited for. True: something was, and is shown.
    bool hear();
    // Shows with a time of the caller's own to run out.
    void showTimed(const ScreenContent& content, Instant until,
                   Manners manners = {.canGoHome = false});
    // Shows for as long as it takes; listen() waits as long as it is told.
    void showOpenEnded(const ScreenContent& content);
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
    // Whether the steps of the visit are those of a card.
    void servesFor(const services::Service& service) { makesCard_ = service.makesCard(); }
    void servesForNothingYet() { makesCard_ = false; }
    // Whatever is touched: then it is over.
    void endsAt(Instant end) { end_ = end; }

    const Comfort& comfort() const { return comfort_; }
    Language language() const { return comfort_.language; }
    Contacts contacts() const { return contactsOf(parts_, language()); }
    // A fresh deadline for the next question.
    void restartTime();
    bool timeIsOver() const;
    bool left() const { return left_.has_value(); }
    // Why the person is no longer asked: home, time over, the kiosk stops.
    std::optional<ErrorCode> whyLeft() const { return left_; }
    // Nobody answered, and the end that was set has not come.
    bool wasSilent() const;
    // For what is said to whoever left: they are there still, or are not.
    void sayGoodbye() { left_.reset(); }
    Instant deadline() const { return deadline_; }

  private:
    enum class Listening : std::uint8_t { nobody, hears, timed, openEnded };
    void show(const ScreenContent& content, Manners manners, Listening listening);
    void showAgain();
    std::optional<Action> waitForAnswer(const ScreenContent& content, Manners manners,
                                        std::optional<Instant> until = std::nullopt);

    SessionParts& parts_;
    Comfort comfort_;
    Instant deadline_{};
    std::uint64_t question_ = 0;
    std::optional<ErrorCode> left_;
    std::string signedIn_{};
    bool makesCard_ = false;
    std::optional<Duration> patience_{};  // the region's where none
    std::optional<Instant> end_{};
    // What stands on the screen, to show it again with what changed around it.
    ScreenContent shown_{StartingScreen{}};
    Manners manners_{};
    Listening listening_ = Listening::nobody;
    std::optional<StaffCall> shownCall_{};
};

}  // namespace liqu::session
