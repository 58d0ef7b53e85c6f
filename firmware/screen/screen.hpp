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
#include "firmware/base/words.hpp"
#include "firmware/screen/staff_screen.hpp"

namespace liqu::screen {

enum class Language : std::uint8_t { chinese, english };
// BCP 47, as the files of words are named.
constexpr auto wordsOf(Language) {
    return words<Language>({{Language::chinese, "zh-CN"}, {Language::english, "en"}});
}

// How far a call for staff has come (decision 39): "called" is said when somebody acknowledged.
enum class StaffCall : std::uint8_t {
    ready,  // can be asked for
    asked,  // nobody has acknowledged yet
    acknowledged,
    unheard,  // nobody could be told
};

// Where people are sent, in the words of the region or the branch. A line whose value is empty is
// not drawn; without a counter's own name it is "the counter".
struct Contacts {
    std::string counter{};
    std::string hotline{};
    std::string lossPhone{};
    std::string formalLossPlace{};
};

// What every screen has beside its question. What is not offered is not drawn: a control that is
// drawn acts.
struct Frame {
    Language language = Language::chinese;
    // When the visit ends by itself; none where the machine, not the person, is waited for.
    std::optional<Instant> deadline{};
    bool canHaveMoreTime = true;  // false: the deadline stands, whoever is there
    bool canGoBack = false;
    bool canGoHome = false;
    bool canSwitchLanguage = false;
    std::optional<StaffCall> call{};  // none: nothing to call with, or nobody listens now
    std::string signedIn{};           // staff: number and name; empty for citizens
    Contacts contacts{};
    std::uint64_t question = 0;  // another number: another page, even of the same kind
};

struct StartingScreen {
    std::string part;  // text key of what is being checked: "part.printer"
    int done = 0;
    int total = 0;
};
struct RecoveringScreen {
    bool cardInside = false;
    bool restarted = false;  // the program began anew; else the last order is being settled
};
struct OutOfServiceScreen {
    ErrorCode reason = ErrorCode::printerNotFound;
};
// Cards cannot be made now; a card that is kept here can be asked for.
struct QueriesOnlyScreen {
    ErrorCode reason = ErrorCode::provinceUnreachable;
};
struct WelcomeScreen {};
struct LayDownIdCardScreen {
    // Why the last try failed, to say it in one line: idCardLifted, idCardSelectFailed.
    std::optional<ErrorCode> lastTry;
    bool reading = false;
    bool otherPerson = false;  // "not me": this one is taken away first
};
// The machine asks; nobody is read, nothing is made.
enum class WaitingFor : std::uint8_t { record, eligibility, machine };
struct WaitingScreen {
    WaitingFor what = WaitingFor::record;
};
// An attendant confirms that the person in front is the owner of the ID card (decision 11).
struct AttendantScreen {
    PersonalText name;
    bool wrongPin = false;
    int triesLeft = 3;
    int waitSeconds = 0;  // after wrong PINs, before the next try is looked at
};
struct IsThisYouScreen {
    PersonalText maskedName;
    PersonalText maskedNumber;
};
struct ChooseServiceScreen {
    std::vector<std::string> services;  // ids, "first-card"
};
enum class ExistingKind : std::uint8_t {
    pendingElsewhere,
    pendingHere,
    heldHere,
    feePaid,
    validCard,
    invalidCard,      // lost, being replaced, not enabled
    markedElsewhere,  // at another machine, where it may be withdrawn from here
    heldAtCounter,    // in the outlet's cabinet
    returnedToBank,
    markWithdrawn,  // just now, at the person's wish
};
// "You already have …": what was found, and what can be done about it.
struct AlreadyHaveScreen {
    ExistingKind kind = ExistingKind::validCard;
    bool canContinue = false;         // the pending order can be led on from here
    std::string cardNumberTail;       // last three characters, empty where unknown
    std::string pickupCode;           // heldHere: to show to staff
    bool replacementOffered = false;  // validCard: this machine replaces a lost one
    bool canWithdraw = false;         // the instant mark can be withdrawn ("withdraw-mark")
};
struct ConsentScreen {
    std::string service;  // its id
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
    int reminder = 0;     // grows while nobody takes it
    bool unsure = false;  // the reader does not tell whether it lies there
};
struct NextStepsScreen {
    std::string bankName;
    bool bankLinkMissing = false;  // PARTIAL: the bank side must be done at the counter
    std::string cardNumberTail;
};
// How a visit ended that put no card into a hand.
enum class Outcome : std::uint8_t {
    notMade,
    made,        // finished, in the hold bin: to be fetched
    undecided,   // inside the machine, neither finished nor given up
    otherFirst,  // something else has to be done before
    ended,       // left, declined, time over: nothing was begun
};
// Where the books have the card of this visit.
enum class CardWhere : std::uint8_t {
    none,  // no card was used
    held,
    inside,
    mouth,
    discarded,
    staffLook,  // in the hold bin, its face may be half printed
    unknown,
};
struct ProblemScreen {
    ErrorCode reason = ErrorCode::cardJammed;
    Outcome outcome = Outcome::notMade;
    CardWhere card = CardWhere::none;
    bool idCardThere = false;
    bool feeWasAsked = false;  // money could be thought of: say that none was taken
    std::string reference;     // the visit's number, for staff; empty without an order
    std::string pickupCode;    // made: to show to staff
    PersonalText advice{};     // what the province says is to be done, in its own words
};
struct ProblemWithCardScreen {  // "problem with my card", chosen on NextSteps
    std::string reference;
};

using ScreenContent =
    std::variant<StartingScreen, RecoveringScreen, OutOfServiceScreen, QueriesOnlyScreen,
                 WelcomeScreen, LayDownIdCardScreen, WaitingScreen, AttendantScreen,
                 IsThisYouScreen, ChooseServiceScreen, AlreadyHaveScreen, ConsentScreen,
                 MakingScreen, TakeCardScreen, TakeIdCardScreen, NextStepsScreen, ProblemScreen,
                 ProblemWithCardScreen, StaffSignInScreen, StaffMenuScreen, StaffPageScreen,
                 StaffFormScreen>;

struct Screen {
    Frame frame;
    ScreenContent content;
};

using liqu::nameOf;
// "welcome", "lay-down-id-card" …: for screen maps, picture names and logs.
std::string_view nameOf(const ScreenContent& content);

}  // namespace liqu::screen
