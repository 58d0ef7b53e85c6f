// Who is it: the document, whoever vouches for its owner, and their own word.
#include "firmware/issuance/reading_streak.hpp"
#include "firmware/session/staff_counter.hpp"
#include "firmware/session/visit.hpp"

namespace liqu::session {
namespace {

constexpr Duration readerRhythm = std::chrono::milliseconds{300};
constexpr int attendantTries = 3;
// A document that could not be read so often will not be read at all; the reader looks about
// twice a second, so that a person has time to lay it down better.
constexpr int readingTries = 8;

bool readAgainHelps(ErrorCode code) {
    return code == ErrorCode::idCardLifted || code == ErrorCode::idCardSelectFailed;
}

}  // namespace

Visit::Way Visit::recognise() {
    if (identify() == Way::over) return Way::over;
    if (cardOnly_) return Way::on;
    if (checkDocument() == Way::over) return Way::over;
    if (askForPresence() == Way::over) return Way::over;
    const Way way = confirmPerson();
    if (way == Way::other) waitForOtherCard();
    return way;
}

Visit::Way Visit::identify() {
    LayDownIdCardScreen screen;
    screen.pinOffered = changesPinWithCardOnly();
    const Manners manners{};
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
        const auto action =
            conversation_.listen(screen, manners, parts_.issuance.clock.now() + readerRhythm);
        if (action && action->choice == services::pinChange.id && screen.pinOffered) {
            cardOnly_ = true;
            return Way::on;
        }
    }
    return end(parts_.stop.stop_requested() ? ErrorCode::kioskStopping : ErrorCode::visitTimedOut);
}

// "Not me": nothing of that person is kept, and their card is taken away first.
void Visit::waitForOtherCard() {
    forgetPerson();
    notes_.take();
    LayDownIdCardScreen screen;
    screen.otherPerson = true;
    const Manners manners{};
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
    holderDigest_ = digestOf(document_.number);
    const auto lacks = documentLacks();
    notes_.looked(issuance::Checked::document,
                  lacks.empty() ? Result<void>() : fail(lacks.front()));
    return lacks.empty() ? Way::on : refuse(lacks);
}

std::vector<Error> Visit::documentLacks() const {
    std::vector<Error> lacks;
    const Date today = chinaDate(parts_.issuance.clock.wallTime());
    if (document_.validTo &&
        std::chrono::sys_days(*document_.validTo) < std::chrono::sys_days(today)) {
        lacks.push_back({ErrorCode::documentExpired, "valid to is before today"});
    }
    if (std::chrono::sys_days(document_.validFrom) > std::chrono::sys_days(today)) {
        lacks.push_back({ErrorCode::documentNotYetValid, "valid from is after today"});
    }
    if (card::ageOn(today, document_.birthDate) < parts_.issuance.region.unattendedFromAge) {
        lacks.push_back({ErrorCode::holderTooYoung, "below the age of the region"});
    }
    return lacks;
}

Visit::Way Visit::askForPresence() {
    if (parts_.issuance.region.presence == policy::Presence::none) return Way::on;
    return askAttendant({}, staff::Act::vouchForHolder);
}

Visit::Way Visit::askAttendant(AttendantScreen screen, staff::Act act) {
    screen.name = card::displayName(document_);
    const bool isAct = !screen.act.empty();
    const auto says = [&](const Result<void>& result) {
        notes_.looked(issuance::Checked::presence, result);
        return result ? Way::on : problem(result.error());
    };
    // Who typed no number has no form.
    const auto hasForm = [&](const Action& action) {
        return !screen.isWritten || !action.entry("form").reveal().empty();
    };
    for (int tries = attendantTries; tries > 0; --tries) {
        screen.triesLeft = tries;
        const auto action = conversation_.ask(screen);
        if (!action) return end(ErrorCode::visitTimedOut);
        if (action->kind == ActionKind::decline) {
            return says(
                fail(isAct ? ErrorCode::actNotConfirmed : ErrorCode::attendantDeclined, ""));
        }
        if (hasForm(*action) && vouches(*action, act)) {
            if (screen.isWritten)
                notes_.looked(issuance::Checked::form, {}, action->entry("form").reveal());
            return says({});
        }
        parts_.log.warning("nobody vouched: badge or PIN was refused");
        screen.wrongPin = true;
        screen.waitSeconds = secondsToWait(accounts_, action->entry("badge").reveal(),
                                           parts_.issuance.clock.wallTime());
    }
    return says(fail(isAct ? ErrorCode::actNotConfirmed : ErrorCode::personNotInFront,
                     "no attendant confirmed"));
}

// Somebody of this branch who may vouch; each time is a line of the record.
bool Visit::vouches(const Action& action, staff::Act act) {
    const auto account = accounts_.vouch(action.entry("badge").reveal(), action.entry("pin"), act,
                                         parts_.issuance.clock.wallTime());
    if (!account) return false;
    (act == staff::Act::attendService ? attendantOfAct_ : operatorId_) = account->number;
    return true;
}

Visit::Way Visit::confirmPerson() {
    IsThisYouScreen screen;
    screen.maskedName = PersonalText(card::maskedName(card::displayName(document_).reveal()));
    screen.maskedNumber = PersonalText(card::maskedNumber(document_.number.reveal()));
    const auto action = conversation_.ask(screen);
    if (!action) return end(ErrorCode::visitTimedOut);
    return action->kind == ActionKind::confirm ? Way::on : Way::other;
}

}  // namespace liqu::session
