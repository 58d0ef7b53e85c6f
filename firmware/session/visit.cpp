#include "firmware/session/visit.hpp"

#include "firmware/card/citizen_number.hpp"
#include "firmware/security/pin_verifier.hpp"
#include "firmware/security/sm3.hpp"
#include "firmware/session/making_watch.hpp"
#include "firmware/staff/accounts.hpp"

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

province::ApplicationKind kindOf(issuance::Service service) {
    return service == issuance::Service::firstCard ? province::ApplicationKind::newCard
                                                   : province::ApplicationKind::lost;
}

}  // namespace

Result<void> Visit::run(std::optional<ErrorCode> queriesOnly) {
    if (identify() == Way::over) return {};
    if (checkDocument() == Way::over) return {};
    if (askAttendant() == Way::over) return {};
    if (confirmPerson() == Way::over) return {};
    if (TRY(lookUp(queriesOnly)) == Way::over) return {};
    return make();
}

Visit::Way Visit::identify() {
    LayDownIdCardScreen screen;
    const Manners manners{false, true};
    int failedReadings = 0;
    conversation_.restartTime();
    conversation_.showTimed(screen, conversation_.deadline(), manners);
    while (!conversation_.left() && !conversation_.timeIsOver() && !parts_.stop.stop_requested()) {
        const auto found = parts_.idReader.findDocument();
        if (!found) return problem(found.error());
        if (*found) {
            screen.reading = true;
            conversation_.showTimed(screen, conversation_.deadline());
            auto document = parts_.idReader.readDocument();
            screen.reading = false;
            if (document) {
                document_ = std::move(*document);
                return Way::on;
            }
            const bool again =
                readAgainHelps(document.error().code) && ++failedReadings < readingTries;
            if (!again) return problem(document.error());
            parts_.log.trouble("reading the ID card", document.error());
            screen.lastTry = document.error().code;
            conversation_.restartTime();
            conversation_.showTimed(screen, conversation_.deadline(), manners);
        }
        conversation_.listen(screen, manners, parts_.issuance.clock.now() + readerRhythm);
    }
    return Way::over;
}

Visit::Way Visit::checkDocument() {
    const Date today = chinaDate(parts_.issuance.clock.wallTime());
    if (document_.validTo &&
        std::chrono::sys_days(*document_.validTo) < std::chrono::sys_days(today)) {
        return problem({ErrorCode::documentExpired, "valid to is before today"});
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
        if (!action) return Way::over;
        if (action->kind == ActionKind::decline) return problem({ErrorCode::attendantDeclined, ""});
        if (vouches(*action)) return Way::on;
        parts_.log.warning("an attendant's PIN was wrong");
        screen.wrongPin = true;
    }
    return problem({ErrorCode::personNotInFront, "no attendant confirmed"});
}

// An attendant of the region's file, or somebody who may sign in as staff of this branch.
bool Visit::vouches(const Action& action) {
    const SecretText badge = action.entry("badge");
    for (const policy::Attendant& attendant : parts_.issuance.region.attendants) {
        if (attendant.badge == badge.reveal() &&
            security::pinMatches(action.entry("pin"), attendant.pinVerifier)) {
            operatorId_ = attendant.badge;
            return true;
        }
    }
    staff::Accounts accounts(parts_.issuance.database, parts_.issuance.random);
    const auto account = accounts.signIn(badge.reveal(), action.entry("pin"),
                                         std::string(staff::nameOf(staff::Act::vouchForHolder)),
                                         parts_.issuance.clock.wallTime());
    if (!account || !account->may(staff::Act::vouchForHolder)) return false;
    if (account->pinIsInitial) return false;
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
    return action && action->kind == ActionKind::confirm ? Way::on : Way::over;
}

Result<Visit::Way> Visit::lookUp(std::optional<ErrorCode> queriesOnly) {
    if (TRY(showHeldCard()) == Way::over) return Way::over;
    if (queriesOnly) return problem({*queriesOnly, "queries only"});
    if (askProvinceForPerson() == Way::over) return Way::over;
    if (const auto fits = issuer_.checkName(person_.name.reveal()); !fits)
        return problem(fits.error());
    if (chooseService() == Way::over) return Way::over;
    if (checkEligibility() == Way::over) return Way::over;
    const auto ready = readiness_.check(pendingBank_);
    if (!ready) return problem(ready.error());
    ready_ = *ready;
    return consent(ready_.bank);
}

