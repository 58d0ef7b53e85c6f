#include "tests/window/ui/gallery.hpp"

#include "firmware/services/catalogue.hpp"
#include "firmware/services/guidance.hpp"
#include "firmware/session/bank_pages.hpp"
#include "firmware/session/citizens_card.hpp"
#include "firmware/session/existing_page.hpp"
#include "firmware/session/fee_pages.hpp"
#include "firmware/session/item_pages.hpp"
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
        frame.comfort.language = language_;
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
        frame.comfort.language = language_;
        frame.deadline = now_ + 118500ms;
        frame.canGoBack = true;
        frame.canGoHome = true;
        frame.canAdjust = true;
        frame.languages = {Language::chinese, Language::english};
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
        frame.comfort.language = language_;
        frame.canAdjust = true;
        frame.languages = {Language::chinese, Language::english};
        frame.canReadGuide = frame.makesCard = true;  // four steps need more room than three
        frame.call = StaffCall::ready;
        frame.contacts = contacts();
        return frame;
    }

    Language language_;
    Instant now_;
    std::vector<GalleryScreen> list_;
};

policy::RegionPolicy shippedRegion(const std::string& name) {
    return policy::loadRegionPolicy(LIQU_SOURCE_DIR "/kiosk-config/regions/" + name + ".toml",
                                    {.termsOf = services::termsOf})
        .value();
}

std::string bankOf(Language language) {
    return language == Language::chinese ? "示例银行" : "Example Bank";
}

std::string longBankOf(Language language) {
    return language == Language::chinese ? "示例市农村商业银行" : "Example Postal Savings Bank";
}

void addMachine(Collector& all) {
    all.deaf("starting", StartingScreen{});
    int done = 0;
    for (const MachinePart part : wordTable<MachinePart>.values()) {
        all.deaf("starting-" + std::string(nameOf(part)), StartingScreen{part, done++, 8});
    }
    all.machine("recovering", RecoveringScreen{});
    all.machine("recovering-card", RecoveringScreen{true, true});
    all.machine("out-of-service", OutOfServiceScreen{});
    all.machine("out-of-service-id-card", OutOfServiceScreen{ErrorCode::idCardLeft});
    all.last().screen.frame.call = StaffCall::asked;
    all.machine("queries-only", QueriesOnlyScreen{});
    QueriesOnlyScreen asked{.reason = ErrorCode::hopperEmpty, .questions = true};
    all.machine("queries-only-questions", asked);
    asked.changes = true;
    all.machine("queries-only-changes", asked);
    for (const bool makes : {true, false})
        all.machine(makes ? "welcome" : "welcome-services", WelcomeScreen{makes});
}

void addAct(Collector& all, const std::string& name, AttendantScreen screen) {
    all.visit("attendant-" + name, std::move(screen));
    all.last().screen.frame.call.reset();
}

void addAttendants(Collector& all) {
    all.visit("attendant", AttendantScreen{.name = PersonalText("李样品")});
    addAct(all, "fetch", {.name = PersonalText("李样品")});
    all.visit("attendant-wrong",
              AttendantScreen{.name = PersonalText("李样品"), .wrongPin = true, .triesLeft = 2});
    AttendantScreen act{.name = PersonalText("欧阳样品"), .bank = "示范银行"};
    act.cardTail = PersonalText("19X");
    for (const services::Service* service : services::catalogue()) {
        act.act = "act." + std::string(service->id);
        act.isWritten = service->change != nullptr && service->change->isWritten;
        addAct(all, std::string(service->id), act);
    }
    for (const std::string id : {"pin-unlock-signed", "pin-reset-signed"}) {
        addAct(all, id, {.name = PersonalText("欧阳样品"), .act = "act." + id, .isWritten = true});
    }
    act.name = PersonalText("买买提江·阿卜杜热合曼");
    act.isWritten = false;
    act.act = "act.exchange-former-number";
    addAct(all, "former-number", act);
    act.act = "act.take-old-card";
    addAct(all, "take-old-card", act);
}

