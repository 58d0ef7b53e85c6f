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
#include "firmware/screen/comfort.hpp"
#include "firmware/screen/person_page.hpp"
#include "firmware/screen/staff_screen.hpp"

namespace liqu::screen {

// How far a call for staff has come (decision 39): "called" is said when somebody acknowledged.
enum class StaffCall : std::uint8_t {
    ready,  // can be asked for
    asked,  // nobody has acknowledged yet
    acknowledged,
    unheard,  // nobody could be told
};
constexpr auto wordsOf(StaffCall) {
    return words<StaffCall>({{StaffCall::ready, "ready"},
                             {StaffCall::asked, "asked"},
                             {StaffCall::acknowledged, "acknowledged"},
                             {StaffCall::unheard, "unheard"}});
}

// Where people are sent, in the words of the region or the branch. A line whose value is empty is
// not drawn; without a counter's own name it is "the counter".
struct Contacts {
    std::string counter{};
    std::string hotline{};
    std::string lossPhone{};
    std::string formalLossPlace{};
    std::string complaint{};
};

// What every screen has beside its question. What is not offered is not drawn: a control that is
// drawn acts.
struct Frame {
    Comfort comfort{};
    // When the visit ends by itself; none where the machine, not the person, is waited for.
    std::optional<Instant> deadline{};
    bool canHaveMoreTime = true;  // false: the deadline stands, whoever is there
    bool canGoBack = false;
    bool canGoHome = false;
    std::vector<Language> languages{};  // that can be chosen here
    bool canAdjust = false;             // language, size and contrast
    bool canReadGuide = false;          // between two visits, where the region has one
    bool makesCard = false;             // what was chosen: its steps have a making and a taking
    std::optional<StaffCall> call{};    // none: nothing to call with, or nobody listens now
    std::string signedIn{};             // staff: number and name; empty for citizens
    Contacts contacts{};
    std::uint64_t question = 0;  // another number: another page, even of the same kind
};

// What is checked when the machine starts.
enum class MachinePart : std::uint8_t {
    storage,
    rules,
    idReader,
    printer,
    chipReader,
    stock,
    bins,
    receiptPrinter,
    lastCards,
    queue,
    auditRecord,
    province
};
// Text keys end on these: "part.printer".
constexpr auto wordsOf(MachinePart) {
    return words<MachinePart>({{MachinePart::storage, "storage"},
                               {MachinePart::rules, "rules"},
                               {MachinePart::idReader, "id-reader"},
                               {MachinePart::printer, "printer"},
                               {MachinePart::chipReader, "chip-reader"},
                               {MachinePart::stock, "stock"},
                               {MachinePart::bins, "bins"},
                               {MachinePart::receiptPrinter, "receipt-printer"},
                               {MachinePart::lastCards, "last-cards"},
                               {MachinePart::auditRecord, "audit-record"},
                               {MachinePart::queue, "queue"},
                               {MachinePart::province, "province"}});
}
struct StartingScreen {
    std::optional<MachinePart> part{};
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
    bool questions = false;  // and the province can be asked
    bool changes = false;    // or told of a loss
};
struct WelcomeScreen {
    bool makesCards = true;  // else the province's system has no way to make one
};
struct LayDownIdCardScreen {
    // Why the last try failed, to say it in one line: idCardLifted, idCardSelectFailed.
    std::optional<ErrorCode> lastTry;
    bool reading = false;
    bool otherPerson = false;  // "not me": this one is taken away first
    bool pinOffered = false;   // the social PIN can be changed with the social card alone
};
// The machine asks; nobody is read, nothing is made.
enum class WaitingFor : std::uint8_t { record, eligibility, machine, change, slip, payment };
// As the words' keys have them: "waiting.record".
constexpr auto wordsOf(WaitingFor) {
    return words<WaitingFor>({{WaitingFor::record, "record"},
                              {WaitingFor::eligibility, "eligibility"},
                              {WaitingFor::machine, "machine"},
                              {WaitingFor::change, "change"},
                              {WaitingFor::slip, "slip"},
                              {WaitingFor::payment, "payment"}});
}
struct WaitingScreen {
    WaitingFor what = WaitingFor::record;
};
// An attendant confirms that the person in front is the owner of the ID card (decision 11), or
// stands by an act of theirs.
struct AttendantScreen {
    PersonalText name;
    std::string act{};        // text key of what is done, "act.loss-temporary"; empty: who it is
    PersonalText cardTail{};  // of the card it is done to, and whose bank's it is; empty: none
    std::string bank{};
    bool isWritten = false;  // the number of a form on paper is typed, too
    bool wrongPin = false;
    int triesLeft = 3;
    int waitSeconds = 0;  // after wrong PINs, before the next try is looked at
};
// 社保密码: keys and dots. What is typed goes to whoever asked, once, and is shown nowhere.
enum class PinEntry : std::uint8_t {
    current,
    fresh,
    repeated,
    proof,  // the new one once more, where nobody knows whether the card has it
};
// As the words' keys have them: "pin-entry.current".
constexpr auto wordsOf(PinEntry) {
    return words<PinEntry>({{PinEntry::current, "current"},
                            {PinEntry::fresh, "fresh"},
                            {PinEntry::repeated, "repeated"},
                            {PinEntry::proof, "proof"}});
}
struct PinScreen {
    PinEntry entry = PinEntry::current;
    int digits = 6;
    PersonalText cardTail{};  // of the card it belongs to
    std::vector<Notice> notices{};
};
struct IsThisYouScreen {
    PersonalText maskedName;
    PersonalText maskedNumber;
};
// The true step, and how long the rest takes, at the moment it is shown. Until the next one the
// window lets time go on by itself, as far as `percentAfter`.
struct MakingScreen {
    std::vector<std::string> steps;  // text keys, in order: "making.writing"
    std::size_t current = 0;
    int percent = 0;  // of the expected time, never backwards
    int percentAfter = 0;
    Duration untilAfter{};  // so long it usually takes to get there
    Duration slowAfter{};   // from then on it is slower than usual
    std::optional<Duration> timeLeft;
    bool slow = false;
    bool idCardMayGo = false;  // it is not needed any more
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
using ScreenContent =
    std::variant<StartingScreen, RecoveringScreen, OutOfServiceScreen, QueriesOnlyScreen,
                 WelcomeScreen, LayDownIdCardScreen, WaitingScreen, AttendantScreen, PinScreen,
                 IsThisYouScreen, MakingScreen, TakeCardScreen, TakeIdCardScreen, PersonPage,
                 StaffSignInScreen, StaffMenuScreen, StaffPageScreen, StaffFormScreen>;

struct Screen {
    Frame frame;
    ScreenContent content;
};

using liqu::nameOf;
// "welcome", "lay-down-id-card" …: for screen maps, picture names and logs.
std::string_view nameOf(const ScreenContent& content);

}  // namespace liqu::screen
