// How a visit ends: what became of card, money and ID card is said, and the reader is empty before
// the next person comes.
#include <algorithm>

#include "firmware/custody/ledger.hpp"
#include "firmware/issuance/handover_book.hpp"
#include "firmware/issuance/orders_card.hpp"
#include "firmware/issuance/slips.hpp"
#include "firmware/issuance/visit_book.hpp"
#include "firmware/services/guidance.hpp"
#include "firmware/session/advice.hpp"
#include "firmware/session/refusal_slip.hpp"
#include "firmware/session/visit.hpp"
#include "firmware/session/visit_pages.hpp"

namespace liqu::session {
namespace {

using custody::Place;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration emptyReaderRhythm = std::chrono::milliseconds{300};
// Whoever left without an ID card on the reader is hardly there to read.
constexpr Duration goodbyeTime = seconds{10};
constexpr Duration reminderRhythm = seconds{5};
// So long an ID card may lie before the staff are called (decision 46).
constexpr Duration forgottenAfter = minutes{5};

// Nothing was in the way: the person went, or said no.
bool isOwnEnd(ErrorCode code) {
    return code == ErrorCode::cancelledByPerson || code == ErrorCode::visitTimedOut ||
           code == ErrorCode::consentDeclined || code == ErrorCode::kioskStopping;
}

// What the person, not the machine, has to do first.
bool isOtherFirst(ErrorCode code) {
    const bool aboutPerson = isIn(code, ErrorGroup::document) || isIn(code, ErrorGroup::holder);
    return aboutPerson && remedyOf(code) == Remedy::goToCounter &&
           code != ErrorCode::enablingRefused && !issuance::isAlarm(code);
}

bool isInside(const Place& place) {
    return place == Place::chipStation() || place == Place::transport() || place == Place::mouth();
}

// Of a card that is spoiled, and is in the bin or was on its way there.
CardWhere spoiledCard(const std::optional<custody::CardRecord>& card) {
    if (!card) return CardWhere::unknown;
    if (card->place == Place::rejectBin()) return CardWhere::discarded;
    return isInside(card->place) ? CardWhere::inside : CardWhere::unknown;
}

// Of a card whose order only recovery can settle: where it was seen when the trouble came. A
// printer that went away saw nothing, and a card that waits for something else is where the books
// have it.
CardWhere unsettledCard(const issuance::Ending& ending,
                        const std::optional<custody::CardRecord>& card) {
    if (!ending.error || !ending.error->fate) {
        return card && isInside(card->place) ? CardWhere::inside : CardWhere::unknown;
    }
    switch (*ending.error->fate) {
        case CardFate::notFed:
            return card ? CardWhere::unknown : CardWhere::none;
        case CardFate::atPrintStation:
        case CardFate::atChipStation:
        case CardFate::inTransport:
            return CardWhere::inside;
        case CardFate::presented:
            return CardWhere::mouth;
        case CardFate::taken:
        case CardFate::discarded:
        case CardFate::unknown:
            break;
    }
    return CardWhere::unknown;
}

}  // namespace

Result<void> Visit::conclude(const issuance::Ending& ending) {
    parts_.ringOutbox();
    if (ending.kind == issuance::EndingKind::handedOver) {
        parts_.log.info("order " + ending.orderId + " handed over");
        // Who goes on to a PIN of their own is known until it is set.
        if (!leadsToPin()) forgetPerson();
        sayWhatIsNext(ending);
        Result<void> done;
        if (next_ != nullptr) done = servePinOfNewCard();
        forgetPerson();
        return done;
    }
    forgetPerson();
    const Error error = ending.error.value_or(Error{ErrorCode::cardNotWhereExpected, ""});
    parts_.log.trouble("order " + ending.orderId, error);
    problem(error, ending);
    return {};
}

// To whoever has the card.
void Visit::sayWhatIsNext(const issuance::Ending& ending) {
    told_ = true;
    waitForIdCardGone();
    if (!idCardLeft_) showNextSteps(ending);
}

// Whoever went without a word is told all the same what became of their visit.
void Visit::bidGoodbye() {
    const auto left = conversation_.whyLeft();
    if (!told_) problem({why_.value_or(left.value_or(ErrorCode::visitTimedOut)), ""});
    waitForIdCardGone();
}

void Visit::forgetPerson() {
    document_ = {};
    holder_ = {};
    said_ = {};
    holderDigest_.clear();
}

Result<OnReader> lookAtReader(ports::IdReader& reader) {
    if (TRY(reader.documentStillThere())) return OnReader::theSame;
    if (!TRY(reader.findDocument())) return OnReader::nothing;
    return reader.readDocument() ? OnReader::another : OnReader::unreadable;
}

// For what is said of it: where the reader does not tell, nothing is.
bool Visit::idCardLies() {
    return parts_.idReader.documentStillThere().value_or(false);
}

// The card's own document, or another that was laid down in its place: both stay nobody's. What
// was laid down lies there until the reader says otherwise.
void Visit::waitForIdCardGone() {
    if (idCardLeft_) return;
    TakeIdCardScreen screen;
    const Instant since = parts_.issuance.clock.now();
    bool shown = false;
    bool readerWasAway = false;
    conversation_.sayGoodbye();
    while (!parts_.stop.stop_requested()) {
        const auto there = lookAtReader(parts_.idReader);
        const Duration lies = parts_.issuance.clock.now() - since;
        const bool nothing = there && *there == OnReader::nothing;
        // Of one it found and could not read the reader does not tell when it is gone.
        const bool tells = documentRead_ || !documentFound_;
        if (nothing && (tells || lies >= goodbyeTime)) return;
        if (!there && !documentFound_) return;
        documentFound_ = true;
        if (lies >= forgottenAfter) return leaveIdCard(there);
        if (there == OnReader::another) {
            // A reader that was away finds the same one anew.
            screen.swapped = documentRead_ && !readerWasAway;
            documentRead_ = true;
            readerWasAway = false;
            shown = false;
            // A reading takes a second: it may have been lifted meanwhile.
            continue;
        }
        documentRead_ = documentRead_ || (there && *there == OnReader::theSame);
        readerWasAway = readerWasAway || !there;
        if (!there) screen.swapped = false;
        const int reminder = static_cast<int>(lies / reminderRhythm);
        const bool unsure = !there || nothing;
        if (!shown || reminder != screen.reminder || screen.unsure != unsure) {
            screen.reminder = reminder;
            screen.unsure = unsure;
            conversation_.showOpenEnded(screen);
        }
        shown = true;
        conversation_.listen(screen, {.canGoHome = false},
                             parts_.issuance.clock.now() + emptyReaderRhythm);
    }
}

void Visit::leaveIdCard(const Result<OnReader>& there) {
    if (there) {
        parts_.log.warning("an ID card was left on the reader");
    } else {
        parts_.log.trouble("nobody knows whether an ID card was left on the reader", there.error());
    }
    idCardLeft_ = true;
}

void Visit::showNextSteps(const issuance::Ending& ending) {
    NextSteps next;
    next.bankName = parts_.issuance.region.bankName(ready_.bank);
    next.bankLinkMissing = ending.bankLinkMissing;
    if (oldCardAtEnd(ending) == OldCardIs::taken) next.oldCardTail = oldCardTail();
    next.slip = slips_.give(ending.orderId);
    next.pinHere = leadsToPin();
    const std::string& number = ending.cardNumber;
    next.cardNumberTail = number.substr(number.size() - std::min<std::size_t>(3, number.size()));
    const auto action =
        conversation_.ask(nextStepsPage(next, conversation_.contacts()), {.canGoHome = false});
    if (action && action->kind == ActionKind::reportProblem) {
        parts_.log.warning("problem with the card reported, order " + ending.orderId);
        callStaff(parts_, ports::CallReason::problemWithCard);
        conversation_.ask(cardProblemPage(ending.orderId, conversation_.contacts()));
    }
    if (action && (action->kind == ActionKind::finish || action->kind == ActionKind::choose))
        noteInHand(ending.orderId);
    slips_.seeItTaken();
    if (action && action->kind == ActionKind::choose && next.pinHere) next_ = &services::pinFirst;
}

// 签收. Without it the ledger says that nobody signed.
void Visit::noteInHand(const std::string& orderId) {
    const auto noted = issuance::confirmHandover(parts_.issuance.database, orderId,
                                                 parts_.issuance.clock.wallTime());
    if (!noted) parts_.log.trouble("ledger of hand-overs", noted.error());
}

// What is about an order was logged with it.
void Visit::logTrouble(const Error& error, const std::string& orderId) {
    if (orderId.empty()) parts_.log.trouble("visit", error);
    if (!issuance::isAlarm(error.code)) return;
    parts_.log.error("ALARM: the province spoke of somebody or something else, " +
                     (orderId.empty() ? "no order" : "order " + orderId) + ": " + describe(error));
}

Visit::Way Visit::problem(const Error& error) {
    return problem(error, {});
}

// Everything that stands in the way is told together; the visit ends with the first.
Visit::Way Visit::refuse(const std::vector<Error>& why) {
    also_.clear();
    for (const Error& error : why) {
        if (error.code != why.front().code) also_.push_back(error.code);
        if (&error != &why.front()) parts_.log.trouble("visit, besides", error);
    }
    return problem(why.front());
}

// Its papers are told to whoever is refused; empty where none was chosen, or the guide lacks it.
std::string Visit::guideOfService() const {
    const std::string id(service_->id);
    const bool told = serviceChosen_ && services::hasGuide(parts_.issuance.region) &&
                      services::isInGuide(id) && parts_.issuance.region.services.contains(id);
    return told ? id : "";
}

Visit::Way Visit::problem(const Error& error, const issuance::Ending& ending) {
    logTrouble(error, ending.orderId);
    noteEnd(error.code, ending.orderId);
    Problem problem;
    problem.reason = error.code;
    problem.outcome = isOwnEnd(error.code)       ? Outcome::ended
                      : isOtherFirst(error.code) ? Outcome::otherFirst
                      : service_->ask != nullptr ? Outcome::notAnswered
                      : service_->makesCard()    ? Outcome::notMade
                                                 : Outcome::notDone;
    problem.feeWasAsked = eligibility_.feeRequired && parts_.issuance.payments == nullptr;
    problem.feeKept = isFeeKept(ending.orderId);
    // What the province says goes with its own refusal, and with nothing else that happened.
    const ErrorCode refusal = province::errorOf(eligibility_).code;
    const bool refused =
        !eligibility_.eligible && (refusal == error.code || std::ranges::count(also_, refusal) > 0);
    if (refused) problem.advice = checkedAdvice(eligibility_.remedy);
    const bool hadCard =
        !ending.orderId.empty() || ending.kind == issuance::EndingKind::interrupted;
    if (hadCard) placeCard(problem, ending);
    problem.slip = giveSlip(ending);
    const bool isLack = std::ranges::find(lacks_, error.code, &Error::code) != lacks_.end();
    if (!hadCard && (isLack || problem.outcome == Outcome::otherFirst)) tellRefusal(problem);
    told_ = true;
    sayAndStay(std::move(problem));
    slips_.seeItTaken();
    return Way::over;
}

// With its slip, and with the slip taken.
void Visit::tellDone(PersonPage page, const std::string& orderId) {
    tellSlip(page.parts, slips_.give(orderId));
    conversation_.ask(page);
    slips_.seeItTaken();
}

// Of an order that staff or the next start must end, one to ask with.
SlipTold Visit::giveSlip(const issuance::Ending& ending) {
    if (ending.kind == issuance::EndingKind::interrupted && !ending.orderId.empty()) {
        const auto issued = issuance::issueOpenSlip(parts_.issuance, ending.orderId, holder_);
        if (!issued) parts_.log.trouble("book of slips", issued.error());
    }
    return slips_.give(ending.orderId);
}

// 一次性告知: all of it on the page, and in writing.
void Visit::tellRefusal(Problem& problem) {
    problem.also = also_;
    problem.papersOf = guideOfService();
    problem.slip =
        slips_.giveWithoutOrder(ports::SlipForm::refusal, refusalFields(problem, parts_));
}

// Paid for an application that has no card yet: it is not asked for again.
bool Visit::isFeeKept(const std::string& orderId) {
    if (orderId.empty() || parts_.issuance.payments == nullptr) return false;
    const auto order = parts_.issuance.orders.findPlain(orderId);
    if (!order || !*order) return false;
    const auto paid = payment::FeeBook(parts_.issuance.database).paidOf((*order)->applicationNo);
    return paid && paid->has_value();
}

// What was asked for was told on the page before, and is not told again.
Visit::Way Visit::understood(ErrorCode why) {
    parts_.log.info("visit without a card: " + describe(Error{why, ""}));
    noteEnd(why, "");
    told_ = true;
    return Way::over;
}

void Visit::noteEnd(ErrorCode why, const std::string& orderId) {
    const auto noted = issuance::noteEnd(
        parts_.issuance.database, {parts_.issuance.clock.wallTime(), why, orderId}, notes_.take(),
        {.orderId = orderId,
         .holderDigest = holderDigest_,
         .attendant = attendant(),
         .policy = parts_.issuance.region.edition()});
    if (!noted) parts_.log.trouble("book of visits", noted.error());
}

// Nothing more could be written; where the card is the books still tell, and recovery settles it.
issuance::Ending Visit::brokenOff(const Error& error) {
    issuance::Ending ending;
    ending.error = error;
    const auto open = parts_.issuance.orders.openOrders();
    // Books that cannot be read say nothing of a card.
    if (!open) ending.kind = issuance::EndingKind::interrupted;
    if (!open) return ending;
    // Others may be open beside this visit's; none of them has a card.
    const auto withCard = std::ranges::find_if(
        *open, [](const issuance::Order& order) { return !order.cardNumber.empty(); });
    if (withCard == open->end()) return ending;
    ending.orderId = withCard->orderId;
    ending.cardNumber = withCard->cardNumber;
    parts_.log.trouble("order " + ending.orderId, error);
    return ending;
}

// What is said of the card is what the books say of it, never what a kind of ending suggests.
void Visit::placeCard(Problem& problem, const issuance::Ending& ending) {
    problem.reference = ending.orderId;
    problem.advice = {};
    problem.oldCard = oldCardAtEnd(ending);
    problem.card = CardWhere::unknown;
    const auto order = parts_.issuance.orders.find(ending.orderId);
    if (!order || !*order) {
        problem.outcome = Outcome::undecided;
        return;
    }
    // 提醒制卡进度查询的渠道 (Guangdong Art.8(5)): what was applied for waits, with no card yet.
    const bool waits = (*order)->state == issuance::OrderState::resumable ||
                       (*order)->state == issuance::OrderState::failed;
    problem.progressOffered = waits && !(*order)->applicationNo.empty() &&
                              services::isOffered(services::progress, settingOf(parts_));
    const auto card = custody::findCard(parts_.issuance.database, issuance::nameInBooks(**order));
    if (!card) {
        problem.outcome = Outcome::undecided;
        return;
    }
    const bool inHoldBin = *card && (*card)->place == Place::holdBin();
    const bool finished = *card && (*card)->condition == nameOf(custody::Condition::finished);
    switch ((*order)->state) {
        case issuance::OrderState::resumable:
            problem.card = CardWhere::none;
            return;
        case issuance::OrderState::failed:
            problem.card = spoiledCard(*card);
            return;
        case issuance::OrderState::held:
            problem.outcome = inHoldBin && finished ? Outcome::made : Outcome::undecided;
            problem.card = inHoldBin ? CardWhere::held : CardWhere::inside;
            problem.pickupCode = ending.pickupCode;
            return;
        case issuance::OrderState::staffLook:
            problem.outcome = Outcome::undecided;
            problem.card = CardWhere::staffLook;
            return;
        case issuance::OrderState::missing:
            problem.outcome = Outcome::undecided;
            return;
        default:
            break;
    }
    problem.outcome = Outcome::undecided;
    problem.card = issuer_.keepsMachine(**order).value_or(true) ? unsettledCard(ending, *card)
                                                                : CardWhere::none;
}

// Until it was read, or its time is over; then the ID card is waited for.
void Visit::sayAndStay(Problem problem) {
    conversation_.sayGoodbye();
    problem.idCardThere = idCardLies();
    documentRead_ = documentRead_ || problem.idCardThere;
    const bool gone = problem.reason == ErrorCode::visitTimedOut && !problem.idCardThere;
    conversation_.restartTime();
    const Instant until =
        gone ? parts_.issuance.clock.now() + goodbyeTime : conversation_.deadline();
    PersonPage page = problemPage(problem, conversation_.contacts());
    conversation_.showTimed(page, until);
    while (!conversation_.timeIsOver() && !parts_.stop.stop_requested()) {
        const auto action = conversation_.listen(page, {.canGoHome = false},
                                                 parts_.issuance.clock.now() + emptyReaderRhythm);
        if (action && action->kind == ActionKind::finish) break;
        const bool there = problem.idCardThere && idCardLies();
        if (there == problem.idCardThere) continue;
        problem.idCardThere = there;
        page = problemPage(problem, conversation_.contacts());
        conversation_.showTimed(page, conversation_.deadline());
    }
    waitForIdCardGone();
}

}  // namespace liqu::session
