#include "tests/window/ui/gallery.hpp"

#include "tests/window/ui/staff_gallery.hpp"
#include "ui/screens/pages.hpp"

namespace liqu::test {

namespace {

using namespace screen;
using namespace std::chrono_literals;

// Collects screens that share a frame.
class Collector {
  public:
    Collector(Language language, Instant now) : language_(language), now_(now) {}

    // Nobody is listened to.
    void deaf(const std::string& name, ScreenContent content) {
        Frame frame;
        frame.language = language_;
        list_.push_back({name, {frame, std::move(content)}});
    }
    void machine(const std::string& name, ScreenContent content) {
        const Frame frame = frameOf();
        list_.push_back({name, {frame, std::move(content)}});
    }
    void visit(const std::string& name, ScreenContent content, Duration left = 45500ms) {
        Frame frame = frameOf();
        frame.deadline = now_ + left;
        frame.canGoBack = true;
        frame.canGoHome = true;
        list_.push_back({name, {frame, std::move(content)}});
    }
    void staff(const std::string& name, ScreenContent content) {
        Frame frame;
        frame.language = language_;
        frame.deadline = now_ + 118500ms;
        frame.canGoBack = true;
        frame.canGoHome = true;
        frame.canSwitchLanguage = true;
        if (!std::holds_alternative<StaffSignInScreen>(content)) frame.signedIn = "1001 样品甲";
        list_.push_back({name, {frame, std::move(content)}});
    }
    GalleryScreen& last() { return list_.back(); }
    std::vector<GalleryScreen> take() { return std::move(list_); }

  private:
    Frame frameOf() const {
        Frame frame;
        frame.language = language_;
        frame.canSwitchLanguage = true;
        frame.call = StaffCall::ready;
        const bool chinese = language_ == Language::chinese;
        frame.contacts = {chinese ? "3号社保窗口" : "counter 3", "12333", "12333",
                          chinese ? "社保服务大厅" : "the social security hall"};
        return frame;
    }

