#include "firmware/session/visit.hpp"

#include "firmware/card/citizen_number.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/issuance/reading_streak.hpp"
#include "firmware/security/sm3.hpp"
#include "firmware/session/existing_page.hpp"
#include "firmware/session/making_watch.hpp"
#include "firmware/session/staff_counter.hpp"
#include "firmware/session/visit_pages.hpp"

namespace liqu::session {
namespace {

constexpr Duration readerRhythm = std::chrono::milliseconds{300};
constexpr int attendantTries = 3;
// A document that could not be read so often will not be read at all; the reader looks about
// twice a second, so that a person has time to lay it down better.
constexpr int readingTries = 8;

int ageOn(Date today, Date birth) {
    int age = static_cast<int>(today.year()) - static_cast<int>(birth.year());
    if (std::tuple(today.month(), today.day()) < std::tuple(birth.month(), birth.day())) --age;
    return age;
}

bool readAgainHelps(ErrorCode code) {
    return code == ErrorCode::idCardLifted || code == ErrorCode::idCardSelectFailed;
}

}  // namespace

bool answersQuestions(const SessionParts& parts, ErrorCode whyNoCard) {
    if (isIn(whyNoCard, ErrorGroup::line)) return false;
    return std::ranges::any_of(services::catalogue(), [&](const services::Service* service) {
        return service->ask != nullptr && parts.issuance.region.offers(service->id);
    });
}

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
    if (TRY(lookUp(queriesOnly)) == Way::over) return {};
    if (checkPortrait() == Way::over) return {};
    return make();
}

Visit::Way Visit::end(ErrorCode why) {
    why_ = conversation_.whyLeft().value_or(why);
    return Way::over;
}

Visit::Way Visit::recognise() {
    if (identify() == Way::over) return Way::over;
    if (checkDocument() == Way::over) return Way::over;
    if (askAttendant() == Way::over) return Way::over;
    const Way way = confirmPerson();
    if (way == Way::other) waitForOtherCard();
    return way;
}

Visit::Way Visit::identify() {
    LayDownIdCardScreen screen;
    const Manners manners{false, true};
    int failedReadings = 0;
    conversation_.restartTime();
    conversation_.showTimed(screen, conversation_.deadline(), manners);
    while (!conversation_.left() && !conversation_.timeIsOver() && !parts_.stop.stop_requested()) {
        const auto found = parts_.idReader.findDocument();
        if (!found) return readerProblem(found.error());
        if (*found) {
            documentFound_ = true;
            screen.reading = true;
            conversation_.tell(screen);
            auto document = parts_.idReader.readDocument();
            screen.reading = false;
            if (document) {
                document_ = std::move(*document);
                documentRead_ = true;
                noteReading(std::nullopt);
                return Way::on;
            }
            const bool again =
                readAgainHelps(document.error().code) && ++failedReadings < readingTries;
            if (!again) return readerProblem(document.error());
            parts_.log.trouble("reading the ID card", document.error());
            screen.lastTry = document.error().code;
            conversation_.restartTime();
            conversation_.showTimed(screen, conversation_.deadline(), manners);
        }
        conversation_.listen(screen, manners, parts_.issuance.clock.now() + readerRhythm);
    }
    return end(parts_.stop.stop_requested() ? ErrorCode::kioskStopping : ErrorCode::visitTimedOut);
}

// "Not me": nothing of that person is kept, and their card is taken away first.
void Visit::waitForOtherCard() {
    forgetPerson();
    LayDownIdCardScreen screen;
    screen.otherPerson = true;
    const Manners manners{false, true};
    conversation_.restartTime();
    conversation_.showTimed(screen, conversation_.deadline(), manners);
    while (!conversation_.left() && !conversation_.timeIsOver() && !parts_.stop.stop_requested() &&
           idCardLies()) {
        conversation_.listen(screen, manners, parts_.issuance.clock.now() + readerRhythm);
    }
}

// Books that cannot take it in are told by the readiness check.
void Visit::noteReading(std::optional<ErrorCode> trouble) {
    const auto noted = issuance::noteReading(parts_.issuance.database, trouble);
    if (!noted) parts_.log.trouble("noting the reading", noted.error());
}

Visit::Way Visit::readerProblem(const Error& error) {
    noteReading(error.code);
    return problem(error);
}