Result<Visit::Way> Visit::showHeldCard() {
    const auto held = TRY(parts_.issuance.orders.heldFor(holderDigest_));
    if (!held) return Way::on;
    AlreadyHaveScreen screen;
    screen.kind = ExistingKind::heldHere;
    screen.pickupCode = held->pickupCode;
    if (held->cardNumber.size() >= 3)
        screen.cardNumberTail = held->cardNumber.substr(held->cardNumber.size() - 3);
    conversation_.ask(screen);
    return Way::over;
}

province::Business Visit::queryBusiness() const {
    const std::string day = formatDate(chinaDate(parts_.issuance.clock.wallTime()));
    const auto channel =
        operatorId_.empty() ? province::Channel::selfService : province::Channel::assisted;
    return {parts_.config.terminal + "-" + day + "-000000", parts_.config.lanes.front().bank,
            channel, operatorId_, ""};
}

Visit::Way Visit::askProvinceForPerson() {
    conversation_.tell(LayDownIdCardScreen{std::nullopt, true});
    province::PersonQuery query;
    query.documentKind = document_.kind;
    query.documentNumber = document_.number;
    query.name = card::displayName(document_);
    auto person = parts_.issuance.province.person(queryBusiness(), query);
    if (!person) return problem(person.error());
    if (!person->alive)
        return problem({ErrorCode::provinceNeedsStaff, "the province's record says so"});
    person_ = std::move(*person);
    return Way::on;
}

Visit::Way Visit::chooseService() {
    ChooseServiceScreen screen;
    screen.firstCardOffered = parts_.issuance.region.firstCardOffered;
    screen.replacementOffered = parts_.issuance.region.replacementOffered;
    const auto action = conversation_.ask(screen, {true, true});
    if (!action) return Way::over;
    if (action->kind == ActionKind::chooseReplacement) service_ = issuance::Service::replacement;
    return action->kind == ActionKind::back ? Way::over : Way::on;
}

Visit::Way Visit::checkEligibility() {
    province::EligibilityCheck check;
    check.socialNumber = person_.socialNumber;
    check.kind = kindOf(service_);
    auto answer = parts_.issuance.province.eligibility(queryBusiness(), check);
    if (!answer) return problem(answer.error());
    eligibility_ = std::move(*answer);
    if (!eligibility_.pending.empty()) return checkPending();
    if (eligibility_.eligible) {
        // A fee is paid at the counter in this version (rulings 12).
        const bool due = eligibility_.feeRequired && !eligibility_.feePaid;
        return due ? problem({ErrorCode::feeDue, "a fee is due"}) : Way::on;
    }
    const Error refusal = province::errorOf(eligibility_);
    const bool hasCard = service_ == issuance::Service::firstCard && !eligibility_.cards.empty();
    if (!hasCard) return problem(refusal);
    AlreadyHaveScreen screen;
    screen.kind = ExistingKind::validCard;
    const std::string& number = eligibility_.cards.front().cardNumber;
    screen.cardNumberTail = number.substr(number.size() - std::min<std::size_t>(3, number.size()));
    conversation_.ask(screen);
    return Way::over;
}

// Led on from where it was left (rulings 9), when it is ours to lead on.
Visit::Way Visit::checkPending() {
    const province::Application& pending = eligibility_.pending.front();
    const bool early = pending.state == province::ApplicationState::created ||
                       pending.state == province::ApplicationState::marked;
    AlreadyHaveScreen screen;
    screen.kind = pending.feePaid                                ? ExistingKind::feePaid
                  : pending.terminalId == parts_.config.terminal ? ExistingKind::pendingHere
                                                                 : ExistingKind::pendingElsewhere;
    screen.canContinue = early && pending.terminalId == parts_.config.terminal;
    const auto action = conversation_.ask(screen);
    if (!action || action->kind != ActionKind::confirm || !screen.canContinue) return Way::over;
    applicationNo_ = pending.applicationNo;
    pendingBank_ = pending.bankCode;
    alreadyMarked_ = pending.state == province::ApplicationState::marked;
    return Way::on;
}

