#include "tests/window/ui/gallery.hpp"

#include "tests/window/ui/staff_gallery.hpp"
#include "ui/screens/pages.hpp"

namespace liqu::test {

namespace {

using namespace session;
using namespace std::chrono_literals;

// Collects screens that share a frame.
class Collector {
  public:
    Collector(Language language, Instant now) : language_(language), now_(now) {}

    void machine(const std::string& name, ScreenContent content) {
        Frame frame;
        frame.language = language_;
        list_.push_back({name, {frame, std::move(content)}});
    }
    void visit(const std::string& name, ScreenContent content, Duration left = 45500ms) {
        Frame frame;
        frame.language = language_;
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
        frame.canCallAssistant = false;
        if (!std::holds_alternative<StaffSignInScreen>(content)) frame.signedIn = "1001 样品甲";
        list_.push_back({name, {frame, std::move(content)}});
    }
    GalleryScreen& last() { return list_.back(); }
    std::vector<GalleryScreen> take() { return std::move(list_); }

  private:
    Language language_;
    Instant now_;
    std::vector<GalleryScreen> list_;
};

std::string bankOf(Language language) {
    return language == Language::chinese ? "示例银行" : "Example Bank";
}

void addMachine(Collector& all) {
    all.machine("starting", StartingScreen{});
    int done = 0;
    for (const std::string_view part : ui::partKeys()) {
        all.machine("starting-" + std::string(part.substr(5)),
                    StartingScreen{std::string(part), done++, 8});
    }
    all.machine("recovering", RecoveringScreen{});
    all.machine("recovering-card", RecoveringScreen{true});
    all.machine("out-of-service", OutOfServiceScreen{});
    all.machine("queries-only", QueriesOnlyScreen{});
    all.machine("welcome", WelcomeScreen{});
}

void addPerson(Collector& all) {
    all.visit("lay-down-id-card", LayDownIdCardScreen{});
    all.visit("lay-down-id-card-again", LayDownIdCardScreen{ErrorCode::idCardLifted, false});
    all.visit("lay-down-id-card-reading", LayDownIdCardScreen{std::nullopt, true});
    all.visit("attendant", AttendantScreen{PersonalText("李样品"), false, 3});
    all.visit("attendant-wrong", AttendantScreen{PersonalText("李样品"), true, 2});
    all.visit("is-this-you",
              IsThisYouScreen{PersonalText("李*品"), PersonalText("4401**********1234")});
    all.visit("choose-service", ChooseServiceScreen{});
    all.visit("choose-service-first", ChooseServiceScreen{true, false});
}

void addExisting(Collector& all) {
    all.visit("already-pending-elsewhere",
              AlreadyHaveScreen{ExistingKind::pendingElsewhere, false, "", ""});
    all.visit("already-pending-here", AlreadyHaveScreen{ExistingKind::pendingHere, true, "", ""});
    all.visit("already-held", AlreadyHaveScreen{ExistingKind::heldHere, false, "67X", "384 201"});
    all.visit("already-fee-paid", AlreadyHaveScreen{ExistingKind::feePaid, true, "", ""});
    all.visit("already-valid", AlreadyHaveScreen{ExistingKind::validCard, false, "67X", ""});
}

void addMaking(Collector& all, const std::string& bank) {
    const std::vector<std::string> clauses(ui::consentKeys().begin(), ui::consentKeys().end());
    all.visit("consent", ConsentScreen{Service::firstCard, bank, clauses}, 90s);
    all.visit("consent-replacement", ConsentScreen{Service::replacement, bank, clauses}, 90s);
    all.machine("making-applying", MakingScreen{MakingStep::applying, 3, 130s});
    all.machine("making-writing", MakingScreen{MakingStep::writingChip, 42, 72s});
    all.machine("making-enabling", MakingScreen{MakingStep::enabling, 97, 5s});
}

void addLeaving(Collector& all, const std::string& bank) {
    all.visit("take-card", TakeCardScreen{});
    all.visit("take-card-hurry", TakeCardScreen{true, false, true}, 9500ms);
    all.visit("take-id-card", TakeIdCardScreen{});
    all.visit("take-id-card-swapped", TakeIdCardScreen{true}, 18500ms);
    all.visit("next-steps", NextStepsScreen{bank, false, "67X"});
    all.visit("next-steps-bank-missing", NextStepsScreen{bank, true, "67X"});
    all.visit("problem-with-card", ProblemWithCardScreen{"K7-0042"});
}

void addProblems(Collector& all) {
    all.visit("problem-lifted",
              ProblemScreen{ErrorCode::provinceOutcomeUnknown, std::nullopt, false, "K7-0042", ""});
    all.visit("problem-jam",
              ProblemScreen{ErrorCode::cardJammed, CardFate::atChipStation, false, "K7-0042", ""});
    all.last().screen.frame.assistantCalled = true;
    all.visit("problem-held", ProblemScreen{ErrorCode::enablingRefused, CardFate::inTransport, true,
                                            "K7-0042", "384 201"});
    for (const CardFate fate : {CardFate::notFed, CardFate::presented, CardFate::taken,
                                CardFate::discarded, CardFate::unknown}) {
        all.visit("problem-" + ui::fateKey(fate).substr(5),
                  ProblemScreen{ErrorCode::cardNotFed, fate, false, "K7-0042", ""});
    }
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
                  ProblemScreen{code, CardFate::atChipStation, false, "K7-0042", "384 201"});
    }
    return all.take();
}

}  // namespace liqu::test