Visit::Way Visit::checkDocument() {
    const Date today = chinaDate(parts_.issuance.clock.wallTime());
    if (document_.validTo &&
        std::chrono::sys_days(*document_.validTo) < std::chrono::sys_days(today)) {
        return problem({ErrorCode::documentExpired, "valid to is before today"});
    }
    if (std::chrono::sys_days(document_.validFrom) > std::chrono::sys_days(today)) {
        return problem({ErrorCode::documentNotYetValid, "valid from is after today"});
    }
    if (ageOn(today, document_.birthDate) < parts_.issuance.region.unattendedFromAge) {
        return problem({ErrorCode::holderTooYoung, "below the age of the region"});
    }
    const std::string& number = document_.number.reveal();
    holderDigest_ = toHex(security::hmacSm3(parts_.digestKey.reveal(), bytesOf(number)));
    return Way::on;
}

Visit::Way Visit::askAttendant() {
    if (parts_.issuance.region.presence == policy::Presence::none) return Way::on;
    AttendantScreen screen;
    screen.name = card::displayName(document_);
    for (int tries = attendantTries; tries > 0; --tries) {
        screen.triesLeft = tries;
        const auto action = conversation_.ask(screen);
        if (!action) return end(ErrorCode::visitTimedOut);
        if (action->kind == ActionKind::decline) return problem({ErrorCode::attendantDeclined, ""});
        if (vouches(*action)) return Way::on;
        parts_.log.warning("nobody vouched: badge or PIN was refused");
        screen.wrongPin = true;
        screen.waitSeconds = secondsToWait(accounts_, action->entry("badge").reveal(),
                                           parts_.issuance.clock.wallTime());
    }
    return problem({ErrorCode::personNotInFront, "no attendant confirmed"});
}

// Somebody of this branch who may vouch; each time is a line of the record.
bool Visit::vouches(const Action& action) {
    const auto account =
        accounts_.vouch(action.entry("badge").reveal(), action.entry("pin"),
                        staff::Act::vouchForHolder, parts_.issuance.clock.wallTime());
    if (!account) return false;
    operatorId_ = account->number;
    return true;
}

Visit::Way Visit::confirmPerson() {
    IsThisYouScreen screen;
    screen.maskedName = PersonalText(card::maskedName(card::displayName(document_).reveal()));
    const std::string& number = document_.number.reveal();
    const std::size_t kept = std::min<std::size_t>(4, number.size() / 4);
    screen.maskedNumber =
        PersonalText(number.substr(0, kept) + std::string(number.size() - 2 * kept, '*') +
                     number.substr(number.size() - kept));
    const auto action = conversation_.ask(screen);
    if (!action) return end(ErrorCode::visitTimedOut);
    return action->kind == ActionKind::confirm ? Way::on : Way::other;
}

Result<Visit::Way> Visit::lookUp(std::optional<ErrorCode> queriesOnly) {
    if (TRY(showHeldCard()) == Way::over) return Way::over;
    if (queriesOnly && !answersQuestions(parts_, *queriesOnly))
        return problem({*queriesOnly, "queries only"});
    if (askProvinceForPerson() == Way::over) return Way::over;
    Way way = Way::back;
    while (way == Way::back) way = TRY(chooseAndAgree(queriesOnly));
    return way;
}

// Back is what was asked before, with the same person and nothing asked of the province again that
// it has answered.
Result<Visit::Way> Visit::chooseAndAgree(std::optional<ErrorCode> queriesOnly) {
    Way way = chooseService(queriesOnly);
    if (way == Way::back) {
        const Way person = confirmPerson();
        if (person == Way::other) return end(ErrorCode::cancelledByPerson);
        return person == Way::on ? Way::back : person;
    }
    if (way == Way::over) return way;
    if (service_->ask != nullptr) return answerQuestion();
    if (checkHolder() == Way::over) return Way::over;
    eligibility_ = {};
    applicationNo_.clear();
    pendingBank_.clear();
    alreadyMarked_ = false;
    markedElsewhere_.reset();
    way = TRY(checkEligibility());
    if (way != Way::on) return way;
    conversation_.tell(WaitingScreen{WaitingFor::machine});
    const auto ready = readiness_.check(pendingBank_);
    if (!ready) return problem(ready.error());
    ready_ = *ready;
    return consent(ready_.bank);
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
        operatorId_.empty() ? province::Channel::selfService : province::Channel::assisted;
    return {parts_.config.terminal + "-" + day + "-000000", parts_.config.lanes.front().bank,
            channel, operatorId_, ""};
}