    Language language_;
    Instant now_;
    std::vector<GalleryScreen> list_;
};

std::string bankOf(Language language) {
    return language == Language::chinese ? "示例银行" : "Example Bank";
}

void addMachine(Collector& all) {
    all.deaf("starting", StartingScreen{});
    int done = 0;
    for (const std::string_view part : ui::partKeys()) {
        all.deaf("starting-" + std::string(part.substr(5)),
                 StartingScreen{std::string(part), done++, 8});
    }
    all.machine("recovering", RecoveringScreen{});
    all.machine("recovering-card", RecoveringScreen{true, true});
    all.machine("out-of-service", OutOfServiceScreen{});
    all.machine("out-of-service-id-card", OutOfServiceScreen{ErrorCode::idCardLeft});
    all.last().screen.frame.call = StaffCall::asked;
    all.machine("queries-only", QueriesOnlyScreen{});
    all.machine("welcome", WelcomeScreen{});
}

void addPerson(Collector& all) {
    all.visit("lay-down-id-card", LayDownIdCardScreen{});
    all.visit("lay-down-id-card-again", LayDownIdCardScreen{ErrorCode::idCardLifted, false});
    all.deaf("lay-down-id-card-reading", LayDownIdCardScreen{std::nullopt, true});
    all.visit("lay-down-id-card-other", LayDownIdCardScreen{std::nullopt, false, true});
    for (const WaitingFor what :
         {WaitingFor::record, WaitingFor::eligibility, WaitingFor::machine}) {
        all.deaf("waiting-" + std::to_string(static_cast<int>(what)), WaitingScreen{what});
    }
    all.visit("attendant", AttendantScreen{PersonalText("李样品"), false, 3});
    all.visit("attendant-fetch", AttendantScreen{PersonalText("李样品"), false, 3});
    all.last().screen.frame.call.reset();
    all.visit("attendant-wrong", AttendantScreen{PersonalText("李样品"), true, 2});
    all.visit("is-this-you",
              IsThisYouScreen{PersonalText("李*品"), PersonalText("4401**********1234")});
    all.visit("choose-service", ChooseServiceScreen{{"first-card", "replacement"}});
    all.visit("choose-service-first", ChooseServiceScreen{{"first-card"}});
}

void addExisting(Collector& all) {
    all.visit("already-pending-elsewhere",
              AlreadyHaveScreen{ExistingKind::pendingElsewhere, false, "", ""});
    all.visit("already-pending-here", AlreadyHaveScreen{ExistingKind::pendingHere, true, "", ""});
    all.visit("already-held", AlreadyHaveScreen{ExistingKind::heldHere, false, "67X", "384 201"});
    all.visit("already-pending-marked",
              AlreadyHaveScreen{ExistingKind::pendingHere, true, "", "", false, true});
    all.visit("already-marked-elsewhere",
              AlreadyHaveScreen{ExistingKind::markedElsewhere, true, "", "", false, true});
    all.visit("already-held-at-counter",
              AlreadyHaveScreen{ExistingKind::heldAtCounter, false, "67X", "384 201"});
    all.visit("already-returned-to-bank",
              AlreadyHaveScreen{ExistingKind::returnedToBank, false, "67X", ""});
    all.visit("already-mark-withdrawn",
              AlreadyHaveScreen{ExistingKind::markWithdrawn, false, "", ""});
    all.visit("already-fee-paid", AlreadyHaveScreen{ExistingKind::feePaid, true, "", ""});
    all.visit("already-invalid",
              AlreadyHaveScreen{ExistingKind::invalidCard, false, "67X", "", true});
    all.visit("already-valid", AlreadyHaveScreen{ExistingKind::validCard, false, "67X", "", true});
}

void addMaking(Collector& all, const std::string& bank) {
    const std::vector<std::string> clauses(ui::consentKeys().begin(), ui::consentKeys().end());
    all.visit("consent", ConsentScreen{"first-card", bank, clauses}, 90s);
    all.visit("consent-replacement", ConsentScreen{"replacement", bank, clauses}, 90s);
    all.machine("making-applying", MakingScreen{MakingStep::applying, 3, 130s});
    all.machine("making-writing", MakingScreen{MakingStep::writingChip, 42, 72s});
    all.machine("making-enabling", MakingScreen{MakingStep::enabling, 97, 5s});
}

void addLeaving(Collector& all, const std::string& bank) {
    all.visit("take-card", TakeCardScreen{});
    all.visit("take-card-hurry", TakeCardScreen{true, false, true}, 9500ms);
    all.visit("take-id-card", TakeIdCardScreen{});
    all.machine("take-id-card-reminder", TakeIdCardScreen{false, 2, false});
    all.machine("take-id-card-loud", TakeIdCardScreen{false, 9, false});
    all.machine("take-id-card-unsure", TakeIdCardScreen{false, 2, true});
    all.visit("take-id-card-swapped", TakeIdCardScreen{true, 0, false}, 18500ms);
    all.visit("next-steps", NextStepsScreen{bank, false, "67X"});
    all.visit("next-steps-bank-missing", NextStepsScreen{bank, true, "67X"});
    all.visit("problem-with-card", ProblemWithCardScreen{"K7-0042"});
}

ProblemScreen problemOf(ErrorCode reason, Outcome outcome, CardWhere card) {
    ProblemScreen screen;
    screen.reason = reason;
    screen.outcome = outcome;
    screen.card = card;
    screen.idCardThere = true;
    screen.reference = "K7-0042";
    return screen;
}

void addProblems(Collector& all) {
    ProblemScreen advised = problemOf(ErrorCode::notEligible, Outcome::otherFirst, CardWhere::none);
    advised.reference.clear();
    advised.feeWasAsked = true;
    advised.advice = PersonalText("请先到参保地社保经办机构办理参保登记，次日再来制卡。");
    all.visit("problem-advice", advised);
    all.visit("problem-jam",
              problemOf(ErrorCode::cardJammed, Outcome::undecided, CardWhere::inside));
    all.last().screen.frame.call = StaffCall::acknowledged;
    ProblemScreen held = problemOf(ErrorCode::enablingRefused, Outcome::made, CardWhere::held);
    held.pickupCode = "384 201";
    all.visit("problem-held", held);
    ProblemScreen ended = problemOf(ErrorCode::consentDeclined, Outcome::ended, CardWhere::none);
    ended.reference.clear();
    all.visit("problem-ended", ended);
    const auto shown = [&all](ErrorCode code, Outcome outcome, CardWhere card) {
        all.visit("problem-" + ui::cardWhereKey(card).substr(5), problemOf(code, outcome, card));
    };
    shown(ErrorCode::cardNotFed, Outcome::notMade, CardWhere::none);
    shown(ErrorCode::chipMemoryFailed, Outcome::notMade, CardWhere::discarded);
    shown(ErrorCode::printerUnplugged, Outcome::undecided, CardWhere::mouth);
    shown(ErrorCode::ribbonEnded, Outcome::undecided, CardWhere::staffLook);
    shown(ErrorCode::printerUnplugged, Outcome::undecided, CardWhere::unknown);
    all.last().screen.frame.call = StaffCall::unheard;
    all.last().screen.frame.contacts = {};
}

}  // namespace

std::vector<GalleryScreen> gallery(Language language, Instant now) {
    Collector all(language, now);
    addMachine(all);
    addPerson(all);
    addExisting(all);
    addMaking(all, bankOf(language));
    addLeaving(all, bankOf(language));
    addProblems(all);
    for (StaffShot& shot : staffGallery()) all.staff(shot.name, std::move(shot.content));
    return all.take();
}

std::vector<GalleryScreen> problemGallery(Language language) {
    Collector all(language, Instant{});
    for (const ErrorCode code : allErrorCodes()) {
        all.visit("problem-" + std::to_string(numberOf(code)),
                  problemOf(code, Outcome::undecided, CardWhere::inside));
    }
    return all.take();
}

}  // namespace liqu::test