Visit::Way Visit::consent(const std::string& bank) {
    ConsentScreen screen;
    screen.service =
        service_ == issuance::Service::firstCard ? Service::firstCard : Service::replacement;
    const auto& names = parts_.issuance.region.bankNames;
    if (const auto name = names.find(bank); name != names.end()) screen.bankName = name->second;
    screen.clauses = parts_.issuance.region.consentClauses;
    const auto action = conversation_.ask(screen);
    return action && action->kind == ActionKind::confirm ? Way::on : Way::over;
}

province::ApplicationRequest Visit::applicationRequest() const {
    province::ApplicationRequest request;
    request.kind = kindOf(service_);
    if (service_ == issuance::Service::replacement)
        request.oldCardNumber = eligibility_.oldCardNumber;
    request.socialNumber = person_.socialNumber;
    request.name = person_.name;
    request.documentKind = document_.kind;
    request.documentNumber = document_.number;
    request.sex = document_.sex;
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
    request.service = service_;
    request.holderDigest = holderDigest_;
    request.application = applicationRequest();
    request.applicationNo = applicationNo_;
    request.alreadyMarked = alreadyMarked_;
    request.lane = ready_.lane;
    request.bankCode = ready_.bank;
    request.operatorId = operatorId_;
    MakingWatch watch(parts_, conversation_);
    return conclude(TRY(issuer_.make(request, watch)));
}

Result<void> Visit::conclude(const issuance::Ending& ending) {
    parts_.ringOutbox();
    if (ending.kind == issuance::EndingKind::handedOver) {
        parts_.log.info("order " + ending.orderId + " handed over");
        waitForIdCardGone();
        showNextSteps(ending);
        return {};
    }
    const Error error = ending.error.value_or(Error{ErrorCode::machineRestarted, ""});
    parts_.log.trouble("order " + ending.orderId, error);
    problem(error, ending);
    return {};
}

void Visit::waitForIdCardGone() {
    TakeIdCardScreen screen;
    conversation_.restartTime();
    bool shown = false;
    while (!conversation_.left() && !conversation_.timeIsOver() && !parts_.stop.stop_requested()) {
        const bool there = parts_.idReader.documentStillThere().value_or(false);
        if (!there && !screen.swapped) {
            // Gone; or another one was laid down in its place.
            if (!parts_.idReader.findDocument().value_or(false)) return;
            screen.swapped = true;
            shown = false;
            // Read and thrown away: the reader tells "still there" only after a reading.
            if (!parts_.idReader.readDocument()) return;
        } else if (!there) {
            return;
        }
        if (!shown) conversation_.showTimed(screen, conversation_.deadline());
        shown = true;
        conversation_.listen(screen, {false, false}, parts_.issuance.clock.now() + readerRhythm);
    }
}

void Visit::showNextSteps(const issuance::Ending& ending) {
    NextStepsScreen screen;
    const auto& names = parts_.issuance.region.bankNames;
    if (const auto name = names.find(ready_.bank); name != names.end())
        screen.bankName = name->second;
    screen.bankLinkMissing = ending.bankLinkMissing;
    const std::string& number = ending.cardNumber;
    screen.cardNumberTail = number.substr(number.size() - std::min<std::size_t>(3, number.size()));
    const auto action = conversation_.ask(screen, {false, false});
    if (action && action->kind == ActionKind::reportProblem) {
        parts_.log.warning("problem with the card reported, order " + ending.orderId);
        conversation_.ask(ProblemWithCardScreen{ending.orderId}, {false, true});
    }
}

Visit::Way Visit::problem(const Error& error) {
    return problem(error, {});
}

Visit::Way Visit::problem(const Error& error, const issuance::Ending& ending) {
    if (ending.orderId.empty()) parts_.log.trouble("visit", error);
    ProblemScreen screen;
    screen.reason = error.code;
    screen.fate = error.fate;
    screen.cardWasMade = ending.kind == issuance::EndingKind::held ||
                         ending.kind == issuance::EndingKind::staffLook ||
                         ending.kind == issuance::EndingKind::waiting;
    screen.reference = ending.orderId;
    screen.pickupCode = ending.pickupCode;
    conversation_.ask(screen);
    return Way::over;
}

}  // namespace liqu::session