Visit::Way Visit::askProvinceForPerson() {
    conversation_.tell(WaitingScreen{WaitingFor::record});
    province::PersonQuery query;
    query.documentKind = document_.kind;
    query.documentNumber = document_.number;
    query.name = card::displayName(document_);
    auto person = parts_.issuance.province.person(queryBusiness(), query);
    if (!person) return problem(person.error());
    if (!person->alive)
        return problem({ErrorCode::provinceNeedsStaff, "the province's record says so"});
    auto holder = issuance::bindPerson(document_, *person);
    if (!holder) return problem(holder.error());
    holder_ = std::move(*holder);
    photoAvailable_ = person->photoAvailable;
    return Way::on;
}

// What face and chip could not take, before anything is asked or fed.
Visit::Way Visit::checkHolder() {
    const Date today = chinaDate(parts_.issuance.clock.wallTime());
    needsPhoto_ = ageOn(today, document_.birthDate) >= parts_.issuance.region.noPhotoUnderAge;
    if (needsPhoto_ && !photoAvailable_)
        return problem({ErrorCode::photoMissing, "the province holds no portrait"});
    const auto fits = issuer_.checkHolder(holder_, holderDigest_);
    return fits ? Way::on : problem(fits.error());
}

// The portrait is fetched only for a card that is going to be made, and looked at before a blank
// is fed.
Visit::Way Visit::checkPortrait() {
    conversation_.tell(WaitingScreen{WaitingFor::record});
    const auto photo = parts_.issuance.province.photo(queryBusiness(), holder_.socialNumber);
    if (!photo) return problem(photo.error());
    if (const auto bound = issuance::bindPhoto(holder_, *photo); !bound)
        return problem(bound.error());
    if (needsPhoto_ && photo->portraitJpeg.empty())
        return problem({ErrorCode::photoMissing, "there is a portrait, and none came"});
    const auto fits = issuer_.checkPortrait(photo->portraitJpeg);
    return fits ? Way::on : problem(fits.error());
}

// Where no card can be made, questions are answered all the same.
Visit::Way Visit::chooseService(std::optional<ErrorCode> queriesOnly) {
    std::vector<const services::Service*> offered;
    for (const services::Service* one : services::catalogue()) {
        const bool can = !queriesOnly || one->ask != nullptr;
        if (can && parts_.issuance.region.offers(one->id)) offered.push_back(one);
    }
    const auto action = conversation_.ask(choosePage(offered, queriesOnly), {true, true});
    if (!action) return end(ErrorCode::visitTimedOut);
    if (action->kind == ActionKind::back) return Way::back;
    const auto chosen = std::ranges::find(offered, action->choice, &services::Service::id);
    if (chosen == offered.end()) return end(ErrorCode::cancelledByPerson);
    service_ = *chosen;
    return Way::on;
}

Visit::Way Visit::answerQuestion() {
    conversation_.tell(WaitingScreen{WaitingFor::record});
    const province::Business business = queryBusiness();
    const Contacts contacts = conversation_.contacts();
    const auto page =
        service_->ask({parts_.issuance.province,
                       business,
                       holder_.socialNumber,
                       {parts_.issuance.region, contacts, parts_.issuance.clock.wallTime()}});
    if (!page) return problem(page.error());
    const auto action = conversation_.ask(*page, {true, true});
    if (action && action->kind == ActionKind::back) return Way::back;
    return understood(ErrorCode::questionAnswered);
}

