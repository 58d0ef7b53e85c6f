#include "tests/window/ui/gallery.hpp"

#include "firmware/services/catalogue.hpp"
#include "firmware/session/existing_page.hpp"
#include "firmware/session/making_watch.hpp"
#include "firmware/session/problem_page.hpp"
#include "firmware/session/visit_pages.hpp"
#include "tests/window/ui/staff_gallery.hpp"
#include "ui/screens/pages.hpp"

namespace liqu::test {

namespace {

using namespace screen;
using namespace std::chrono_literals;
using session::CardWhere;
using session::Existing;
using session::ExistingKind;
using session::Outcome;
using session::Problem;

const std::vector<std::string> clauses = {"consent.data", "consent.account",
                                          "consent.electronic-card"};

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
    Contacts contacts() const {
        const bool chinese = language_ == Language::chinese;
        return {chinese ? "3号社保窗口" : "counter 3", "12333", "12333",
                chinese ? "社保服务大厅" : "the social security hall"};
    }
    GalleryScreen& last() { return list_.back(); }
    std::vector<GalleryScreen> take() { return std::move(list_); }

  private:
    Frame frameOf() const {
        Frame frame;
        frame.language = language_;
        frame.canSwitchLanguage = true;
        frame.call = StaffCall::ready;
        frame.contacts = contacts();
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
    all.machine("queries-only-questions", QueriesOnlyScreen{ErrorCode::hopperEmpty, true});
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
    all.visit("choose-service", session::choosePage(services::catalogue()));
    all.visit("choose-service-first", session::choosePage(services::catalogue().first(1)));
    all.visit("choose-service-questions",
              session::choosePage(services::catalogue().last(2), ErrorCode::hopperEmpty));
}

void addExisting(Collector& all) {
    const auto shown = [&all](const std::string& name, const Existing& existing) {
        all.visit(name, session::existingPage(existing, all.contacts()));
    };
    shown("already-pending-elsewhere", {.kind = ExistingKind::pendingElsewhere});
    shown("already-pending-here", {.kind = ExistingKind::pendingHere, .canContinue = true});
    shown("already-held",
          {.kind = ExistingKind::heldHere, .cardNumberTail = "67X", .pickupCode = "384 201"});
    shown("already-pending-marked",
          {.kind = ExistingKind::pendingHere, .canContinue = true, .canWithdraw = true});
    shown("already-marked-elsewhere",
          {.kind = ExistingKind::markedElsewhere, .canContinue = true, .canWithdraw = true});
    shown("already-held-at-counter",
          {.kind = ExistingKind::heldAtCounter, .cardNumberTail = "67X", .pickupCode = "384 201"});
    shown("already-returned-to-bank",
          {.kind = ExistingKind::returnedToBank, .cardNumberTail = "67X"});
    shown("already-mark-withdrawn", {.kind = ExistingKind::markWithdrawn});
    shown("already-fee-paid", {.kind = ExistingKind::feePaid, .canContinue = true});
    shown("already-invalid",
          {.kind = ExistingKind::invalidCard, .cardNumberTail = "67X", .replacementOffered = true});
    shown("already-valid",
          {.kind = ExistingKind::validCard, .cardNumberTail = "67X", .replacementOffered = true});
}

void addAnswers(Collector& all, const std::string& bank) {
    policy::RegionPolicy region;
    region.bankNames["B01"] = bank;
    const Contacts contacts = all.contacts();
    for (const services::Service* service : services::catalogue()) {
        if (service->pages == nullptr) continue;
        int number = 0;
        for (PersonPage& page : service->pages({region, contacts, WallTime{}})) {
            all.visit(std::string(service->id) + "-" + std::to_string(number++), std::move(page));
        }
    }
}

void addMaking(Collector& all, const std::string& bank) {
    all.visit("consent", session::consentPage(services::firstCard, bank, clauses), 90s);
    all.visit("consent-replacement", session::consentPage(services::replacement, bank, clauses),
              90s);
    const auto making = [&all](const char* name, std::string_view row, int percent, Duration left) {
        const issuance::Plan& plan = issuance::cardPlan;
        MakingScreen screen = session::makingAt(plan, plan.row(row), {});
        screen.percent = percent;
        screen.timeLeft = left;
        all.machine(name, screen);
    };
    making("making-applying", "apply", 3, 130s);
    making("making-writing", "writeChip", 42, 72s);
    making("making-enabling", "enable", 97, 5s);
}

void addLeaving(Collector& all, const std::string& bank) {
    all.visit("take-card", TakeCardScreen{});
    all.visit("take-card-hurry", TakeCardScreen{true, false, true}, 9500ms);
    all.visit("take-id-card", TakeIdCardScreen{});
    all.machine("take-id-card-reminder", TakeIdCardScreen{false, 2, false});
    all.machine("take-id-card-loud", TakeIdCardScreen{false, 9, false});
    all.machine("take-id-card-unsure", TakeIdCardScreen{false, 2, true});
    all.visit("take-id-card-swapped", TakeIdCardScreen{true, 0, false}, 18500ms);
    all.visit("next-steps", session::nextStepsPage({bank, false, "67X"}, all.contacts()));
    all.visit("next-steps-bank-missing",
              session::nextStepsPage({bank, true, "67X"}, all.contacts()));
    all.visit("problem-with-card", session::cardProblemPage("K7-0042", all.contacts()));
}

Problem problemOf(ErrorCode reason, Outcome outcome, CardWhere card) {
    Problem problem;
    problem.reason = reason;
    problem.outcome = outcome;
    problem.card = card;
    problem.idCardThere = true;
    problem.reference = "K7-0042";
    return problem;
}

void addProblems(Collector& all) {
    const auto shown = [&all](const std::string& name, const Problem& problem) {
        all.visit(name, session::problemPage(problem, all.contacts()));
    };
    Problem advised = problemOf(ErrorCode::notEligible, Outcome::otherFirst, CardWhere::none);
    advised.reference.clear();
    advised.feeWasAsked = true;
    advised.advice = PersonalText("请先到参保地社保经办机构办理参保登记，次日再来制卡。");
    shown("problem-advice", advised);
    shown("problem-jam", problemOf(ErrorCode::cardJammed, Outcome::undecided, CardWhere::inside));
    all.last().screen.frame.call = StaffCall::acknowledged;
    Problem held = problemOf(ErrorCode::enablingRefused, Outcome::made, CardWhere::held);
    held.pickupCode = "384 201";
    shown("problem-held", held);
    Problem ended = problemOf(ErrorCode::consentDeclined, Outcome::ended, CardWhere::none);
    ended.reference.clear();
    shown("problem-ended", ended);
    shown("problem-not-answered",
          problemOf(ErrorCode::provinceUnreachable, Outcome::notAnswered, CardWhere::none));
    const auto where = [&shown](ErrorCode code, Outcome outcome, CardWhere card) {
        shown("problem-" + std::string(nameOf(card)), problemOf(code, outcome, card));
    };
    where(ErrorCode::cardNotFed, Outcome::notMade, CardWhere::none);
    where(ErrorCode::chipMemoryFailed, Outcome::notMade, CardWhere::discarded);
    where(ErrorCode::printerUnplugged, Outcome::undecided, CardWhere::mouth);
    where(ErrorCode::ribbonEnded, Outcome::undecided, CardWhere::staffLook);
    // A region that names nobody to call.
    const Problem lost =
        problemOf(ErrorCode::printerUnplugged, Outcome::undecided, CardWhere::unknown);
    all.visit("problem-unknown", session::problemPage(lost, {}));
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
    addAnswers(all, bankOf(language));
    addLeaving(all, bankOf(language));
    addProblems(all);
    for (StaffShot& shot : staffGallery()) all.staff(shot.name, std::move(shot.content));
    return all.take();
}

PersonPage consentPage() {
    return session::consentPage(services::firstCard, bankOf(Language::chinese), clauses);
}

std::vector<GalleryScreen> problemGallery(Language language) {
    Collector all(language, Instant{});
    for (const ErrorCode code : allErrorCodes()) {
        const Problem problem = problemOf(code, Outcome::undecided, CardWhere::inside);
        all.visit("problem-" + std::to_string(numberOf(code)),
                  session::problemPage(problem, all.contacts()));
    }
    return all.take();
}

}  // namespace liqu::test
