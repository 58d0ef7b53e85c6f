#include "firmware/session/visit.hpp"

#include "firmware/custody/ledger.hpp"
#include "firmware/services/guidance.hpp"
#include "firmware/services/loss_pages.hpp"
#include "firmware/services/who_may.hpp"
#include "firmware/session/existing_page.hpp"
#include "firmware/session/making_watch.hpp"
#include "firmware/session/visit_pages.hpp"

namespace liqu::session {
Result<void> Visit::run(std::optional<ErrorCode> queriesOnly) {
    Result<void> done = serve(queriesOnly);
    if (!done) why_ = done.error().code;
    bidGoodbye();
    return done;
}

Result<void> Visit::serve(std::optional<ErrorCode> queriesOnly) {
    Way way = Way::other;
    while (way == Way::other) way = recognise();
    if (way == Way::over) return {};
    if (cardOnly_) return servePinOnly();
    if (TRY(lookUp(queriesOnly)) == Way::over) return {};
    if (checkPortrait() == Way::over) return {};
    return make();
}

Visit::Way Visit::end(ErrorCode why) {
    why_ = conversation_.whyLeft().value_or(why);
    return Way::over;
}

Result<Visit::Way> Visit::lookUp(std::optional<ErrorCode> queriesOnly) {
    if (TRY(showHeldCard()) == Way::over) return Way::over;
    if (queriesOnly && !answersQuestions(parts_, *queriesOnly))
        return problem({*queriesOnly, "queries only"});
    if (askProvinceForPerson() == Way::over) return Way::over;
    if (isOfOtherProvince_) queriesOnly = ErrorCode::personUnknown;
    Way way = Way::back;
    while (way == Way::back) way = TRY(chooseAndAgree(queriesOnly));
    return way;
}

// Back is what was asked before, with the same person and nothing asked of the province again that
// it has answered.
Result<Visit::Way> Visit::chooseAndAgree(std::optional<ErrorCode> queriesOnly) {
    lacks_.clear();
    Way way = next_ != nullptr ? takeNext() : chooseService(queriesOnly);
    if (way == Way::back) {
        const Way person = confirmPerson();
        if (person == Way::other) return end(ErrorCode::cancelledByPerson);
        return person == Way::on ? Way::back : person;
    }
    if (way == Way::over) return way;
    if (service_->ask != nullptr) return answerQuestion();
    if (service_->change != nullptr) return carryOutChange(queriesOnly);
    if (service_->isOfPin) return servePin();
    if (service_->isOfApplication) return withdraw();
    if (service_->isOfPerson) return changeData();
    holder_.documentPortrait = {};
    lacks_ = holderLacks();
    // Nobody is asked for the old card of what is refused all the same.
    if (isExchange() && !lacks_.empty()) return refuse(lacks_);
    eligibility_ = {};
    applicationNo_.clear();
    pendingBank_.clear();
    alreadyMarked_ = false;
    markedElsewhere_.reset();
    oldCard_.reset();
    if (isExchange()) way = findOldCard();
    if (way != Way::on) return way;
    way = TRY(checkEligibility());
    // What is led on may exchange a card that was not asked for yet, or none.
    if (!isExchange()) oldCard_.reset();
    if (way == Way::on && isExchange()) way = showOldCard();
    if (way == Way::on) way = askForIdPhoto();
    if (way != Way::on) return way;
    if (choosesBank()) return chooseBankAndAgree();
    conversation_.tell(WaitingScreen{WaitingFor::machine});
    // The new card is the old one's bank's: that does it (Shangluo Window Art.17(1)), or another
    // bank is an exchange of its own (Guangdong Art.27(2)4, 31).
    const std::string bank = pendingBank_.empty() ? oldBank() : pendingBank_;
    if (!bank.empty() && pendingBank_.empty() && !makesCardsOf(bank)) return sendToOwnBank();
    const auto ready = readiness_.check(bank);
    if (!ready) return problem(ready.error());
    ready_ = *ready;
    return agreeToMake();
}

// To a card of the bank that was found ready.
Visit::Way Visit::agreeToMake() {
    if (const auto paper = requireReceipt(); !paper) return problem(paper.error());
    const Way way = sayAndAgree(ready_.bank);
    return way == Way::on ? standByWithCard() : way;
}

Visit::Way Visit::takeNext() {
    attendantOfAct_.clear();
    service_ = std::exchange(next_, nullptr);
    conversation_.servesFor(*service_);
    serviceChosen_ = true;
    return Way::on;
}

bool Visit::makesCardsOf(const std::string& bank) const {
    const auto& lanes = parts_.config.lanes;
    return std::ranges::find(lanes, bank, &policy::LaneConfig::bank) != lanes.end();
}

Visit::Way Visit::sendToOwnBank() {
    const auto old = std::ranges::find(eligibility_.cards, eligibility_.oldCardNumber,
                                       &province::HolderCard::cardNumber);
    const Contacts contacts = conversation_.contacts();
    const auto action = conversation_.ask(
        services::otherBankPage(
            *old, {parts_.issuance.region, contacts, parts_.issuance.clock.wallTime()}),
        {.canGoBack = true});
    if (action && action->kind == ActionKind::back) return Way::back;
    return understood(ErrorCode::notEligible);
}

// Empty where nothing is replaced, or the province does not list it.
std::string Visit::oldBank() const {
    if (!replacesCard()) return {};
    const auto old = std::ranges::find(eligibility_.cards, eligibility_.oldCardNumber,
                                       &province::HolderCard::cardNumber);
    return old == eligibility_.cards.end() ? "" : old->bankCode;
}

Result<Visit::Way> Visit::showHeldCard() {
    const auto held = TRY(parts_.issuance.orders.heldFor(holderDigest_));
    if (!held) return Way::on;
    const auto card = TRY(custody::findCard(parts_.issuance.database, held->cardNumber));
    const bool inCabinet = card && card->place == custody::Place::cabinet();
    // Books of an earlier version keep an order held whose card is gone, until staff act again.
    if (!inCabinet && !(card && card->place == custody::Place::holdBin())) return Way::on;
    Existing found;
    found.kind = inCabinet ? ExistingKind::heldAtCounter : ExistingKind::heldHere;
    found.pickupCode = held->pickupCode;
    if (held->cardNumber.size() >= 3)
        found.cardNumberTail = held->cardNumber.substr(held->cardNumber.size() - 3);
    conversation_.ask(existingPage(found, conversation_.contacts()));
    return understood(ErrorCode::cardNotTaken);
}

province::Business Visit::queryBusiness() const {
    const std::string day = formatDate(chinaDate(parts_.issuance.clock.wallTime()));
    const auto channel =
        attendant().empty() ? province::Channel::selfService : province::Channel::assisted;
    return {.bizId = parts_.config.terminal + "-" + day + "-000000",
            .bankCode = ready_.bank.empty() ? parts_.config.lanes.front().bank : ready_.bank,
            .channel = channel,
            .operatorId = attendant()};
}

Visit::Way Visit::askProvinceForPerson() {
    conversation_.tell(WaitingScreen{WaitingFor::record});
    const auto known = readPerson();
    notes_.asked(issuance::Checked::person, known);
    if (known || comesFromOtherProvince(known.error())) return Way::on;
    return problem(known.error());
}

Result<void> Visit::readPerson() {
    province::PersonQuery query;
    query.documentKind = document_.kind;
    query.documentNumber = document_.number;
    query.name = card::displayName(document_);
    const auto person = TRY(parts_.issuance.province.person(queryBusiness(), query));
    if (!person.alive) return fail(ErrorCode::provinceNeedsStaff, "the province's record says so");
    holder_ = TRY(issuance::bindPerson(document_, person));
    photoAvailable_ = person.photoAvailable;
    return {};
}

// What face and chip could not take, before anything is fed.
std::vector<Error> Visit::holderLacks() {
    std::vector<Error> lacks;
    const Date today = chinaDate(parts_.issuance.clock.wallTime());
    needsPhoto_ = card::ageOn(today, document_.birthDate) >= parts_.issuance.region.noPhotoUnderAge;
    asksForIdPhoto_ = needsPhoto_ && !photoAvailable_ && mayUseIdPhoto();
    if (needsPhoto_ && !photoAvailable_ && !asksForIdPhoto_)
        lacks.push_back({ErrorCode::photoMissing, "the province holds no portrait"});
    const auto fits = issuer_.checkHolder(holder_, holderDigest_);
    if (!fits) lacks.push_back(fits.error());
    return lacks;
}

// A refusal is an answer.
Result<void> Visit::askEligibility() {
    province::EligibilityCheck check;
    check.socialNumber = holder_.socialNumber;
    check.kind = *service_->application;
    auto answer = TRY(parts_.issuance.province.eligibility(queryBusiness(), check));
    TRY(issuance::bindEligibility(holder_, answer));
    eligibility_ = std::move(answer);
    return {};
}

Result<Visit::Way> Visit::checkEligibility() {
    conversation_.tell(WaitingScreen{WaitingFor::eligibility});
    const auto asked = askEligibility();
    notes_.asked(issuance::Checked::eligibility,
                 asked && !eligibility_.eligible
                     ? Result<void>(fail(province::errorOf(eligibility_)))
                     : asked);
    // What is known without the answer is told without it.
    if (!asked)
        return lacks_.empty() || issuance::isAlarm(asked.error().code) ? problem(asked.error())
                                                                       : refuse(lacks_);
    const Error refusal = province::errorOf(eligibility_);
    const auto& pending = eligibility_.pending;
    // An application that waits is led on only where it is the one thing in the way: what the
    // province refuses, or leaves to people, may have come up since it was begun.
    const bool goesOn = eligibility_.eligible ||
                        (!pending.empty() && refusal.code == ErrorCode::applicationPending);
    if (goesOn) {
        std::vector<Error> why = lacks_;
        if (TRY(owesFee())) why.push_back({ErrorCode::feeDue, "a fee is due"});
        if (!why.empty()) return refuse(why);
        return pending.empty() ? requireCounted() : checkPending();
    }
    const bool hasCard =
        service_ == &services::firstCard && !eligibility_.cards.empty() && !isHeldElsewhere();
    return hasCard ? showExistingCard() : refuse(refusals());
}

// 一人一卡 (Guangdong Art.3, 8 step 4): the province refuses a new one for a card of another city,
// which people clear first, where the region says so. What was begun goes its own way.
bool Visit::isHeldElsewhere() const {
    return service_ == &services::firstCard &&
           parts_.issuance.region.rule(service_->id).flag("otherCityCleared") &&
           eligibility_.pending.empty() && !eligibility_.eligible &&
           eligibility_.cardElsewhereInProvince;
}

// All of them at once (Guangdong Art.8 step 5).
std::vector<Error> Visit::refusals() const {
    std::vector<Error> why = lacks_;
    if (isHeldElsewhere())
        why.push_back({ErrorCode::cardElsewhereInProvince, "a card of another city"});
    const Error refusal = province::errorOf(eligibility_);
    // That there is no card yet follows from the one elsewhere.
    if (!isHeldElsewhere() || refusal.code != ErrorCode::notEligible) why.push_back(refusal);
    if (!eligibility_.pending.empty() && refusal.code != ErrorCode::applicationPending)
        why.push_back({ErrorCode::applicationPending, "and an application is under way"});
    return why;
}

// Where nothing here collects it, it is paid at the counter (decision 12). What is for nothing by
// its kind is never charged: people look at it there.
Result<bool> Visit::owesFee() {
    const bool collects = parts_.issuance.payments != nullptr && service_ != &services::quality;
    if (!eligibility_.feeRequired || collects) return false;
    return !(eligibility_.feePaid || TRY(isFeePaid()));
}

Result<Visit::Way> Visit::showExistingCard() {
    Existing found;
    const auto& cards = eligibility_.cards;
    const auto valid =
        std::ranges::find(cards, province::CardState::normal, &province::HolderCard::state);
    found.kind = valid != cards.end() ? ExistingKind::validCard : ExistingKind::invalidCard;
    const std::string& number = (valid != cards.end() ? *valid : cards.front()).cardNumber;
    const auto returned = TRY(parts_.issuance.orders.returnedFor(holderDigest_));
    if (returned && returned->cardNumber == number) found.kind = ExistingKind::returnedToBank;
    found.cardNumberTail = number.substr(number.size() - std::min<std::size_t>(3, number.size()));
    found.replacementOffered = services::isOffered(services::replacement, settingOf(parts_));
    found.lossOffered = services::isOffered(services::lossTemporary, settingOf(parts_));
    const auto action =
        conversation_.ask(existingPage(found, conversation_.contacts()), {.canGoBack = true});
    if (action && action->kind == ActionKind::back) return Way::back;
    return understood(province::errorOf(eligibility_).code);
}

// What was paid here the province may not know yet.
Result<bool> Visit::isFeePaid() {
    if (eligibility_.pending.empty()) return false;
    const province::Application& pending = eligibility_.pending.front();
    payment::FeeBook fees(parts_.issuance.database);
    return pending.feePaid || TRY(fees.paidOf(pending.applicationNo)).has_value();
}

// A second card would be made: staff tell the province of the first one before.
Result<Visit::Way> Visit::requireCounted() {
    const auto& pending = eligibility_.pending;
    std::vector<std::string> listed;
    for (const province::HolderCard& card : eligibility_.cards) listed.push_back(card.cardNumber);
    const bool uncounted = TRY(parts_.issuance.orders.hasUncountedCard(
        holderDigest_, pending.empty() ? "" : pending.front().applicationNo, listed));
    if (!uncounted) return Way::on;
    return problem({ErrorCode::cardNotCounted,
                    "the person has a card from here that the province does not count"});
}

// Led on from where it was left (decision 9), when it is ours to lead on. A mark of another
// machine, which may be out of use for good, is withdrawn for its owner, and the application led on
// here.
Result<Visit::Way> Visit::checkPending() {
    const province::Application& pending = eligibility_.pending.front();
    const bool here =
        pending.terminalId == parts_.config.terminal ||
        TRY(parts_.issuance.orders.knowsApplication(holderDigest_, pending.applicationNo));
    const bool marked = pending.state == province::ApplicationState::marked;
    const auto* begun = services::serviceFor(pending.kind);
    const bool offered = begun != nullptr && services::isOffered(*begun, settingOf(parts_));
    const bool early = marked || pending.state == province::ApplicationState::created;
    const bool feePaid = TRY(isFeePaid());
    Existing found;
    found.kind = feePaid  ? ExistingKind::feePaid
                 : here   ? ExistingKind::pendingHere
                 : marked ? ExistingKind::markedElsewhere
                          : ExistingKind::pendingElsewhere;
    found.canContinue = offered && ((here && early) || found.kind == ExistingKind::markedElsewhere);
    found.canWithdraw = marked && !feePaid && found.canContinue;
    found.progressOffered = services::isOffered(services::progress, settingOf(parts_));
    found.temporaryCardTold = services::tellsOfTemporaryCard(parts_.issuance.region);
    if (found.canContinue && TRY(requireCounted()) == Way::over) return Way::over;
    const auto action = askWaiting(existingPage(found, conversation_.contacts()));
    if (!action) return end(ErrorCode::visitTimedOut);
    if (action->kind == ActionKind::back) return Way::back;
    if (found.canWithdraw && action->choice == withdrawMarkChoice) return withdrawMark(pending);
    if (action->kind == ActionKind::finish) return understood(ErrorCode::applicationPending);
    if (action->kind != ActionKind::confirm || !found.canContinue) {
        return end(ErrorCode::cancelledByPerson);
    }
    // It goes on as what it was begun as, whatever was chosen today.
    service_ = begun;
    applicationNo_ = pending.applicationNo;
    pendingBank_ = pending.bankCode;
    alreadyMarked_ = here && marked;
    // It is taken from there when the person has agreed and a card can be made here.
    if (!here) markedElsewhere_ = pending;
    return Way::on;
}

Visit::Way Visit::withdrawMark(const province::Application& pending) {
    const auto withdrawn = askToWithdraw(pending);
    if (!withdrawn) return problem(withdrawn.error());
    parts_.log.info("the instant mark of an application was withdrawn at its owner's wish");
    Existing found;
    found.kind = ExistingKind::markWithdrawn;
    conversation_.ask(existingPage(found, conversation_.contacts()));
    return understood(ErrorCode::cancelledByPerson);
}

Result<void> Visit::askToWithdraw(const province::Application& pending) {
    const auto* service = services::serviceFor(pending.kind);
    return issuer_.withdrawMark(pending, (service != nullptr ? service : service_)->id,
                                holderDigest_, attendant());
}

Visit::Way Visit::consent(const std::string& bank) {
    const policy::RegionPolicy& region = parts_.issuance.region;
    const std::string name = region.bankName(bank);
    std::vector<Agreement> asked;
    // What changes for who has a card already.
    if (replacesCard()) {
        const std::string old = oldBank();
        const std::string of = old.empty() ? name : region.bankName(old);
        asked.push_back(isExchange() ? exchangeAgreement(of) : replacementNotice(of));
    }
    for (const std::string& clause : region.consentClauses) {
        asked.push_back(consentTo(*service_, name, clause, region));
    }
    return agreeToEach(asked);
}

// Each has a yes or no of its own (Guangdong Art.8(4)); back is the one before.
Visit::Way Visit::agreeToEach(const std::vector<Agreement>& asked) {
    std::vector<std::string> agreed(asked.size());
    std::size_t at = 0;
    while (at < asked.size()) {
        const Agreement& one = asked[at];
        const Answer answer = askToAgree(one.page, one.clause);
        if (answer == Answer::over) return Way::over;
        if (answer == Answer::back && at == 0) return Way::back;
        if (answer == Answer::back) {
            --at;
            continue;
        }
        if (answer == Answer::no && !one.optional) return end(ErrorCode::consentDeclined);
        agreed[at++] = answer == Answer::yes ? one.clause : "";
    }
    agreedTo_.clear();
    for (std::string& clause : agreed) {
        if (clause.starts_with("consent.")) agreedTo_.push_back(std::move(clause));
    }
    return Way::on;
}

province::ApplicationRequest Visit::applicationRequest() const {
    province::ApplicationRequest request;
    request.kind = service_->application.value_or(request.kind);
    if (replacesCard()) request.oldCardNumber = eligibility_.oldCardNumber;
    request.socialNumber = holder_.socialNumber;
    request.name = holder_.name;
    request.documentKind = document_.kind;
    request.documentNumber = document_.number;
    request.sex = holder_.sex;
    request.ethnicCode = document_.ethnicCode;
    request.birthDate = PersonalText(formatDate(document_.birthDate));
    if (!document_.nationality.empty()) request.nationality = document_.nationality;
    request.address = document_.address;
    request.documentAuthority = document_.authority;
    request.documentValidFrom = formatDate(document_.validFrom);
    if (document_.validTo) request.documentValidTo = formatDate(*document_.validTo);
    request.phone = said_.phone;
    request.mailingAddress = said_.mailingAddress;
    request.occupation = said_.occupation;
    request.consents = agreedTo_;
    if (!holder_.documentPortrait.empty()) request.consents.push_back(idPhotoAgreement().clause);
    return request;
}

Result<void> Visit::make() {
    issuance::OrderRequest request;
    request.service = service_->id;
    request.holderDigest = holderDigest_;
    request.holder = holder_;
    request.application = applicationRequest();
    request.applicationNo = applicationNo_;
    request.alreadyMarked = alreadyMarked_;
    request.lane = ready_.lane;
    request.bankCode = ready_.bank;
    request.operatorId = attendant();
    if (markedElsewhere_) {
        const auto withdrawn = askToWithdraw(*markedElsewhere_);
        if (!withdrawn) {
            problem(withdrawn.error());
            return {};
        }
    }
    request.record = notes_.take();
    if (oldCard_) {
        request.oldCard = issuance::OldCard{.cardNumber = oldCard_->cardNumber,
                                            .bankCode = oldCard_->bankCode,
                                            .reason = service_->exchange->reason};
    }
    MakingWatch watch(parts_, conversation_, *service_->plan, [this] { return takeOldCard(); });
    const auto ending = issuer_.carryOut(request, watch);
    if (ending) return conclude(*ending);
    forgetPerson();
    if (ending.error().fate == CardFate::taken) {
        sayWhatIsNext(brokenOff(ending.error()));
    } else {
        problem(ending.error(), brokenOff(ending.error()));
    }
    return fail(ending.error());
}

}  // namespace liqu::session
