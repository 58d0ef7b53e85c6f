// Screens are values: session/ says exactly what is shown, as text keys and typed parameters;
// ui/ finds the words and draws. Whole visits are tested without a pixel.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/error.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/session/staff_screen.hpp"

namespace liqu::session {

enum class Language : std::uint8_t { chinese, english };

// What a visit is about.
enum class Service : std::uint8_t { firstCard, replacement };

// What every screen has beside its question.
struct Frame {
    Language language = Language::chinese;
    // When the visit ends by itself; none where the machine, not the person, is waited for.
    std::optional<Instant> deadline;
    bool canGoBack = false;
    bool canGoHome = false;
    bool canCallAssistant = true;
    bool assistantCalled = false;
    std::string signedIn{};  // staff: number and name; empty for citizens
};

struct StartingScreen {
    std::string part;  // text key of what is being checked: "part.printer"
    int done = 0;
    int total = 0;
};
struct RecoveringScreen {
    bool cardInside = false;
};
struct OutOfServiceScreen {
    ErrorCode reason = ErrorCode::printerNotFound;
};
// Cards cannot be made now; questions can still be asked.
struct QueriesOnlyScreen {
    ErrorCode reason = ErrorCode::provinceUnreachable;
};
struct WelcomeScreen {};
struct LayDownIdCardScreen {
    // Why the last try failed, to say it in one line: idCardLifted, idCardSelectFailed.
    std::optional<ErrorCode> lastTry;
    bool reading = false;
};
// An attendant confirms that the person in front is the owner of the ID card (rulings 11).
struct AttendantScreen {
    PersonalText name;
    bool wrongPin = false;
    int triesLeft = 3;
};
struct IsThisYouScreen {
    PersonalText maskedName;
    PersonalText maskedNumber;
};
struct ChooseServiceScreen {
    bool firstCardOffered = true;
    bool replacementOffered = true;
};
enum class ExistingKind : std::uint8_t {
    pendingElsewhere,
    pendingHere,
    heldHere,
    feePaid,
    validCard
};
// "You already have …": what was found, and what can be done about it.
struct AlreadyHaveScreen {
    ExistingKind kind = ExistingKind::validCard;
    bool canContinue = false;    // the pending order can be led on from here
    std::string cardNumberTail;  // last three characters, empty where unknown
    std::string pickupCode;      // heldHere: to show to staff
};
struct ConsentScreen {
    Service service = Service::firstCard;
    std::string bankName;
    std::vector<std::string> clauses;  // text keys, "consent.data", "consent.account" …
};
// The true step, and how long the rest takes.
enum class MakingStep : std::uint8_t {
    applying,
    feedingCard,
    checkingCard,
    writingChip,
    verifyingChip,
    printingFace,
    reporting,
    enabling
};
struct MakingScreen {
    MakingStep step = MakingStep::applying;
    int percent = 0;  // of the expected time, never backwards
    std::optional<Duration> timeLeft;
};
struct TakeCardScreen {
    bool idCardStillThere = true;  // also remind of the ID card
    bool moreTimeOffered = true;
    bool hurry = false;  // the last ten seconds
};
// The social card was taken, the ID card still lies there; or another document lies there.
struct TakeIdCardScreen {
    bool swapped = false;
};
struct NextStepsScreen {
    std::string bankName;
    bool bankLinkMissing = false;  // PARTIAL: the bank side must be done at the counter
    std::string cardNumberTail;
};
struct ProblemScreen {
    ErrorCode reason = ErrorCode::cardJammed;
    std::optional<CardFate> fate;
    bool cardWasMade = false;  // held for pick-up
    std::string reference;     // the visit's number, for staff
    std::string pickupCode;    // shown where a finished card is held
};
struct ProblemWithCardScreen {  // "problem with my card", chosen on NextSteps
    std::string reference;
};

using ScreenContent = std::variant<
    StartingScreen, RecoveringScreen, OutOfServiceScreen, QueriesOnlyScreen, WelcomeScreen,
    LayDownIdCardScreen, AttendantScreen, IsThisYouScreen, ChooseServiceScreen, AlreadyHaveScreen,
    ConsentScreen, MakingScreen, TakeCardScreen, TakeIdCardScreen, NextStepsScreen, ProblemScreen,
    ProblemWithCardScreen, StaffSignInScreen, StaffMenuScreen, StaffPageScreen, StaffFormScreen>;

struct Screen {
    Frame frame;
    ScreenContent content;
};

// "welcome", "lay-down-id-card" …: for screen maps, picture names and logs.
std::string_view nameOf(const ScreenContent& content);

}  // namespace liqu::session