void addPerson(Collector& all) {
    all.visit("lay-down-id-card", LayDownIdCardScreen{});
    all.visit("lay-down-id-card-again", LayDownIdCardScreen{ErrorCode::idCardLifted, false});
    all.deaf("lay-down-id-card-reading", LayDownIdCardScreen{std::nullopt, true});
    all.visit("lay-down-id-card-other", LayDownIdCardScreen{std::nullopt, false, true});
    for (const WaitingFor what : wordTable<WaitingFor>.values()) {
        all.deaf("waiting-" + std::to_string(static_cast<int>(what)), WaitingScreen{what});
    }
    addAttendants(all);
    all.visit("lay-down-id-card-pin", LayDownIdCardScreen{.lastTry = {}, .pinOffered = true});
    for (const PinEntry entry : wordTable<PinEntry>.values()) {
        PinScreen pin{.entry = entry, .digits = 6, .cardTail = PersonalText("19X")};
        pin.notices = {{{"pin-entry.wrong"}, Tone::danger},
                       {{"pin-entry.tries", {{"tries", "5"}}}, Tone::danger}};
        if (entry == PinEntry::fresh)
            pin.notices = {{{"pin-entry.weak"}, Tone::warning}, {{"pin-entry.hint"}, Tone::info}};
        all.visit("pin-" + std::string(nameOf(entry)), pin);
    }
    for (const Phrase& said : {Phrase{"pin-entry.differ"}, Phrase{"pin-entry.unchanged"},
                               Phrase{"pin-entry.short", {{"digits", "6"}}}}) {
        PinScreen pin{.entry = PinEntry::fresh, .digits = 6, .cardTail = PersonalText("19X")};
        pin.notices = {{said, Tone::warning}};
        all.visit("pin-fresh-" + said.key.substr(said.key.find('.') + 1), pin);
    }
    all.visit("citizens-card", session::citizensCardPage("citizens-card.question"));
    all.visit("citizens-card-kind",
              session::citizensCardPage("citizens-card.question", "citizens-card.other"));
    all.visit("citizens-card-other",
              session::citizensCardPage("citizens-card.again", "citizens-card.same"));
    all.visit("old-card", session::oldCardPage());
    all.visit("old-card-kind", session::oldCardPage("citizens-card.other"));
    all.deaf("take-citizens-card", session::takeCitizensCardPage());
    all.visit("is-this-you",
              IsThisYouScreen{PersonalText("李*品"), PersonalText("4401**********1234")});
    PersonPage choose = session::choosePage(services::catalogue().first(5));
    session::offerGuide(choose);
    all.visit("choose-service", std::move(choose));
    PersonPage chooseGroup = session::chooseGroupPage(services::catalogue());
    session::offerGuide(chooseGroup);
    all.visit("choose-group", std::move(chooseGroup));
    all.visit("choose-service-losses", session::choosePage(services::catalogue().subspan(2, 3)));
    all.visit("choose-service-first", session::choosePage(services::catalogue().first(1)));
    all.visit("choose-service-questions",
              session::choosePage(services::catalogue().last(2), ErrorCode::hopperEmpty));
}

// Of a region that has what any of the shipped ones has.
void addGuide(Collector& all) {
    policy::RegionPolicy region;
    for (const char* name : shippedRegions) region.services.merge(shippedRegion(name).services);
    all.visit("guide-list", services::guidePage(region));
    for (const auto group : wordTable<services::GuideGroup>.values()) {
        all.visit("guide-list-" + std::string(nameOf(group)),
                  services::guideGroupPage(region, group));
    }
}

