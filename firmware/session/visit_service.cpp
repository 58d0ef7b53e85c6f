// What is asked for, and what needs no card of the machine: questions, and changes at the province.
#include <algorithm>

#include "firmware/services/guidance.hpp"
#include "firmware/session/guide_desk.hpp"
#include "firmware/session/making_watch.hpp"
#include "firmware/session/outcome_watch.hpp"
#include "firmware/session/visit.hpp"
#include "firmware/session/visit_pages.hpp"

namespace liqu::session {
namespace {

using issuance::Ending;
using issuance::EndingKind;

// With the guide one more.
constexpr std::size_t mostOnOnePage = 5;

ErrorCode whyEnded(const Ending& ending) {
    if (ending.kind == EndingKind::carriedOut) return ErrorCode::changeCarriedOut;
    return ending.error ? ending.error->code : ErrorCode::provinceOutcomeUnknown;
}

// Is there a service of that kind, while no card can be made for this reason?
bool offersAny(const SessionParts& parts, ErrorCode whyNoCard,
               bool (*isOfKind)(const services::Service&)) {
    if (isIn(whyNoCard, ErrorGroup::line)) return false;
    return std::ranges::any_of(services::catalogue(), [&](const services::Service* service) {
        return isOfKind(*service) && services::isOffered(*service, settingOf(parts));
    });
}

}  // namespace

// Whose outlet it is, where it is a bank's or may be one.
std::vector<std::string> banksHere(const SessionParts& parts) {
    std::vector<std::string> banks;
    if (parts.config.site.value_or(policy::SiteKind::bank) != policy::SiteKind::bank) return banks;
    for (const policy::LaneConfig& lane : parts.config.lanes) banks.push_back(lane.bank);
    return banks;
}

services::Setting settingOf(const SessionParts& parts) {
    return {parts.issuance.region, parts.issuance.province,
            chinaDate(parts.issuance.clock.wallTime()), takesPins(parts)};
}

bool answersQuestions(const SessionParts& parts, ErrorCode whyNoCard) {
    return offersAny(parts, whyNoCard,
                     [](const services::Service& one) { return !one.makesCard(); });
}

bool makesChanges(const SessionParts& parts, ErrorCode whyNoCard) {
    return offersAny(parts, whyNoCard,
                     [](const services::Service& one) { return one.change != nullptr; });
}

// The guide is one of the ways, and leads back to them.
std::optional<Action> Visit::askOrGuide(PersonPage page, std::optional<ErrorCode> queriesOnly) {
    if (services::hasGuide(parts_.issuance.region)) offerGuide(page);
    while (true) {
        auto action = conversation_.ask(page, {.canGoBack = true});
        if (!action || action->choice != services::helpId) return action;
        readGuide(parts_, conversation_, queriesOnly ? Serves::withoutCards : Serves::all);
        if (conversation_.left()) return std::nullopt;
    }
}

// The page of who waits for a card: a temporary one is told about, and leads back to it.
std::optional<Action> Visit::askWaiting(const PersonPage& page) {
    while (true) {
        auto action = conversation_.ask(page, {.canGoBack = true});
        const bool isOffered = std::ranges::find(page.buttons, services::temporaryCardId,
                                                 &Button::choice) != page.buttons.end();
        if (!action || action->choice != services::temporaryCardId || !isOffered) return action;
        readTopic(parts_, conversation_, Serves::all, action->choice);
        if (conversation_.left()) return std::nullopt;
    }
}

std::optional<Action> Visit::chooseAmong(std::span<const services::Service* const> offered,
                                         std::optional<ErrorCode> queriesOnly) {
    return askOrGuide(choosePage(offered, queriesOnly), queriesOnly);
}

// What it is about first, where all of it would not fit one page.
std::optional<Action> Visit::chooseByGroup(std::span<const services::Service* const> offered,
                                           std::optional<ErrorCode> queriesOnly) {
    while (true) {
        auto about = askOrGuide(chooseGroupPage(offered, queriesOnly), queriesOnly);
        if (!about || about->kind == ActionKind::back) return about;
        const auto group = named<services::GuideGroup>(about->choice);
        const auto ofGroup = servicesOf(offered, group);
        if (ofGroup.empty()) return std::nullopt;
        if (ofGroup.size() == 1)
            return Action{ActionKind::choose, std::string(ofGroup.front()->id)};
        auto action = conversation_.ask(choosePage(ofGroup), {.canGoBack = true});
        if (!action || action->kind != ActionKind::back) return action;
    }
}

// Where no card can be made, the others are carried out all the same.
Visit::Way Visit::chooseService(std::optional<ErrorCode> queriesOnly) {
    attendantOfAct_.clear();
    conversation_.servesForNothingYet();
    std::vector<const services::Service*> offered;
    for (const services::Service* one : services::catalogue()) {
        const bool can =
            isOfOtherProvince_ ? isForOtherProvince(*one) : !queriesOnly || !one->makesCard();
        if (can && services::isOffered(*one, settingOf(parts_))) offered.push_back(one);
    }
    const auto action = offered.size() > mostOnOnePage ? chooseByGroup(offered, queriesOnly)
                                                       : chooseAmong(offered, queriesOnly);
    if (!action) return end(ErrorCode::visitTimedOut);
    if (action->kind == ActionKind::back) return Way::back;
    const auto chosen = std::ranges::find(offered, action->choice, &services::Service::id);
    if (chosen == offered.end()) return end(ErrorCode::cancelledByPerson);
    service_ = *chosen;
    conversation_.servesFor(*service_);
    serviceChosen_ = true;
    return Way::on;
}

// Inside the act, also where somebody vouched for the person at the beginning: what they stand by
// was not known then.
Visit::Way Visit::standBy(const province::HolderCard* subject, Form form) {
    switch (services::whoMay(*service_, settingOf(parts_))) {
        case policy::ServiceMode::self:
            return Way::on;
        case policy::ServiceMode::guide:
            // The rules ended while the person stood there.
            return problem({ErrorCode::rulesNotInForce, "since it was offered"});
        case policy::ServiceMode::attended:
            break;
    }
    AttendantScreen screen;
    screen.act = "act." + std::string(service_->id);
    screen.isWritten = service_->change != nullptr && service_->change->isWritten;
    if (form == Form::printed) {
        screen.act += "-signed";
        screen.isWritten = true;
    }
    if (subject != nullptr) {
        const std::string& number = subject->cardNumber;
        const std::size_t tail = std::min<std::size_t>(3, number.size());
        screen.cardTail = PersonalText(number.substr(number.size() - tail));
        screen.bank = parts_.issuance.region.bankName(subject->bankCode);
    }
    const bool hasFormerNumber = isExchange() && oldCardSays_ == OldCardSays::formerNumber;
    if (hasFormerNumber) screen.act = "act.exchange-former-number";
    return askAttendant(std::move(screen), staff::Act::attendService);
}

services::Question Visit::question(const province::Business& business,
                                   const Contacts& contacts) const {
    return {.province = parts_.issuance.province,
            .business = business,
            .socialNumber = holder_.socialNumber,
            .banksHere = banksHere(parts_),
            .occasion = {parts_.issuance.region, contacts, parts_.issuance.clock.wallTime()}};
}

Visit::Way Visit::answerQuestion() {
    if (standBy() == Way::over) return Way::over;
    conversation_.tell(WaitingScreen{WaitingFor::record});
    const province::Business business = queryBusiness();
    const Contacts contacts = conversation_.contacts();
    const auto page = service_->ask(question(business, contacts));
    notes_.asked(issuance::Checked::card, page ? Result<void>() : Result<void>(fail(page.error())));
    if (!page) return problem(page.error());
    const auto action = askWaiting(*page);
    if (action && action->kind == ActionKind::back) return Way::back;
    return understood(ErrorCode::questionAnswered);
}

// 须出具凭据: where the rules ask for paper, what cannot be printed is not begun.
Result<void> Visit::requireReceipt() {
    if (!parts_.issuance.region.rule(service_->id).receiptRequired) return {};
    return checkReceiptPrinter(parts_);
}

Result<Visit::Way> Visit::carryOutChange(std::optional<ErrorCode> queriesOnly) {
    conversation_.tell(WaitingScreen{WaitingFor::record});
    // Its number is of these books, and its time of this clock: both must be the province's.
    if (!readiness_.isCompared() || readiness_.disagreement()) {
        if (const auto fits = readiness_.signInAgain(); !fits) return changeFailed(fits.error());
    }
    const province::Business business = queryBusiness();
    const Contacts contacts = conversation_.contacts();
    const auto found = service_->change->subjects(question(business, contacts));
    notes_.asked(issuance::Checked::card,
                 found ? Result<void>() : Result<void>(fail(found.error())));
    if (!found) return changeFailed(found.error());
    if (found->cards.empty()) {
        const auto action = conversation_.ask(found->whyNone, {.canGoBack = true});
        if (action && action->kind == ActionKind::back) return Way::back;
        return understood(ErrorCode::nothingToChange);
    }
    std::size_t chosen = 0;
    Way way = chooseSubject(found->cards, chosen);
    if (way != Way::on) return way;
    const province::HolderCard& subject = found->cards[chosen];
    if (const auto paper = requireReceipt(); !paper) return changeFailed(paper.error());
    std::vector<Agreement> asked;
    for (PersonPage& page : service_->change->agree(
             subject, {parts_.issuance.region, contacts, parts_.issuance.clock.wallTime()})) {
        const std::string clause = page.name;
        asked.push_back({.clause = clause, .page = std::move(page)});
    }
    way = agreeToEach(asked);
    if (way != Way::on) return way;
    if (standBy(&subject) == Way::over) return Way::over;
    return change(subject, queriesOnly);
}

Visit::Way Visit::chooseSubject(const std::vector<province::HolderCard>& cards,
                                std::size_t& chosen) {
    if (cards.size() == 1) return Way::on;
    const PersonPage page = whichCardPage(cards, parts_.issuance.region);
    const auto action = conversation_.ask(page, {.canGoBack = true});
    if (!action) return end(ErrorCode::visitTimedOut);
    if (action->kind == ActionKind::back) return Way::back;
    const auto& choices = std::get<Choices>(page.parts.back()).choices;
    const auto named = std::ranges::find(choices, action->choice, &Choice::id);
    if (named == choices.end()) return end(ErrorCode::cancelledByPerson);
    chosen = static_cast<std::size_t>(named - choices.begin());
    return Way::on;
}

Visit::Answer Visit::askToAgree(const PersonPage& page, const std::string& clause) {
    const WallTime shownAt = parts_.issuance.clock.wallTime();
    const auto action = conversation_.ask(page, {.canGoBack = true});
    if (!action) {
        end(ErrorCode::visitTimedOut);
        return Answer::over;
    }
    if (action->kind == ActionKind::back) return Answer::back;
    const bool yes = action->kind == ActionKind::confirm;
    notes_.answered(clause, yes ? issuance::ConsentAnswer::yes : issuance::ConsentAnswer::no,
                    conversation_.language(), shownAt);
    return yes ? Answer::yes : Answer::no;
}

Result<Visit::Way> Visit::change(const province::HolderCard& subject,
                                 std::optional<ErrorCode> queriesOnly) {
    conversation_.tell(WaitingScreen{WaitingFor::change});
    issuance::OrderRequest request;
    request.service = service_->id;
    request.holderDigest = holderDigest_;
    request.holder = holder_;
    request.application = applicationRequest();
    request.bankCode = subject.bankCode;
    request.operatorId = attendant();
    request.subject = subject;
    request.record = notes_.take();
    UnseenWatch watch(parts_);
    const auto begun = issuer_.carryOut(request, watch);
    if (!begun) {
        Ending unknown;
        unknown.kind = EndingKind::waiting;
        leaveBroken(begun.error(), {.notDone = notBegunPage(begun.error()),
                                    .unconfirmed = outcomePage(unknown, subject)});
        return fail(begun.error());
    }
    told_ = true;
    const auto ending = awaitOutcome(request, *begun);
    if (!ending) {
        noteEnd(ending.error().code, begun->orderId);
        return fail(ending.error());
    }
    noteOutcome(*ending);
    if (ending->kind == EndingKind::waiting) return Way::over;
    const SlipTold slip = slips_.give(ending->orderId);
    PersonPage page = outcomePage(*ending, subject);
    tellSlip(page.parts, slip);
    if (ending->kind == EndingKind::carriedOut) offerNext(page, queriesOnly);
    const auto action = conversation_.ask(page);
    slips_.seeItTaken();
    if (!action || action->kind != ActionKind::choose) return Way::over;
    // A new business begins, of which nothing was told yet.
    next_ = services::serviceNamed(action->choice);
    told_ = false;
    return Way::back;
}

// What the rules want done together, where both are done here.
void Visit::offerNext(PersonPage& page, std::optional<ErrorCode> queriesOnly) const {
    const auto* next = services::serviceNamed(service_->change->leadsTo);
    if (next == nullptr || !services::isOffered(*next, settingOf(parts_))) return;
    if (next->makesCard() && queriesOnly) return;
    leadOn(page, *next);
}

void Visit::noteOutcome(const Ending& ending) {
    const ErrorCode why = whyEnded(ending);
    if (ending.error) logTrouble(*ending.error, ending.orderId);
    if (ending.error) parts_.log.trouble("order " + ending.orderId, *ending.error);
    if (!ending.error)
        parts_.log.info("visit without a card: " + describe(Error{why, "order " + ending.orderId}));
    noteEnd(why, ending.orderId);
    told_ = true;
}

PersonPage Visit::outcomePage(const Ending& ending, const province::HolderCard& subject) {
    const Contacts contacts = conversation_.contacts();
    return service_->change->told(
        {.ending = ending,
         .subject = subject,
         .occasion = {parts_.issuance.region, contacts, parts_.issuance.clock.wallTime()}});
}

// Whoever stands there learns what came of it as soon as the province says so. What is still open
// when they go is settled beside others.
Result<Ending> Visit::awaitOutcome(const issuance::OrderRequest& request, Ending ending) {
    if (ending.kind != EndingKind::waiting) return ending;
    const PersonPage page = outcomePage(ending, *request.subject);
    return session::awaitOutcome({parts_, conversation_, issuer_}, request, std::move(ending),
                                 page);
}

PersonPage Visit::notBegunPage(const Error& error) {
    const Contacts contacts = conversation_.contacts();
    return service_->change->notBegun(
        error, {parts_.issuance.region, contacts, parts_.issuance.clock.wallTime()});
}

Visit::Way Visit::changeFailed(const Error& error) {
    return leaveWith(error, notBegunPage(error));
}

Visit::Way Visit::leaveWith(const Error& error, const PersonPage& page) {
    logTrouble(error, "");
    noteEnd(error.code, "");
    told_ = true;
    conversation_.ask(page);
    return Way::over;
}

Visit::Way Visit::leaveBroken(const Error& error, const BrokenPages& pages) {
    const auto open = issuer_.whatIsOpen();
    const bool nothing = open && *open == issuance::Issuer::Open::nothing;
    return leaveWith(error, nothing ? pages.notDone : pages.unconfirmed);
}

}  // namespace liqu::session