Result<Visit::Way> Visit::checkEligibility() {
    province::EligibilityCheck check;
    check.socialNumber = holder_.socialNumber;
    check.kind = *service_->application;
    conversation_.tell(WaitingScreen{WaitingFor::eligibility});
    auto answer = parts_.issuance.province.eligibility(queryBusiness(), check);
    if (!answer) return problem(answer.error());
    if (const auto bound = issuance::bindEligibility(holder_, *answer); !bound)
        return problem(bound.error());
    eligibility_ = std::move(*answer);
    const Error refusal = province::errorOf(eligibility_);
    const auto& pending = eligibility_.pending;
    // An application that waits is led on only where it is the one thing in the way: what the
    // province refuses, or leaves to people, may have come up since it was begun.
    const bool goesOn = eligibility_.eligible ||
                        (!pending.empty() && refusal.code == ErrorCode::applicationPending);
    if (goesOn) {
        // A fee is paid at the counter in this version (decision 12).
        const bool paid = eligibility_.feePaid || (!pending.empty() && pending.front().feePaid);
        if (eligibility_.feeRequired && !paid) return problem({ErrorCode::feeDue, "a fee is due"});
        return pending.empty() ? requireCounted() : checkPending();
    }
    const bool hasCard = service_ == &services::firstCard && !eligibility_.cards.empty();
    if (!hasCard) return problem(refusal);
    Existing found;
    const auto& cards = eligibility_.cards;
    const auto valid =
        std::ranges::find(cards, province::CardState::normal, &province::HolderCard::state);
    found.kind = valid != cards.end() ? ExistingKind::validCard : ExistingKind::invalidCard;
    const std::string& number = (valid != cards.end() ? *valid : cards.front()).cardNumber;
    const auto returned = TRY(parts_.issuance.orders.returnedFor(holderDigest_));
    if (returned && returned->cardNumber == number) found.kind = ExistingKind::returnedToBank;
    found.cardNumberTail = number.substr(number.size() - std::min<std::size_t>(3, number.size()));
    found.replacementOffered = parts_.issuance.region.offers(services::replacement.id);
    const auto action =
        conversation_.ask(existingPage(found, conversation_.contacts()), {true, true});
    if (action && action->kind == ActionKind::back) return Way::back;
    return understood(refusal.code);
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
    const bool early = marked || pending.state == province::ApplicationState::created;
    Existing found;
    found.kind = pending.feePaid ? ExistingKind::feePaid
                 : here          ? ExistingKind::pendingHere
                 : marked        ? ExistingKind::markedElsewhere
                                 : ExistingKind::pendingElsewhere;
    found.canContinue = (here && early) || found.kind == ExistingKind::markedElsewhere;
    found.canWithdraw = marked && !pending.feePaid && found.canContinue;
    if (found.canContinue && TRY(requireCounted()) == Way::over) return Way::over;
    const auto action =
        conversation_.ask(existingPage(found, conversation_.contacts()), {true, true});
    if (!action) return end(ErrorCode::visitTimedOut);
    if (action->kind == ActionKind::back) return Way::back;
    if (found.canWithdraw && action->choice == withdrawMarkChoice) return withdrawMark(pending);
    if (action->kind == ActionKind::finish) return understood(ErrorCode::applicationPending);
    if (action->kind != ActionKind::confirm || !found.canContinue) {
        return end(ErrorCode::cancelledByPerson);
    }
    // It goes on as what it was begun as, whatever was chosen today.
    if (const auto* begun = services::serviceFor(pending.kind)) service_ = begun;
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
                                holderDigest_, operatorId_);
}

Visit::Way Visit::consent(const std::string& bank) {
    const policy::RegionPolicy& region = parts_.issuance.region;
    const PersonPage page = consentPage(*service_, region.bankName(bank), region.consentClauses);
    const auto action = conversation_.ask(page, {true, true});
    if (!action) return end(ErrorCode::visitTimedOut);
    if (action->kind == ActionKind::back) return Way::back;
    return action->kind == ActionKind::confirm ? Way::on : end(ErrorCode::consentDeclined);
}

province::ApplicationRequest Visit::applicationRequest() const {
    province::ApplicationRequest request;
    request.kind = *service_->application;
    if (service_ == &services::replacement) request.oldCardNumber = eligibility_.oldCardNumber;
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
    request.consents = parts_.issuance.region.consentClauses;
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
    request.operatorId = operatorId_;
    if (markedElsewhere_) {
        const auto withdrawn = askToWithdraw(*markedElsewhere_);
        if (!withdrawn) {
            problem(withdrawn.error());
            return {};
        }
    }
    MakingWatch watch(parts_, conversation_, *service_->plan);
    const auto ending = issuer_.make(request, watch);
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