void addExisting(Collector& all) {
    const auto shown = [&all](const std::string& name, Existing existing) {
        existing.progressOffered = existing.temporaryCardTold = true;
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
    shown("already-valid-loss", {.kind = ExistingKind::validCard,
                                 .cardNumberTail = "67X",
                                 .replacementOffered = true,
                                 .lossOffered = true});
    shown("already-valid",
          {.kind = ExistingKind::validCard, .cardNumberTail = "67X", .replacementOffered = true});
}

void addAnswers(Collector& all, const std::string& bank) {
    policy::RegionPolicy region;
    region.bankNames["B01"] = region.bankNames["B02"] = bank;
    region.bankHotlines["B01"] = "95500";
    const Contacts contacts = all.contacts();
    for (const services::Service* service : services::catalogue()) {
        if (service->pages == nullptr) continue;
        int number = 0;
        for (PersonPage& page : service->pages({region, contacts, WallTime{}})) {
            const auto* next = service->change == nullptr
                                   ? nullptr
                                   : services::serviceNamed(service->change->leadsTo);
            if (next != nullptr && page.name == std::string(service->id) + "-done")
                session::leadOn(page, *next);
            if (page.name == "exchange-none")
                session::leadOn(page,
                                number % 2 == 0 ? services::firstCard : services::lossRelease);
            // One that waits for a choice is judged by its own name.
            std::string name = std::string(service->id) + "-" + std::to_string(number++);
            if (page.name == "data-choose") name = page.name;
            all.visit(name, std::move(page));
        }
    }
}

void addWhichCard(Collector& all, const std::string& bank) {
    policy::RegionPolicy region;
    region.bankNames["B01"] = bank;
    province::HolderCard card;
    card.bankCode = "B01";
    card.issueDate = "20240511";
    all.visit("which-card", session::whichCardPage({card, card}, region));
}

policy::RegionPolicy regionOfConsents() {
    policy::RegionPolicy region;
    region.consentClauses = clauses;
    region.optionalClauses = {"consent.electronic-card"};
    return region;
}

void addFee(Collector& all) {
    province::FeeQuote quote;
    quote.amount = Money::ofFen(2000);
    quote.basis = "《广东省社会保障卡业务经办规程》第二十二条";
    all.visit("fee-agree", session::feeQuotePage(quote, "示范市财政局非税收入专户"));
    all.visit("fee-free", session::feeFreePage(quote));
    all.visit("fee-code",
              session::feeCodePage({.amount = quote.amount,
                                    .orderNo = "0123456789ABCDEFGHJKMNPQRS",
                                    .qrText = "weixin://wxpay/bizpayurl?pr=0123456789abcdef"}),
              178s);
    all.deaf("fee-arrived", session::feeArrivedPage(quote.amount));
}

// Of a city with as many banks as one page takes, and of one with more.
void addBanks(Collector& all, const std::string& bank, const std::string& longer) {
    policy::RegionPolicy region;
    const auto shown = [&](const std::string& name, int banks, std::vector<std::string> here,
                           std::size_t number = 0) {
        region.bankNames.clear();
        for (int i = 1; i <= banks; ++i) {
            std::string code = std::to_string(i);
            code.insert(0, i < 10 ? "B0" : "B");
            region.bankNames[code] = i % 3 == 2 ? longer : bank;
        }
        const auto asked =
            number == 0 && banks == 8 ? session::BankAsked::again : session::BankAsked::first;
        all.visit(name,
                  session::chooseBankPage(session::offerOf(region, std::move(here)), number, region,
                                          asked),
                  90s);
    };
    shown("choose-bank", 2, {"B01", "B02"});
    shown("choose-bank-one", 2, {"B01"});
    shown("choose-bank-again", 8, {"B01", "B02", "B03", "B04"});
    shown("choose-bank-many", 24, {"B01", "B02"});
    shown("choose-bank-more", 24, {"B01", "B02"}, 1);
    region.bankNames["B02"] = longer;
    region.bankHotlines["B02"] = "95500";
    const Contacts contacts = all.contacts();
    all.visit("bank-elsewhere", session::bankElsewherePage("B02", {region, contacts, WallTime{}}),
              90s);
}

void addMaking(Collector& all, const std::string& bank) {
    const policy::RegionPolicy region = regionOfConsents();
    for (const std::string& clause : region.consentClauses) {
        const auto agreement = session::consentTo(services::firstCard, bank, clause, region);
        all.visit(agreement.page.name + "-" + clause, agreement.page, 90s);
    }
    const PersonalText address(
        "示例省示例市示例区示例街道示例路一百二十三号示例小区二期四栋一单元一零一房");
    all.visit("item-phone", session::phonePage(session::PhoneAsked::first), 90s);
    all.visit("item-phone-again", session::phonePage(session::PhoneAsked::again), 90s);
    all.visit("item-occupation", session::occupationPage({"1", "2", "3", "4", "5", "6", "7", "8"}),
              90s);
    all.visit("item-address", session::addressPage(address), 90s);
    all.visit("item-other-address", session::otherAddressPage(session::Address::known), 90s);
    all.visit("item-no-address", session::otherAddressPage(session::Address::none), 90s);
    all.visit("item-review", session::reviewPage({PersonalText("19900001234"), address, "5"}), 90s);
    all.visit("id-photo-agree", session::idPhotoAgreement().page, 90s);
    all.visit("replacement-agree", session::replacementNotice(bank).page, 90s);
    for (const services::Service* service : services::catalogue()) {
        if (!service->makesCard() || service == &services::firstCard) continue;
        all.visit("consent-" + std::string(service->id),
                  session::consentTo(*service, bank, "consent.account", region).page, 90s);
    }
    const auto making = [&all](const char* name, std::string_view row, int percent, Duration left) {
        MakingScreen screen =
            session::makingAt(issuance::cardPlan, issuance::cardPlan.row(row), {});
        std::tie(screen.percent, screen.timeLeft) = std::tuple(percent, left);
        std::tie(screen.slow, screen.idCardMayGo) = std::tuple(left == 0s, left > 60s);
        all.machine(name, screen);
    };
    making("making-applying", "apply", 3, 130s);
    making("making-writing", "writeChip", 42, 72s);
    making("making-slow", "print", 70, 0s);
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
    all.visit("next-steps-pin", session::nextStepsPage({.bankName = bank,
                                                        .bankLinkMissing = true,
                                                        .cardNumberTail = "67X",
                                                        .oldCardTail = "049",
                                                        .pinHere = true},
                                                       all.contacts()));
    all.visit("next-steps-bank-missing",
              session::nextStepsPage({bank, true, "67X"}, all.contacts()));
    const std::string slip = "T-000017-20240601-S0042";
    for (const auto state : {issuance::SlipState::printed, issuance::SlipState::unsure,
                             issuance::SlipState::notPrinted}) {
        all.visit("next-steps-slip-" + std::string(nameOf(state)),
                  session::nextStepsPage({bank, true, "67X", {slip, state}}, all.contacts()));
    }
    all.visit(
        "next-steps-old-card",
        session::nextStepsPage({bank, true, "67X", {slip, issuance::SlipState::notPrinted}, "049"},
                               all.contacts()));
    all.visit("slip-waits", session::slipWaitsPage(slip));
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
    Problem several = problemOf(ErrorCode::photoMissing, Outcome::otherFirst, CardWhere::none);
    several.reference.clear();
    several.also = {ErrorCode::cardElsewhereInProvince};
    several.slip = {"T-000017-20240601-S0042", issuance::SlipState::printed};
    shown("problem-several", several);
    Problem paid = problemOf(ErrorCode::cardNotFed, Outcome::notMade, CardWhere::none);
    paid.feeKept = paid.progressOffered = true;
    shown("problem-fee-kept", paid);
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
    shown("problem-not-done",
          problemOf(ErrorCode::attendantDeclined, Outcome::notDone, CardWhere::none));
    const auto where = [&shown](ErrorCode code, Outcome outcome, CardWhere card) {
        shown("problem-" + std::string(nameOf(card)), problemOf(code, outcome, card));
    };
    where(ErrorCode::cardNotFed, Outcome::notMade, CardWhere::none);
    where(ErrorCode::chipMemoryFailed, Outcome::notMade, CardWhere::discarded);
    where(ErrorCode::printerUnplugged, Outcome::undecided, CardWhere::mouth);
    where(ErrorCode::ribbonEnded, Outcome::undecided, CardWhere::staffLook);
    for (const session::OldCardIs is : wordTable<session::OldCardIs>.values()) {
        const bool made = is == session::OldCardIs::bring || is == session::OldCardIs::taken;
        Problem exchange =
            made ? held
                 : problemOf(ErrorCode::chipMemoryFailed, Outcome::notMade, CardWhere::discarded);
        exchange.oldCard = is;
        if (is == session::OldCardIs::yours) exchange.feeKept = exchange.progressOffered = true;
        if (is != session::OldCardIs::none)
            shown("problem-old-card-" + std::string(nameOf(is)), exchange);
    }
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
    addGuide(all);
    addExisting(all);
    addFee(all);
    addBanks(all, bankOf(language), longBankOf(language));
    addMaking(all, bankOf(language));
    addAnswers(all, bankOf(language));
    addWhichCard(all, bankOf(language));
    addLeaving(all, bankOf(language));
    addProblems(all);
    for (StaffShot& shot : staffGallery()) all.staff(shot.name, std::move(shot.content));
    return all.take();
}

PersonPage consentPage() {
    return session::consentTo(services::firstCard, bankOf(Language::chinese), "consent.data",
                              regionOfConsents())
        .page;
}

std::vector<GalleryScreen> guideGallery(Language language, const policy::RegionPolicy& region) {
    Collector all(language, Instant{});
    for (const auto& [id, rule] : region.services) {
        if (id == services::helpId) continue;
        Contacts contacts = all.contacts();
        contacts.complaint = region.contacts.complaint;
        all.visit("guide-topic-" + id, services::guideTopicPage(id, rule.mode));
        all.visit("guide-papers-" + id, services::guidePapersPage(region, id, contacts));
    }
    return all.take();
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
